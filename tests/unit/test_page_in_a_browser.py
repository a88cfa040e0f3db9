"""The HTML report in headless Chromium: its script runs under its own policy, and axe-core finds nothing.

Skipped where there is no Chromium; for axe-core, where `AXE_CORE` does not name its axe.min.js. `.ci/run` brings both.
"""

import json
import os
import re
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import html5lib
import pytest

from diagsources.reports import FORMATS, Report
from diagsources.reports.checks import report_of
from diagsources.reports.findings import what_is_new
from tests.support.nasty import large_run, nasty_run

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
ALONE = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
"""As root, in a container, and asking nothing of anybody."""
AXE = os.environ.get("AXE_CORE", "")

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")

_LAST = """
<script>
  const tell = value => { const pre = document.createElement("pre"); pre.id = "told";
    pre.textContent = JSON.stringify(value); document.body.append(pre); };
  WHAT
</script>
"""


def page(report: Report) -> str:
    out = StringIO()
    FORMATS["html"].render(report, out)
    return out.getvalue()


def opened(text: str, folder: Path, *, width: int = 1280, dark: bool = False, printing: str = "--dump-dom") -> str:
    """The document as Chromium has it once scripts have run."""
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [
            *(CHROMIUM, *ALONE, f"--window-size={width},900"),
            *(f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000"),
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            *(printing, file.as_uri()),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
        env={**os.environ, "HOME": str(folder)},
    )
    return done.stdout


def told(text: str, folder: Path, what: str, *, before: str = "", width: int = 1280, dark: bool = False) -> object:
    """What the script *what* tells, run in the page, whose policy is put aside for it."""
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    added = (f"<script>{before}</script>" if before else "") + _LAST.replace("WHAT", what)
    document = html5lib.parse(
        opened(free.replace("</body>", f"{added}</body>"), folder, width=width, dark=dark), namespaceHTMLElements=False
    )
    return json.loads(next(pre.text or "" for pre in document.iter("pre") if pre.attrib.get("id") == "told"))


def test_the_script_runs_under_the_policy_of_the_page(tmp_path: Path) -> None:
    dom = opened(page(nasty_run()), tmp_path)

    assert re.search(r'<form id="filters">', dom)
    assert '<option value="Eau">Eau</option>' in dom


STEPS = """
  const form = document.forms.filters, of = form.elements, all = [...document.querySelectorAll("tbody tr")];
  const rows = () => [...document.querySelectorAll("tbody tr")].filter(row => !row.hidden);
  const says = () => document.querySelector("caption").textContent.replace(/\\u00a0/g, " ");
  const heading = number => document.querySelector(`th.c${number}`);
  const after = (ms, what) => new Promise(done => setTimeout(() => done(what()), ms));
  const set = (name, value) => {
    of[name].type === "checkbox" ? of[name].checked = value : of[name].value = value;
    of[name].dispatchEvent(new Event("change", {bubbles: true}));
    form.dispatchEvent(new Event("input", {bubbles: true}));
    return after(300, rows);
  };
  const isInOrder = (keys, sign) => keys.every((key, rank) =>
    !rank || sign * new Intl.Collator("fr", {numeric: true}).compare(keys[rank - 1], key) <= 0);
"""
"""What a reader does: fills a field, and looks at what is left."""


def read(text: str, folder: Path, what: str, *, width: int = 1280) -> object:
    """What *what*, an asynchronous expression, comes to for a reader of the page."""
    return told(text, folder, f"{STEPS} (async () => {what})().then(tell);", width=width)


def test_filters_narrow_without_accents_or_case_and_the_number_is_said(tmp_path: Path) -> None:
    text = page(nasty_run())
    (body,) = html5lib.parse(text, namespaceHTMLElements=False).iter("tbody")
    some = sum("été" in "".join(row.itertext()).lower() for row in body)
    script = """{
      const none = (await set("text", "EXEMPLE accents-absents")).length, nothing = says();
      const some = (await set("text", "ETE")).length;
      await set("verdict", "broken");
      const broken = rows().map(row => row.dataset.verdict), said = says();
      form.reset();
      return {none, nothing, some, broken, said, again: await after(100, () => [rows().length, says()])};
    }"""

    assert read(text, tmp_path, script) == {
        "none": 0,
        "nothing": "0 lien montré sur 26",
        "some": some,
        "broken": ["broken", "broken"],
        "said": "2 liens montrés sur 26",
        "again": [26, "26 liens, ce qui demande d'agir d'abord"],
    }


def test_a_number_shows_its_links_and_all_again(tmp_path: Path) -> None:
    script = """{
      const chip = document.querySelector("#numbers .suspect button");
      chip.click();
      const shown = rows().map(row => row.dataset.verdict), pressed = chip.ariaPressed, chosen = of.verdict.value;
      chip.click();
      return {shown: [...new Set(shown)], pressed, chosen, all: rows().length, released: chip.ariaPressed};
    }"""

    assert read(page(nasty_run()), tmp_path, script) == {
        "shown": ["suspect"],
        "pressed": "true",
        "chosen": "suspect",
        "all": 26,
        "released": "false",
    }


def test_what_has_changed_can_be_shown_alone(tmp_path: Path) -> None:
    report = nasty_run()
    news = sum(1 for record in report.records if what_is_new(record))
    script = '{ return {news: (await set("news", true)).length, hidden: of.news.closest("label").hidden}; }'

    assert read(page(report), tmp_path, script) == {"news": news, "hidden": False}


def test_where_nothing_has_changed_nothing_is_offered(tmp_path: Path) -> None:
    report = nasty_run()
    without = [{key: value for key, value in record.items() if key != "memory"} for record in report.records]

    found = read(page(report_of(without, head={})), tmp_path, '{ return of.news.closest("label").hidden; }')

    assert found is True


@pytest.mark.parametrize("width", [500, 1280])
def test_rows_are_sorted_by_a_heading_or_where_the_screen_is_narrow_by_a_list(width: int, tmp_path: Path) -> None:
    script = """{
      const column = number => rows().map(row => row.cells[number].dataset.key ?? row.cells[number].textContent);
      heading(2).firstChild.click(); heading(2).firstChild.click();
      const down = isInOrder(column(1), -1), sort = heading(2).ariaSort, chosen = of.order.selectedOptions[0].text;
      await set("order", "4");
      const since = isInOrder(column(4).filter(Boolean), 1), headings = document.querySelectorAll("[aria-sort]").length;
      const isThere = element => element.checkVisibility();
      return {down, sort, chosen, since, headings, list: isThere(of.order), head: isThere(heading(2)), says: says()};
    }"""

    assert read(page(nasty_run()), tmp_path, script, width=width) == {
        "down": True,
        "sort": "descending",
        "chosen": "Source",
        "since": True,
        "headings": 1,
        "list": width < 768,
        "head": width > 768,
        "says": "26 liens",
    }


def test_on_paper_it_is_a_table_with_its_headings_on_every_page(tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"

    opened(page(nasty_run()), tmp_path, printing=f"--print-to-pdf={paper}")

    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())) <= 6


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_text_runs_out_of_the_page(width: int, dark: bool, tmp_path: Path) -> None:
    wide = "setTimeout(() => tell(document.documentElement.scrollWidth - document.documentElement.clientWidth), 200)"

    assert told(page(nasty_run()), tmp_path, wide, width=width, dark=dark) == 0


@pytest.mark.skipif(not AXE, reason="AXE_CORE does not name the axe.min.js of axe-core")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_core_finds_nothing(width: int, dark: bool, tmp_path: Path) -> None:
    run = """
      axe.run(document, {resultTypes: ["violations", "incomplete"]}).then(found => tell(
        found.violations.map(each => [each.id, each.nodes.length, each.nodes[0].html, each.nodes[0].failureSummary])))
    """

    assert told(page(nasty_run()), tmp_path, run, before=Path(AXE).read_text("utf-8"), width=width, dark=dark) == []


def test_ten_thousand_findings_are_filtered_in_a_blink(tmp_path: Path) -> None:
    script = """
      setTimeout(() => {
        const form = document.forms.filters, began = performance.now();
        form.elements.text.value = "source-9999";
        form.dispatchEvent(new Event("input", {bubbles: true}));
        setTimeout(() => tell([...document.querySelectorAll("tbody tr")].filter(row => !row.hidden).length), 5000);
      }, 0);
    """

    assert told(page(large_run()), tmp_path, script) == 1
