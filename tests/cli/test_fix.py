"""`diagsources fix`: what is written, what is proposed, and what is refused."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diagsources.cli import rewriting
from diagsources.cli.options import state_file
from diagsources.errors import OutputUnwritable
from diagsources.model import Link, Verdict
from diagsources.store import open_store
from diagsources.verdict import Check, Evidence, Judgement
from tests.cli.conftest import Run
from tests.support.person import at_a_terminal
from tests.support.server import BEHAVIOURS, Conversation
from tests.support.web import Web, unused_port

COPY = b'{"archived_snapshots": {"closest": {"available": true, "status": "200", "timestamp": "20250312103000"}}}'
"""What an archive says of a page that it has."""

Archive = Callable[..., str]

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
OLD = "http://eau.example.org/a"

TEXT = f"""\
# Mes sources, à la main.
theme: eau
sources:
  - id: rivieres   # la première
    title: 'Débit des rivières'
    url: {OLD}  # à surveiller
    section: Le document

  - {{id: nappes, title: Nappes, url: "https://nappes.example.org/"}}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_bytes(TEXT.encode())
    return file


def remember(
    source: str,
    url: str,
    verdict: Verdict,
    reason: str,
    *,
    suggestion: str | None = None,
    times: int = 1,
    rel: str = "url",
    twice: bool = False,
) -> None:
    """Writes into the store that so many runs have seen this of a link."""
    path = state_file(None)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_store(path, now=START) as store:
        for day in range(times):
            at = START + timedelta(days=day)
            run = store.begin("test", at=at)
            judgement = Judgement(verdict, reason, "la page n'existe pas ou plus (404)", suggestion)
            run.keep(Check(Link(id=source, rel=rel, url=url), Evidence(url, seen_twice=twice), judgement, at))
            run.finish(at=at)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_link_that_two_runs_saw_move_is_corrected(run: Run, mine: Path) -> None:
    remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b", times=2)

    shown = run("fix", "--catalogue", str(mine))
    written = run("fix", "--write", "--catalogue", str(mine))

    assert (shown.exit_code, written.exit_code) == (1, 0)
    assert "-    url: http://eau.example.org/a  # à surveiller\n" in shown.stdout
    assert mine.read_text(encoding="utf-8") == TEXT.replace(
        f"{OLD}  # à surveiller\n    section: Le document\n",
        f"""https://neuf.example.org/b  # à surveiller
    document_url: {OLD}
    section: Le document
    lifecycle:
      status: moved
      since: "2026-11-01"
      successor: https://neuf.example.org/b
      note: Redirection permanente constatée le 1er novembre 2026.
    verified:
      "on": 2026-11-02
""",
    )


def test_an_address_that_an_entry_has_twice_is_kept_once(run: Run, mine: Path) -> None:
    text = TEXT.replace("    section: Le document\n", f"    links:\n      - rel: map\n        url: {OLD}\n")
    mine.write_text(text, encoding="utf-8")
    for rel in ("url", "map"):
        remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b", times=2, rel=rel)

    result = run("fix", "--write", "--catalogue", str(mine))

    after = mine.read_text(encoding="utf-8")
    assert result.exit_code == 0, result.stderr
    assert after.count("url: https://neuf.example.org/b") == 2
    assert after.count(f"      - rel: former\n        url: {OLD}\n") == 1


def test_a_catalogue_that_is_named_as_a_list_is_corrected_as_a_catalogue(run: Run, mine: Path) -> None:
    remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b", times=2)

    result = run("fix", "--write", "--from", str(mine))

    assert result.exit_code == 0, result.stderr
    assert f"    document_url: {OLD}\n" in mine.read_text(encoding="utf-8")


def test_a_link_that_one_run_saw_move_is_only_proposed(run: Run, mine: Path) -> None:
    remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b")

    result = run("fix", "--write", "--catalogue", str(mine))

    assert (result.exit_code, mine.read_text(encoding="utf-8")) == (1, TEXT)
    assert "rivieres : http://eau.example.org/a mène ailleurs pour de bon (vu une seule fois)" in plain(result.stderr)
    assert run("fix", "--write", "--seen", "1", "--catalogue", str(mine)).exit_code == 0


def test_a_move_to_https_and_no_further_is_corrected_from_the_first_run(run: Run, mine: Path) -> None:
    remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://eau.example.org/a")

    result = run("fix", "--write", "--catalogue", str(mine))

    text = mine.read_text(encoding="utf-8")
    assert result.exit_code == 0
    assert "    url: https://eau.example.org/a  # à surveiller\n" in text
    assert "note: Même adresse, en https (constaté le 1er novembre 2026)." in text


def test_an_address_that_another_source_has_is_left_to_a_person(run: Run, mine: Path) -> None:
    remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://nappes.example.org/", times=3)

    result = run("fix", "--write", "--unsafe", "--catalogue", str(mine))

    assert (result.exit_code, mine.read_text(encoding="utf-8")) == (1, TEXT)
    assert "est déjà celle de « nappes »" in plain(result.stderr)


def test_a_new_address_with_a_password_is_not_written_masked(run: Run, mine: Path, tmp_path: Path) -> None:
    for source in ("rivieres", ""):  # "" is a list
        remember(source, OLD, Verdict.MOVED, "http-301", suggestion="https://moi:secret@neuf.example.org/", times=3)
    page = tmp_path / "liens.txt"
    page.write_text(f"{OLD}\n", encoding="utf-8")

    result = run("fix", "--write", "--unsafe", "--catalogue", str(mine))
    of_list = run("fix", "--write", "--unsafe", "--from", str(page))

    assert (result.exit_code, mine.read_text(encoding="utf-8")) == (1, TEXT)
    assert page.read_text(encoding="utf-8") == f"{OLD}\n"
    assert of_list.exit_code == 1
    for said in (plain(result.stderr), plain(of_list.stderr)):
        assert f"{OLD} mène à https://***@neuf.example.org/, qui n'est pas à écrire telle quelle" in said
    assert "secret" not in result.stderr + of_list.stderr


def test_an_entry_in_braces_is_corrected_within_them(run: Run, mine: Path) -> None:
    new = "https://neuf.example.org/x?a=1,b"
    remember("nappes", "https://nappes.example.org/", Verdict.MOVED, "http-308", suggestion=new, times=2)

    run("fix", "--write", "--catalogue", str(mine))

    last = mine.read_text(encoding="utf-8").splitlines()[-1]
    assert last.startswith(f'  - {{id: nappes, title: Nappes, url: "{new}", links: [{{rel: former, url: https://nappes')
    assert run("validate", str(mine)).exit_code == 0
    assert run("fix", "nappes", "--catalogue", str(mine), "--offline").exit_code == 2  # the new address is not checked


def test_the_patch_is_one_that_patch_takes(run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mine.parent)
    mine.write_bytes(TEXT.replace("\n", "\r\n").encode().removesuffix(b"\r\n"))
    remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b", times=2)

    result = run("fix", "--patch", "mend.diff", "--catalogue", "mine.yaml")
    patched = subprocess.run(["git", "apply", "mend.diff"], cwd=mine.parent, capture_output=True, check=False)

    assert (result.exit_code, result.stdout) == (1, "")
    assert patched.returncode == 0, patched.stderr
    by_patch = mine.read_bytes()
    mine.write_bytes(TEXT.replace("\n", "\r\n").encode().removesuffix(b"\r\n"))
    run("fix", "--write", "--catalogue", "mine.yaml")
    assert mine.read_bytes() == by_patch
    assert b"\n" not in by_patch.replace(b"\r\n", b"")


def test_permissions_and_a_symbolic_link_stay(run: Run, mine: Path, tmp_path: Path) -> None:
    mine.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(mine)
    remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b", times=2)

    result = run("fix", "--write", "--catalogue", str(link))

    assert result.exit_code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o640
    assert "neuf.example.org" in mine.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_stays_its_owner_s_where_root_writes(mine: Path) -> None:
    os.chown(mine, 12345, 23456)
    mine.chmod(0o640)

    rewriting.save(rewriting.draft_of(mine)._replace(after="theme: eau\n"))

    after = mine.stat()
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (12345, 23456, 0o640)
    assert mine.read_text(encoding="utf-8") == "theme: eau\n"


def test_a_file_that_was_changed_meanwhile_is_not_written(mine: Path) -> None:
    draft = rewriting.draft_of(mine)._replace(after="theme: eau\n")
    os.utime(mine)
    mine.write_text(TEXT + "# quelqu'un d'autre\n", encoding="utf-8")

    with pytest.raises(rewriting.Changed):
        rewriting.save(draft)

    assert mine.read_text(encoding="utf-8").endswith("# quelqu'un d'autre\n")


def test_nothing_is_written_where_one_file_of_several_may_not_be(run: Run, mine: Path) -> None:
    other = mine.with_name("autre.yaml")
    other.write_text("theme: x\nsources:\n  - {id: sols, title: S, url: http://sols.example.org/}\n", encoding="utf-8")
    mine.chmod(0o444)
    remember("sols", "http://sols.example.org/", Verdict.MOVED, "http-301", suggestion="https://sols.example.org/")
    remember("rivieres", OLD, Verdict.MOVED, "http-301", suggestion="https://eau.example.org/a")

    result = run("fix", "--write", "--catalogue", str(mine.parent))

    assert result.exit_code == 2
    assert "mine.yaml : ce fichier est protégé en écriture, rien n'a été écrit" in plain(result.stderr)
    assert "http://sols.example.org/" in other.read_text(encoding="utf-8")
    assert sorted(path.name for path in mine.parent.iterdir()) == ["autre.yaml", "mine.yaml"]


def test_the_catalogue_of_an_installed_program_is_not_written(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "_PACKAGE", mine.parent)
    draft = rewriting.draft_of(mine)._replace(after="theme: eau\n")

    with pytest.raises(OutputUnwritable, match="celui du programme") as refused:
        rewriting.save(draft)

    assert "--catalogue" in refused.value.hint
    assert mine.read_text(encoding="utf-8") == TEXT


def test_a_file_that_changes_while_others_are_asked_is_refused_and_stays_as_it_is(
    run: Run, mine: Path, web: Web
) -> None:
    changed = TEXT + "# quelqu'un d'autre\n"

    def meddle() -> None:
        mine.write_text(changed, encoding="utf-8")

    async def answer(talk: Conversation) -> None:
        meddle()
        await talk.reply(200, COPY, content_type="application/json")

    BEHAVIOURS["/wayback/available"] = answer
    remember("rivieres", OLD, Verdict.BROKEN, "http-404", twice=True)

    given = ("--archive", web.base, "--allow-private", "--catalogue", str(mine))
    result = run("fix", "--unsafe", "--write", *given)

    del BEHAVIOURS["/wayback/available"]
    assert (result.exit_code, mine.read_text(encoding="utf-8")) == (2, changed)
    assert "ce fichier a changé entre-temps, rien n'a été écrit" in plain(result.stderr)


def test_what_was_never_checked_cannot_be_corrected(run: Run, mine: Path) -> None:
    result = run("fix", "--catalogue", str(mine))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--check" in result.stderr


def test_nothing_to_correct_is_said_and_ends_with_zero(run: Run, mine: Path) -> None:
    remember("nappes", "https://nappes.example.org/", Verdict.OK, "http-200")

    result = run("fix", "--catalogue", str(mine), "--offline")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "rien à corriger" in plain(result.stderr)


@pytest.mark.parametrize(
    ("successor", "says"),
    [
        ("https://neuf.example.org/", "  → https://neuf.example.org/, ce qui la remplace, d'après le catalogue"),
        ("nappes", "celle qui la remplace est déjà au catalogue, « nappes »"),
    ],
)
def test_a_successor_that_the_catalogue_names_is_told_without_asking_anybody(
    run: Run, mine: Path, successor: str, says: str
) -> None:
    section = "section: Le document\n"
    text = TEXT.replace(section, f"{section}    lifecycle:\n      successor: {successor}\n")
    mine.write_text(text, encoding="utf-8")
    remember("rivieres", OLD, Verdict.BROKEN, "http-404", twice=True)

    result = run("fix", "--offline", "--catalogue", str(mine))

    assert (result.exit_code, result.stdout) == (1, "")
    assert says in plain(result.stderr)


def test_a_successor_that_does_not_answer_is_not_proposed_and_that_is_said(run: Run, mine: Path) -> None:
    nobody = f"http://127.0.0.1:{unused_port()}"
    section = "section: Le document\n"
    text = TEXT.replace(section, f"{section}    lifecycle:\n      successor: {nobody}/b\n")
    mine.write_text(text, encoding="utf-8")
    remember("rivieres", OLD, Verdict.BROKEN, "http-404", twice=True)

    given = ("--archive", nobody, "--allow-private", "--retries", "0", "--catalogue", str(mine))
    result = run("fix", "--unsafe", "--write", *given)

    assert (result.exit_code, mine.read_text(encoding="utf-8")) == (1, text)
    assert f"{nobody}/b, qui la remplace d'après le catalogue, ne répond pas non plus" in plain(result.stderr)


@pytest.fixture
def leads_to_a_password(web: Web) -> Iterator[str]:
    """An address that leads for good to one with a password."""

    async def answer(talk: Conversation) -> None:
        await talk.reply(301, b"", also=[("location", web.url("/ok").replace("://", "://moi:secret@"))])

    BEHAVIOURS["/to-a-password"] = answer
    yield web.url("/to-a-password")
    del BEHAVIOURS["/to-a-password"]


def test_a_successor_that_leads_to_a_password_is_written_nowhere(
    run: Run, mine: Path, tmp_path: Path, leads_to_a_password: str
) -> None:
    section = "section: Le document\n"
    text = TEXT.replace(section, f"{section}    lifecycle:\n      successor: {leads_to_a_password}\n")
    mine.write_text(text, encoding="utf-8")
    page = tmp_path / "liens.txt"
    page.write_text(f"{OLD}\n", encoding="utf-8")
    for source in ("rivieres", ""):  # "" is a list
        remember(source, OLD, Verdict.BROKEN, "http-404", twice=True)
    given = ("--archive", f"http://127.0.0.1:{unused_port()}", "--allow-private", "--retries", "0")

    result = run("fix", "--unsafe", "--write", *given, "--catalogue", str(mine))
    of_list = run("fix", "--unsafe", "--write", *given, "--from", str(page), "--catalogue", str(mine))

    assert (result.exit_code, mine.read_text(encoding="utf-8")) == (1, text)
    assert (of_list.exit_code, page.read_text(encoding="utf-8")) == (1, f"{OLD}\n")
    assert "secret" not in result.stderr + of_list.stderr + result.stdout + of_list.stdout


def test_what_was_not_checked_yet_is_counted(run: Run, mine: Path) -> None:
    remember("rivieres", OLD, Verdict.OK, "http-200")

    result = run("fix", "--offline", "--catalogue", str(mine))

    assert "1 lien n'a jamais été vérifié : diagsources check, ou --check" in plain(result.stderr)


def test_to_decide_takes_a_terminal(run: Run, mine: Path) -> None:
    assert run("fix", "--interactive", "--catalogue", str(mine)).exit_code == 2


@pytest.fixture
def two_to_decide(mine: Path) -> Path:
    """Two dead sources, of which the catalogue names the successors."""
    text = "theme: eau\nsources:\n"
    for name in ("nappes", "sols"):
        text += f"  - id: {name}\n    title: T\n    url: http://{name}.example.org/\n    lifecycle:\n"
        text += f"      successor: https://{name}.example.com/\n"
        remember(name, f"http://{name}.example.org/", Verdict.BROKEN, "http-404", twice=True)
    mine.write_text(text, encoding="utf-8")
    return mine


@pytest.mark.parametrize(("last", "sols"), [("n", "http://sols.example.org/"), ("o", "https://sols.example.com/")])
def test_each_proposal_is_decided_at_a_terminal_and_those_agreed_to_are_written(
    two_to_decide: Path, last: str, sols: str
) -> None:
    given = ("fix", "--interactive", "--offline", "--catalogue", str(two_to_decide))
    code, screen = at_a_terminal(*given, answers=("o", last))

    shown, text = plain(screen), two_to_decide.read_text(encoding="utf-8")
    assert code == (1 if last == "n" else 0)
    assert "nappes : http://nappes.example.org/ ne répond plus (la page n'existe pas ou plus (404))\n" in shown
    assert "  → https://nappes.example.com/, ce qui la remplace, d'après le catalogue\nAppliquer ? [o/N]" in shown
    assert f"{1 if last == 'n' else 2} correction" in shown
    assert "    url: https://nappes.example.com/\n" in text
    assert f"    url: {sols}\n" in text


@pytest.fixture
def archive(web: Web) -> Iterator[Archive]:
    """Opens an archive that answers what it is told to, and says where it is."""
    paths = ("/wayback/available", "/cdx/search/cdx")

    def open_archive(status: int, body: bytes, *also: tuple[str, str]) -> str:
        async def answer(talk: Conversation) -> None:
            await talk.reply(status, body, content_type="application/json", also=list(also))

        for path in paths:
            BEHAVIOURS[path] = answer
        return web.base

    yield open_archive
    for path in paths:
        BEHAVIOURS.pop(path, None)


@pytest.mark.parametrize(
    ("status", "body", "also", "says"),
    [
        (503, b"", [("retry-after", "3600")], "ne répond pas (demande de revenir plus tard (503))"),
        (403, b"{}", [], "ne dit pas ce qu'on lui demande (403)"),
        (200, b"<h1>Internet Archive is offline</h1>", [], "n'a pas été comprise"),
        (200, b'{"archived_snapshots": "' + b"x" * 3_000_000 + b'"}', [], "est trop longue pour être lue"),
    ],
)
def test_an_archive_that_does_not_answer_is_said_and_nothing_is_closed(
    run: Run, mine: Path, archive: Archive, status: int, body: bytes, also: list[tuple[str, str]], says: str
) -> None:
    remember("rivieres", OLD, Verdict.BROKEN, "http-404", twice=True)

    given = ("--catalogue", str(mine), "--archive", archive(status, body, *also), "--allow-private")
    result = run("fix", "--unsafe", "--write", *given)

    assert (result.exit_code, mine.read_text(encoding="utf-8")) == (1, TEXT)
    assert says in plain(result.stderr)
    assert "copies archivées manquent" in plain(result.stderr)


@pytest.mark.parametrize("origin", ["archive.org", "javascript:alert(1)", "https://", "https://moi:secret@a.example"])
def test_an_archive_that_is_no_site_is_refused_before_anybody_is_asked(run: Run, mine: Path, origin: str) -> None:
    result = run("fix", "--catalogue", str(mine), "--archive", origin)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "n'est pas l'origine d'un site" in result.stderr
    assert "secret" not in result.stderr


def test_an_archive_that_is_not_there_is_said_and_nothing_is_closed(run: Run, mine: Path) -> None:
    remember("rivieres", OLD, Verdict.BROKEN, "http-404", twice=True)

    given = ("--catalogue", str(mine), "--archive", f"http://127.0.0.1:{unused_port()}", "--allow-private")
    result = run("fix", "--unsafe", "--write", *given)

    assert (result.exit_code, mine.read_text(encoding="utf-8")) == (1, TEXT)
    assert "copies archivées manquent" in plain(result.stderr)


def test_an_archive_is_asked_once_a_week_for_a_page(run: Run, mine: Path, web: Web, archive: Archive) -> None:
    remember("rivieres", OLD, Verdict.BROKEN, "http-404", twice=True)
    given = ("--catalogue", str(mine), "--archive", archive(200, COPY), "--allow-private")

    first = run("fix", *given)
    second = run("fix", *given)

    assert (first.exit_code, second.exit_code) == (1, 1)
    assert "copie archivée du 12 mars 2025" in plain(first.stderr)
    assert first.stderr == second.stderr
    assert len(web.heard) == 1


def test_a_link_of_a_source_that_is_dead_for_good_becomes_a_former_one(run: Run, mine: Path) -> None:
    mine.write_text(
        TEXT
        + '  - id: api\n    title: A\n    url: https://a.fr/\n    links:\n    - {rel: api, url: "https://a.fr/api"}\n',
        encoding="utf-8",
    )
    remember("api", "https://a.fr/api", Verdict.BROKEN, "http-404", rel="api", twice=True)

    result = run("fix", "--unsafe", "--write", "--offline", "--catalogue", str(mine))

    assert result.exit_code == 0, result.stderr
    assert '    - {rel: former, url: "https://a.fr/api"}\n' in mine.read_text(encoding="utf-8")


MARKDOWN = """\
# Liens <https://a.example.org/vieux?x=1&y=2>

- [Un lien](http://eau.example.org/a "titre"), puis http://eau.example.org/a. Et [un autre](https://ok.example.org/).
- `http://eau.example.org/a` est du code ; http://eau.example.org/ab est une autre adresse.

```
http://eau.example.org/a
```

[ref]: http://eau.example.org/a
"""


def test_moved_addresses_are_rewritten_in_markdown_and_code_is_left_alone(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text(MARKDOWN, encoding="utf-8")
    remember("", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/(b)", times=2)
    remember(
        "", "https://a.example.org/vieux?x=1&y=2", Verdict.MOVED, "http-301", suggestion="https://a.example.org/n?x&y=2"
    )

    shown = run("fix", "--from", str(page))
    written = run("fix", "--from", str(page), "--write")

    assert (shown.exit_code, written.exit_code) == (1, 1)  # one address was seen to move but once
    assert page.read_text(encoding="utf-8") == (
        MARKDOWN.replace('(http://eau.example.org/a "titre")', '(https://neuf.example.org/(b) "titre")')
        .replace("puis http://eau.example.org/a.", "puis https://neuf.example.org/(b).")
        .replace("[ref]: http://eau.example.org/a", "[ref]: https://neuf.example.org/(b)")
    )
    assert run("fix", "--from", str(page), "--write", "--unsafe").exit_code == 0
    assert "<https://a.example.org/n?x&y=2>" in page.read_text(encoding="utf-8")


def test_moved_addresses_are_rewritten_in_html_as_html(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    html = "<p><A HREF='http://eau.example.org/a'>a</A> <!-- <a href='http://eau.example.org/a'> --> {}</p>\r\n"
    page.write_bytes(html.format('<img src="http://eau.example.org/a" alt="http://eau.example.org/a">').encode())
    remember("", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/?a=1&b=2", times=2)

    result = run("fix", "--from", str(page), "--write")

    assert result.exit_code == 0, result.stderr
    new = "https://neuf.example.org/?a=1&amp;b=2"
    wanted = html.format(f'<img src="{new}" alt="http://eau.example.org/a">')
    assert page.read_bytes().decode() == wanted.replace(f"HREF='{OLD}'", f"HREF='{new}'")


def test_moved_addresses_are_rewritten_in_a_list(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "urls.txt"
    page.write_text(f"# liste\n  {OLD}  # note\nhttps://ok.example.org/\nvoir {OLD}, ici\n", encoding="utf-8")
    remember("", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b", times=2)

    run("fix", "--from", str(page), "--write")

    assert page.read_text(encoding="utf-8") == (
        "# liste\n  https://neuf.example.org/b  # note\nhttps://ok.example.org/\nvoir https://neuf.example.org/b, ici\n"
    )


def test_links_are_checked_first_when_that_is_asked_for(run: Run, tmp_path: Path, web: Web) -> None:
    page = tmp_path / "urls.txt"
    page.write_text(f"{web.url('/moved/permanently')}\n{web.url('/ok')}\n", encoding="utf-8")

    result = run("fix", "--from", str(page), "--check", "--seen", "1", "--write", "--allow-private", "--interval", "0")

    assert result.exit_code == 0, result.stderr
    assert page.read_text(encoding="utf-8") == f"{web.url('/ok')}\n{web.url('/ok')}\n"


def test_a_catalogue_is_not_corrected_by_another(run: Run, mine: Path) -> None:
    result = run("fix", "--from", str(mine), "--catalogue", str(mine))

    assert result.exit_code == 2
    assert "--from ne va pas avec --catalogue" in result.stderr


def test_a_list_says_what_is_left_to_whom(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "urls.txt"
    page.write_text(f"{OLD}\nhttps://mort.example.org/\nhttps://doute.example.org/\n", encoding="utf-8")
    remember("", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b")
    remember("", "https://mort.example.org/", Verdict.BROKEN, "http-404", times=4)
    remember("", "https://doute.example.org/", Verdict.BROKEN, "http-400")

    result = run("fix", "--from", str(page), "--offline")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.replace("\u00a0", " ").splitlines()[-3:] == [
        "1 lien cassé à confirmer par d'autres vérifications",
        "1 proposition : --interactive pour décider de chacune, --unsafe pour tout appliquer",
        "1 lien à corriger à la main",
    ]


def test_a_list_whose_only_address_cannot_be_written_is_not_said_to_be_well(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "liens.txt"
    page.write_text(f"Voir {OLD}, là.\n", encoding="utf-8")
    remember("", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/etc.", times=2)

    result = run("fix", "--from", str(page))

    assert (result.exit_code, result.stdout) == (1, "")
    assert "rien à corriger" not in plain(result.stderr)
    assert plain(result.stderr).endswith("1 lien à corriger à la main\n")


def test_each_proposal_for_a_list_is_decided_at_a_terminal(tmp_path: Path) -> None:
    page = tmp_path / "liste.md"
    other = "http://autre.example.org/"
    page.write_text(f"[a]({OLD}) [b]({other})\n", encoding="utf-8")
    remember("", OLD, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/a")
    remember("", other, Verdict.MOVED, "http-301", suggestion="https://neuf.example.org/b")

    result = at_a_terminal("fix", "--from", str(page), "--interactive", "--offline", answers=("n", "o"))

    assert result.exit_code == 1
    assert result.screen.count("Appliquer") == 2
    assert page.read_text(encoding="utf-8") == f"[a]({OLD}) [b](https://neuf.example.org/b)\n"


def test_an_address_that_a_list_cannot_hold_is_left_to_a_person_and_keeps_no_other_back(
    run: Run, tmp_path: Path
) -> None:
    page = tmp_path / "urls.txt"
    urls = [f"http://eau.example.org/{number}" for number in range(9)]
    page.write_text("".join(f"Voir {url}, là.\n" for url in urls), encoding="utf-8")
    for number, url in enumerate(urls):
        end = "etc." if number in (2, 7) else f"{number}"
        remember("", url, Verdict.MOVED, "http-301", suggestion=f"https://neuf.example.org/{end}", times=2)

    result = run("fix", "--from", str(page), "--write")

    assert result.exit_code == 1
    assert plain(result.stderr).count("est à corriger à la main, par https://neuf.example.org/etc.") == 2
    assert plain(result.stderr).endswith("2 liens à corriger à la main\n")
    assert page.read_text(encoding="utf-8") == "".join(
        f"Voir {url if number in (2, 7) else f'https://neuf.example.org/{number}'}, là.\n"
        for number, url in enumerate(urls)
    )
