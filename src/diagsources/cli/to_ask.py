"""The links of a source that `check` asks: its own, and its addresses by territory, of a sample and of one's own."""

from collections.abc import Iterator

from diagsources.cli.locating import Here
from diagsources.model import BY_TERRITORY, Link, Source, links_of


def links_to_ask(source: Source, *, publisher: str = "", here: Here | None = None) -> Iterator[Link]:
    """What should answer: every link of *source*, each template filled for a sample territory, so that one that rots
    is seen, and the address of the territory that is asked for. *publisher* is the name of who publishes."""
    own, *further = links_of(source, publisher=publisher)
    yield own
    yield from further
    if source.territory_urls:
        for url, line in dict(_by_territory(source, here)).items():
            yield own._replace(rel=BY_TERRITORY, url=url, line=line, expect=None)


def _by_territory(source: Source, here: Here | None) -> Iterator[tuple[str, int]]:
    """Addresses, and the line that gives each."""
    from diagsources.territory import address, sample  # deferred: most commands know no territory

    lines = {template.level: template.line for template in source.territory_urls}
    for template in source.territory_urls:
        territory = sample(template.level, source.coverage)
        url = address(template.url, territory) if territory else None
        if url:
            yield url, template.line
    located = here.locate(source) if here else None
    if located is not None and located.territory is not None:
        yield located.url, lines[located.territory.level]
