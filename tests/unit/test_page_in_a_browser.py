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
    assert "26 liens montrés" in dom


def test_filters_narrow_and_a_click_on_a_heading_sorts(tmp_path: Path) -> None:
    script = """
      const form = document.forms.filters, rows = () => [...document.querySelectorAll("tbody tr")];
      form.elements.verdict.selectedIndex = 2;
      form.elements.text.value = "EXEMPLE accents-absents";
      form.dispatchEvent(new Event("input", {bubbles: true}));
      setTimeout(() => {
        const none = rows().filter(row => !row.hidden).length;
        form.elements.text.value = "ETE";
        form.dispatchEvent(new Event("input", {bubbles: true}));
        setTimeout(() => {
          const some = rows().filter(row => !row.hidden).map(row => row.dataset.verdict);
          const head = document.querySelector("th.c2");
          head.firstChild.click(); head.firstChild.click();
          const names = rows().map(row => row.cells[1].textContent);
          tell({none, some, sort: head.ariaSort, sorted: names.join() === [...names].sort(
            (a, b) => new Intl.Collator("fr", {numeric: true}).compare(b, a)).join()});
        }, 300);
      }, 300);
    """

    found = told(page(nasty_run()), tmp_path, script)

    assert found == {"none": 0, "some": ["broken", "broken"], "sort": "descending", "sorted": True}


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
