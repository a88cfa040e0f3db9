"""`diagsources themes`."""

from typing import TYPE_CHECKING

from diagsources.cli.emit import emit
from diagsources.cli.health import WITH_HEALTH, failing_by_theme, health
from diagsources.cli.options import CataloguePaths, Rendering, StateFile, the_catalogue
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
def command(rendering: Rendering, catalogue: CataloguePaths = None, state: StateFile = None) -> int:
    """The advice, and the themes with how many sources each has, and how many of these failed when last seen."""
    whole = the_catalogue(catalogue, rendering.terminal)
    known = health(whole.sources, rendering, state=state) if rendering.format in WITH_HEALTH else {}
    failing = failing_by_theme(whole, known) if known else {}

    def screen(console: "Console") -> None:
        from diagsources.terminal import screens

        screens.themes(console, whole, failing)

    emit(rendering, of_themes(whole, failing), screen)
    return 1 if whole.lost else 0
