"""Workflow commands as the runner of GitHub Actions reads them."""

import re

from diagsources.model import FAILING
from diagsources.reports.checks import report_of
from diagsources.text import visible
from tests.support.nasty import nasty_run
from tests.support.rendering import annotations, few, largest, nastiest, records, rendered


def test_github_has_one_command_a_line_and_no_other() -> None:
    lines = nastiest("github").splitlines()

    assert all(re.match(r"::(error|warning|notice) (file=[^:,]+,line=\d+,)?title=[^:,]*::", line) for line in lines)


def test_github_gives_back_every_text() -> None:
    told = [record for record in nasty_run().records if record["verdict"] in (*FAILING, "moved")]

    found = annotations(nastiest("github"))

    assert len(found) == len(told)
    for (level, properties, data), record in zip(found, told, strict=True):
        assert level == ("error" if record["counts"] else "notice" if record["verdict"] == "moved" else "warning")
        assert properties["title"] == visible(record["title"]) or not record["title"]
        assert properties.get("file", "-") == (record["file"] or "-")
        assert data.replace("%25", "%").splitlines()[1] == visible(record["url"])


def test_github_shows_ten_annotations_of_a_level_and_the_tenth_says_how_many_follow() -> None:
    report = report_of([*few(12), *few(10, counts=False), *few(11, verdict="moved", reason="http-301")], head={})

    found = annotations(rendered(report, "github"))

    shown = {level: [each for each in found if each[0] == level][:10] for level in ("error", "warning", "notice")}
    assert [len([each for each in found if each[0] == level]) for level in shown] == [13, 10, 12]
    assert shown["error"][9][1]["title"] == "et 3\u00a0autres liens à réparer"
    assert "file" not in shown["error"][9][1]
    assert shown["warning"][9][1]["title"] == "eau"
    assert shown["notice"][9][1]["title"] == "et 2\u00a0autres liens déplacés"
    assert [level for level, _, _ in found[-6:]] == ["error"] * 3 + ["warning"] + ["notice"] * 2


def test_ten_thousand_findings_are_all_in_the_log() -> None:
    found = annotations(largest("github"))

    assert len(found) == 10_001
    assert found[9][1] == {"title": "et 9\u202f991\u00a0autres liens à réparer"}
    assert {data.partition(" ")[0] for _, _, data in found} >= {f"source-{number}" for number in range(10_000)}


def test_github_says_nothing_where_all_is_well() -> None:
    assert rendered(records(verdict="ok", reason="http-200"), "github") == ""
