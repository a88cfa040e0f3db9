"""`diagsources open`."""

import random
from typing import Annotated

import typer

from diagsources.cli.emit import write_out
from diagsources.cli.locating import Here, TerritoryName, the_territory
from diagsources.cli.options import CataloguePaths, Narration, Selection, the_catalogue
from diagsources.cli.prompts import agreed, somebody_answers
from diagsources.cli.verb import verb
from diagsources.errors import DiagsourcesError, WrongUsage
from diagsources.model import Catalogue, Source
from diagsources.query import Destination, destination, select
from diagsources.terminal import Terminal
from diagsources.text import counted, visible
from diagsources.urls import is_web_url, masked, on_the_wire


@verb(
    "Ouvrir des sources dans le navigateur, droit à un territoire s'il est dit. Une source fermée ouvre celle qui la "
    "remplace, et le dit.",
    """
    diagsources open insee-sicoval            dans le navigateur
    diagsources open insee-sicoval --print    écrire l'adresse, sans l'ouvrir
    diagsources open geodes --original        l'adresse du document
    diagsources open --random -t sante        une source de santé au hasard
    diagsources open ofgl --territory labege  la page de cette commune
    """,
)
def command(
    selection: Selection,
    terminal: Narration,
    print_only: Annotated[bool, typer.Option("--print", "-p", help="Écrire l'adresse au lieu de l'ouvrir.")] = False,
    original: Annotated[
        bool, typer.Option("--original", help="L'adresse du document, quoi qu'elle soit devenue.")
    ] = False,
    at_random: Annotated[bool, typer.Option("--random", help="Une seule, au hasard.")] = False,
    territory: TerritoryName = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ouvrir plusieurs onglets sans demander.")] = False,
    catalogue: CataloguePaths = None,
) -> int:
    """Opens or prints; 1 when something among several could not be opened."""
    if not selection.selects and not at_random:
        raise WrongUsage("il manque un identifiant", hint="diagsources list les donne tous")
    whole = the_catalogue(catalogue, terminal)
    here = None if original else the_territory(territory, terminal)
    chosen = list(select(whole, selection))
    if at_random:
        covering = [source for source in chosen if here is None or here.locate(source)]
        chosen = [random.choice(covering)] if covering else []  # noqa: S311 - a pastime
    if not chosen:
        terminal.say("aucune source ne répond à ces critères")
        return 0
    targets = [_target(whole, source, here, original=original) for source in chosen]
    refused = [target for target in targets if not is_web_url(target.url)]
    targets = [target for target in targets if target not in refused]
    for target in refused:
        address = f"{masked(target.url)} n'est pas une adresse http ou https, on ne l'ouvre pas"
        terminal.error(f"{target.source.id} : {address if target.url else target.note}")
    if len(targets) > 1 and not print_only and not yes and not _agreed(len(targets)):
        terminal.say("rien n'a été ouvert")
        return 0
    for target in targets:
        _go(target, terminal, print_only=print_only)
    return 2 if refused and not targets else 1 if refused else 0


def _target(whole: Catalogue, source: Source, here: Here | None, *, original: bool) -> Destination:
    """Where to go for *source*, straight to the territory where it has an address for it; nowhere where it leaves out
    the territory that was asked for."""
    plain = destination(whole, source, original=original)
    if here is None or source.status == "closed":
        return plain
    located, name = here.locate(source), here.territory.name
    if located is not None and located.territory is not None:
        return Destination(source, located.url, located.said and f"{source.title} : {located.said}")
    if located is not None:
        on_site = f"pas d'adresse par territoire, {name} est à chercher sur le site" if here.is_asked else ""
        said = located.said or on_site
    elif here.is_asked:
        return Destination(source, "", f"ne couvre pas {name} ; --territory - ouvre la source même")
    else:
        said = f"ne couvre pas {name}"
    notes = (plain.note, said and f"{source.title} : {said}")
    return Destination(source, plain.url, "\n".join(filter(None, notes)))


def _go(target: Destination, terminal: Terminal, *, print_only: bool) -> None:
    for note in target.note.splitlines():
        terminal.say(note)
    url = on_the_wire(target.url)
    if print_only:
        write_out(visible(masked(url)) + "\n")
        return
    # deferred: 10 ms, and `--print` has no use of it
    import webbrowser

    terminal.say(masked(url))
    if not webbrowser.open(url):
        raise DiagsourcesError("aucun navigateur n'a pu être lancé", hint="--print écrit l'adresse sans l'ouvrir")


def _agreed(number: int) -> bool:
    """Whether the user wants so many tabs; raises `WrongUsage` where nobody can be asked."""
    if not somebody_answers():
        raise WrongUsage(
            f"{counted(number, 'onglet')} à ouvrir", hint="confirmez avec --yes, ou --print pour les adresses"
        )
    return agreed(f"Ouvrir {counted(number, 'onglet')} ?")
