"""`diagsources themes`."""

from typing import TYPE_CHECKING

from diagsources.cli.emit import emit
from diagsources.cli.options import CataloguePaths, Rendering, the_catalogue
from diagsources.cli.verb import verb
from diagsources.reports.sources import of_themes

if TYPE_CHECKING:
    from rich.console import Console


@verb(
    "Lister les thèmes et leurs sources, avec le conseil qui ouvre le catalogue : rester critique.",
    """
    diagsources themes            les thèmes
    diagsources themes -f json    pour un programme
    """,
)
def command(rendering: Rendering, catalogue: CataloguePaths = None) -> int:
    """The advice, and the themes with how many sources each has."""
    whole = the_catalogue(catalogue, rendering.terminal)

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.themes(console, whole)

    emit(rendering, of_themes(whole), screen)
    return 1 if whole.lost else 0
