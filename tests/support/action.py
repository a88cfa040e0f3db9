"""A composite action of GitHub, run on this machine: its `run:` steps by bash, the actions it uses by stand-ins.

What the runner offers is here as it is there: contexts in `${{ }}`, conditions, the files behind `GITHUB_OUTPUT` and
`GITHUB_STEP_SUMMARY`, a cache whose keys are written once, `continue-on-error`.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_TOKEN = re.compile(r"'(?:[^']|'')*'|[A-Za-z_][\w.-]*(?:\(\))?|==|!=|&&|\|\||[!()]|\s+")


class Result(NamedTuple):
    """What one run of the action came to."""

    succeeded: bool
    log: str
    summary: str
    outputs: Mapping[str, str]


@dataclass
class Runner:
    """A machine that runs jobs, and the services it knows."""

    folder: Path
    """Where the caches are, and the temporary files of a job."""
    program: str
    """What stands for the program that the step `install` installs."""
    environ: Mapping[str, str] = field(default_factory=dict)
    uploaded: list[Any] = field(default_factory=list)
    """The SARIF documents that were handed to code scanning."""
    _run: int = 0

    def run(self, action: Path, workspace: Path, **inputs: str) -> Result:
        """Runs *action* as one job of one run."""
        self._run += 1
        shutil.rmtree(self.folder / "temp", ignore_errors=True)  # a machine is new for each job
        job = _Job(self, yaml.safe_load(action.read_text(encoding="utf-8")), action, workspace, self._run, inputs)
        return job.result()


class _Job:
    def __init__(
        self,
        runner: Runner,
        action: Mapping[str, Any],
        path: Path,
        workspace: Path,
        run: int,
        inputs: Mapping[str, str],
    ) -> None:
        self._runner = runner
        self._steps = action["runs"]["steps"]
        self._outputs = action["outputs"]
        self._workspace = workspace
        self._temp = runner.folder / "temp"
        self._temp.mkdir(parents=True)
        self._known = {"github.run_id": str(run), "github.run_attempt": "1", "github.token": ""}
        self._known |= {"runner.temp": str(self._temp), "github.action_path": str(path.parent)}
        self._known |= {"github.token": runner.environ.get("GITHUB_TOKEN", "")}
        for name, declared in action["inputs"].items():
            self._known[f"inputs.{name}"] = inputs.get(name, self._filled(declared["default"]))
        self._failed = False
        self._log: list[str] = []
        self._summary = self._temp / "summary"
        self._summary.touch()

    def result(self) -> Result:
        for step in self._steps:
            self._take(step)
        outputs = {name: self._filled(output["value"]) for name, output in self._outputs.items()}
        return Result(not self._failed, "".join(self._log), self._summary.read_text(encoding="utf-8"), outputs)

    def _take(self, step: Mapping[str, Any]) -> None:
        condition = str(step.get("if", "${{ success() }}"))
        if "cancelled()" not in condition and "always()" not in condition and self._failed:
            return
        if not self._value(condition.removeprefix("${{").removesuffix("}}")):
            return
        succeeded = self._use(step) if "uses" in step else self._bash(step)
        if not succeeded and not step.get("continue-on-error"):
            self._failed = True

    def _bash(self, step: Mapping[str, Any]) -> bool:
        if step.get("id") == "install":
            self._known["steps.install.outputs.program"] = self._runner.program
            return True
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an expression in a script is an injection"
        script, output = self._temp / "script.sh", self._temp / "output"
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("", encoding="utf-8")
        given = {name: self._filled(value) for name, value in step.get("env", {}).items()}
        files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self._summary)}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self._workspace,
            env={**os.environ, "GITHUB_ACTIONS": "true", "CI": "true", **self._runner.environ, **files, **given},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        self._log.append(done.stdout)
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self._known[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode == 0

    def _use(self, step: Mapping[str, Any]) -> bool:
        name = step["uses"].partition("@")[0]
        return _STAND_INS[name](self, {key: self._filled(str(value)) for key, value in step["with"].items()}, step)

    def _filled(self, text: str) -> str:
        return _EXPRESSION.sub(lambda found: str(self._value(found[1])), text)

    def _value(self, expression: str) -> Any:
        """What *expression* is worth: contexts, texts, comparisons, and the functions that an action needs."""
        assert "".join(_TOKEN.findall(expression)) == expression, expression
        python = "".join(map(self._translated, _TOKEN.findall(expression))).strip()
        return eval(python, {"__builtins__": {}}, {})  # noqa: S307 - of tokens that are all known

    def _translated(self, token: str) -> str:
        plain = {"&&": " and ", "||": " or ", "!": " not ", "==": "==", "!=": "!=", "(": "(", ")": ")"}
        if token in plain:
            return plain[token]
        if token.isspace():
            return " "
        if token.startswith("'"):
            return repr(token[1:-1].replace("''", "'"))
        if token.endswith("()"):
            return str({"success()": not self._failed, "cancelled()": False, "always()": True}[token])
        return repr(self._known.get(token, ""))

    def set_up(self, given: Mapping[str, str], step: Mapping[str, Any]) -> bool:
        """actions/setup-python."""
        self._known[f"steps.{step['id']}.outputs.python-path"] = "python3"
        return True

    def restore(self, given: Mapping[str, str], step: Mapping[str, Any]) -> bool:
        """actions/cache/restore: the exact key, else the newest that begins like one of the others."""
        caches = self._runner.folder / "caches"
        kept = sorted(caches.glob("*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        wanted = [given["key"], *given.get("restore-keys", "").split()]
        found = next((path for key in wanted for path in kept if path.name.startswith(key)), None)
        if found is not None:
            shutil.copytree(found, given["path"], dirs_exist_ok=True)
        return True

    def save(self, given: Mapping[str, str], step: Mapping[str, Any]) -> bool:
        """actions/cache/save: a key is written once."""
        target = self._runner.folder / "caches" / given["key"]
        assert not target.exists(), "a key of the cache is never written again"
        shutil.copytree(given["path"], target)
        return True

    def upload(self, given: Mapping[str, str], step: Mapping[str, Any]) -> bool:
        """github/codeql-action/upload-sarif."""
        self._runner.uploaded.append(json.loads(Path(given["sarif_file"]).read_text(encoding="utf-8")))
        return True


_STAND_INS: Mapping[str, Callable[[_Job, Mapping[str, str], Mapping[str, Any]], bool]] = {
    "actions/setup-python": _Job.set_up,
    "actions/cache/restore": _Job.restore,
    "actions/cache/save": _Job.save,
    "github/codeql-action/upload-sarif": _Job.upload,
}
