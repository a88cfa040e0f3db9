"""The catalogue that is shipped, read once; properties without a stopwatch."""

import pytest
from hypothesis import settings

from diagsources import catalogue
from diagsources.model import Catalogue

settings.register_profile("unit", settings(), deadline=None, max_examples=50)
settings.load_profile("unit")


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """The real catalogue: what people search and read."""
    return catalogue.load()
