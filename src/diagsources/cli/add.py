"""`diagsources add`."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from diagsources.catalogue import files, load
from diagsources.cli.add_entry import Refused, asked, require_address, require_known, require_new, theme_for
from diagsources.cli.clock import now
from diagsources.cli.options import CataloguePaths, Narration, catalogue_paths, complete_theme, the_catalogue
from diagsources.cli.prompts import agreed, somebody_answers
from diagsources.cli.rewriting import Draft, difference, draft_of, require_kept, save, show
from diagsources.cli.verb import verb
from diagsources.errors import WrongUsage
from diagsources.mending import END, PageSays, Value, Wanted, drafted, may_be_written
from diagsources.model import Catalogue, Verdict
from diagsources.terminal import Terminal
from diagsources.urls import masked

if TYPE_CHECKING:
    from diagsources.verdict import Check

_ENTRY = "La fiche"
_ANSWERS = frozenset({Verdict.OK, Verdict.MOVED, Verdict.RESTRICTED, Verdict.INSECURE})


def _of_entry(name: str, says: str, metavar: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}", metavar=metavar, help=says, show_default=False, rich_help_panel=_ENTRY
    )
    return option


@verb(
    "Ajouter une source : demande la page, en propose la fiche, et l'écrit à sa place dans le catalogue. Refuse une "
    "adresse déjà connue, ou qui mène à une source connue.",
    """
    diagsources add https://data.exemple.fr/                 proposer, demander, écrire
    diagsources add https://data.exemple.fr/ --dry-run       montrer la fiche sans l'écrire
    diagsources add https://data.exemple.fr/ -t sante --id exemple --keyword eau --keyword sols
    """,
)
def command(
    url: Annotated[str, typer.Argument(metavar="URL", help="Adresse de la source.")],
    terminal: Narration,
    source_id: Annotated[str | None, _of_entry("id", "Identifiant.", "ID")] = None,
    title: Annotated[str | None, _of_entry("title", "Titre.", "TITRE")] = None,
    theme: Annotated[
        str | None,
        typer.Option(
            "--theme",
            "-t",
            metavar="MOT",
            help="Thème, donc fichier.",
            show_default=False,
            rich_help_panel=_ENTRY,
            autocompletion=complete_theme,
        ),
    ] = None,
    publisher: Annotated[str | None, _of_entry("publisher", "Diffuseur : identifiant ou nom.", "NOM")] = None,
    kind: Annotated[str | None, _of_entry("kind", "Nature.", "MOT")] = None,
    description: Annotated[str | None, _of_entry("description", "Une ou deux phrases.", "PHRASES")] = None,
    platform: Annotated[str | None, _of_entry("platform", "Plateforme.", "MOT")] = None,
    keywords: Annotated[list[str] | None, _of_entry("keyword", "Mot-clé ; plusieurs à la suite.", "MOT")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Montrer le diff, ne rien écrire.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Prendre ce qui est proposé sans demander.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ne pas demander la page ; --title est alors dû.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, max=3600, metavar="SECONDES", help="Attente.")] = 15.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Demander aussi aux adresses de réseau privé.")
    ] = False,
    catalogue: CataloguePaths = None,
) -> int:
    """Writes the entry, or shows it."""
    whole = the_catalogue(catalogue, terminal)
    paths = files(catalogue_paths(catalogue))
    if not dry_run:
        require_kept(*next(iter(paths.items())))  # before anybody is asked anything
    given = tuple(keywords) if keywords else None
    wanted = Wanted(source_id, title, theme, publisher, kind, description, platform, given)
    require_known(whole, wanted)
    require_new(whole, [url])
    require_address(url)
    visited = _Visited(url, PageSays(), is_read=False)
    if not offline:
        visited = _visited(url, timeout, terminal, allow_private=allow_private)
    require_new(whole, [visited.url, visited.leads_to])
    asks = not (yes or dry_run) and somebody_answers()
    if asks:
        wanted = asked(whole, visited.url, visited.page, wanted, terminal)
    if not (wanted.title or visited.page.title):
        raise WrongUsage("la page ne donne pas de titre", hint="donnez-le avec --title")
    entry = drafted(whole, visited.url, visited.page, wanted, on=now().date() if visited.is_read else None)
    home = theme_for(whole, visited.url, visited.page, wanted.theme)
    draft = _with_entry(whole, home, entry, paths)
    if dry_run or asks:
        show(difference([draft]), terminal)
    if not dry_run:
        _write(draft, str(entry["id"]), terminal, asks=asks)
    return 0


def _write(draft: Draft, source_id: str, terminal: Terminal, *, asks: bool) -> None:
    """Writes *draft*, where that is agreed to when it *asks*."""
    if asks and not agreed(f"Écrire cette fiche dans {draft.name} ?", by_default=True):
        terminal.say("rien n'a été écrit")
        return
    save(draft)
    terminal.say(f"« {source_id} » ajoutée à {draft.name}")


class _Visited(NamedTuple):
    """The address to keep, and what its page says."""

    url: str
    page: PageSays
    is_read: bool
    leads_to: str = ""
    """Where it ends, be it by a redirect that is not permanent."""


def _visited(url: str, timeout: float, terminal: Terminal, *, allow_private: bool) -> _Visited:
    """Asks for the page; raises `Refused` where there is none."""
    from diagsources.check import Policy  # deferred, as httpx
    from diagsources.check.describe import describe
    from diagsources.check.fetch import NotFetched
    from diagsources.cli.services import Outside

    with Outside(Policy(timeout_s=timeout, allow_private=allow_private), terminal) as outside:
        check = outside.check(url)
        judgement = check.judgement
        if judgement.verdict not in _ANSWERS:
            raise Refused(
                f"{masked(url)} : {judgement.message}",
                hint=f"{_todo(check)} ; --offline l'ajoute sans la demander, avec --title",
            )
        new = judgement.suggestion or url
        if not may_be_written(new):
            raise Refused(
                f"{masked(url)} mène à {masked(new)}, qui n'est pas à écrire telle quelle",
                hint="ajoutez l'adresse sans ce qui précède @, si elle répond",
            )
        if judgement.verdict in (Verdict.RESTRICTED, Verdict.INSECURE):
            terminal.warn(f"la page n'a pas pu être lue : {judgement.message}", "donnez --title et le reste")
            return _Visited(new, PageSays(), is_read=False, leads_to=check.evidence.final_url)
        try:
            fetched = outside.fetch(new)
        except NotFetched as error:
            raise Refused(f"{masked(url)} : {error}", hint="recommencez plus tard") from error
    page = describe(fetched.data, fetched.media_type) if "html" in fetched.media_type else PageSays()
    if page.language and not page.language.startswith("fr"):
        terminal.say(f"la page se dit en langue « {page.language} » : vérifiez titre et description")
    return _Visited(new, page, is_read=True, leads_to=check.evidence.final_url)


def _todo(check: "Check") -> str:
    """What may be done about an address that is not to be asked, or does not answer."""
    if check.judgement.reason == "private-address":
        return "--allow-private la demande tout de même"
    return "vérifiez l'adresse" + ("" if check.evidence.answers else " et votre connexion")


def _with_entry(whole: Catalogue, theme: str, entry: dict[str, Value], paths: dict[str, Path]) -> Draft:
    """The file of *theme* with *entry* behind its last source; read again before it is trusted."""
    from diagsources.catalogue.editing import CannotEdit, Edit, edited
    from diagsources.catalogue.nodes import Unreadable

    name = next((source.file for source in reversed(whole.sources) if source.theme == theme), "")
    if not name:
        raise Refused(
            f"aucun fichier du catalogue ne porte le thème « {theme} »",
            hint=f"créez-en un qui commence par « theme: {theme} » et a une première source",
        )
    draft = draft_of(paths[name], name)
    try:
        draft = draft._replace(after=edited(draft.before, [Edit(("sources", END), entry)]))
    except (CannotEdit, Unreadable) as error:
        raise Refused(f"{name} : la fiche n'a pas pu être écrite, {error}", hint="ajoutez-la à la main") from error
    _require_valid(draft)
    return draft


def _require_valid(draft: Draft) -> None:
    """Refuses a file that has problems which it had not."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / draft.path.name
        found = []
        for text in (draft.before, draft.after):
            copy.write_bytes(text.encode())
            found.append({(problem.code, problem.message) for problem in load([copy]).problems})
    for _, message in sorted(found[1] - found[0]):
        raise Refused(f"la fiche ne serait pas valable : {message}", hint="corrigez ce que vous avez donné")
