"""Help and usage errors in French: one sentence, examples first, then the options.

Typer's own are in English and load rich; these are text, and cost nothing.
"""

import re
from typing import Any

import typer

from diagsources.cli.commands import COMMANDS
from diagsources.text import NBSP

_WORDS = (
    ("[default: ", "[par défaut : "),
    ("; default: ", " ; par défaut : "),
    ("[env var: ", "[variable : "),
    ("; env var: ", " ; variable : "),
    ("[required]", "[obligatoire]"),
    ("Show this message and exit.", "Montrer cette aide."),
    (
        "Install completion for the current shell.",
        "Installer la complétion des commandes dans ce shell.",
    ),
    (
        "Show completion for the current shell, to copy it or customize the installation.",
        "Montrer le script de complétion, à copier ou à adapter.",
    ),
)
_METAVARS = {"INTEGER": "NOMBRE", "FLOAT": "NOMBRE", "TEXT": "TEXTE", "FILE": "FICHIER", "PATH": "CHEMIN"}
_METAVAR = re.compile(rf" ({'|'.join(_METAVARS)})\b")


class FrenchHelp:
    """For a Typer command or group: the help, laid out and worded our way.

    The text after a form feed in `help` is examples: a command, two spaces, what it does.
    """

    help: str | None
    params: list[Any]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The sentence, the examples, how to write it, and what can be said besides."""
        says, _, examples = (self.help or "").partition("\f")
        formatter.write_text(says.strip())
        lines = [line.strip() for line in examples.strip().splitlines() if line.strip()]
        if lines:
            with formatter.section(f"Exemples{NBSP}"):
                for line in lines:
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")
        formatter.write_paragraph()
        pieces = [piece for piece in self._pieces(ctx) if piece]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"Usage{NBSP}: ")
        self._format_params(ctx, formatter)
        self._format_commands(ctx, formatter)

    def _pieces(self, ctx: Any) -> list[str]:
        pieces = ["[OPTIONS]"]
        pieces += [param.make_metavar(ctx) for param in self.params if param.param_type_name == "argument"]
        return [*pieces, "COMMANDE …"] if hasattr(self, "list_commands") else pieces

    def _format_params(self, ctx: Any, formatter: Any) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):  # type: ignore[attr-defined]  # of the class this is mixed into
            record = param.get_help_record(ctx)
            if record is None:
                continue
            kind = "Arguments" if param.param_type_name == "argument" else "Options"
            panel = getattr(param, "rich_help_panel", None) or kind
            panels.setdefault(panel, []).append((_french(record[0]), _french(record[1])))
        for panel, rows in panels.items():
            with formatter.section(f"{panel}{NBSP}"):
                formatter.write_dl(rows, col_max=28)

    def _format_commands(self, ctx: Any, formatter: Any) -> None:
        if not hasattr(self, "list_commands"):
            return
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, (panel, says) in COMMANDS.items():
            panels.setdefault(panel, []).append((name, says))
        for panel, rows in panels.items():
            with formatter.section(f"{panel}{NBSP}"):
                formatter.write_dl(rows)


def _french(text: str) -> str:
    for english, french in _WORDS:
        text = text.replace(english, french)
    text = _METAVAR.sub(lambda word: f" {_METAVARS[word[1]]}", text)
    text = re.sub(r"; x>=0\b", "", text)
    text = re.sub(r"; x>=([\d.]+)", rf"{NBSP}; au moins \1", text).replace("[x>=", "[au moins ")
    text = re.sub(r"; ([\d.]+)<=x<=([\d.]+)", rf"{NBSP}; de \1 à \2", text)
    return re.sub(r"\b(\d+)\.(\d+)\b", lambda number: _decimal(number[1], number[2]), text)


def _decimal(whole: str, fraction: str) -> str:
    return f"{whole},{fraction}" if fraction.strip("0") else whole


def explain(error: typer.TyperException, command: str) -> tuple[str, str]:
    """What a usage error of *command* says in French, and what to do next."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else f"diagsources {command}".strip()
    return _sentence(error), f"{path} --help dit ce qui s'écrit"


def _sentence(error: typer.TyperException) -> str:
    """By the class's name: Typer keeps its classes to itself but for `BadParameter`."""
    match type(error).__name__:
        case "NoSuchOption":
            possible = getattr(error, "possibilities", None)
            near = f" ; vouliez-vous dire {' ou '.join(possible)} ?" if possible else ""
            return f"option inconnue : {getattr(error, 'option_name', '')}{near}"
        case "MissingParameter":
            return f"il manque {_name(error)}"
        case "BadOptionUsage" if "does not take a value" in error.message:
            return f"l'option {getattr(error, 'option_name', '')} n'attend pas de valeur"
        case "BadOptionUsage":
            return f"l'option {getattr(error, 'option_name', '')} attend une valeur"
        case "BadParameter":
            return f"valeur refusée pour {_name(error)} : {_reason(error.message)}"
        case _:
            return _reason(error.message)


def _name(error: typer.TyperException) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return "un argument"
    if param.param_type_name == "argument":
        return str(param.metavar or param.name).upper().strip("[]…. ")
    return str(max(param.opts, key=len))


_REASONS = (
    (r"'(.*)' is not a valid int", r"« \1 » n'est pas un nombre entier"),
    (r"'(.*)' is not a valid float", r"« \1 » n'est pas un nombre"),
    (r"'(.*)' is not a valid boolean", r"« \1 » n'est ni true ni false"),
    (r"(\S+) is not in the range x>=(\S+)\.", r"\1 est trop petit, \2 au moins"),
    (r"(\S+) is not in the range (\S+)<=x<=(\S+)\.", r"\1 est hors des bornes, de \2 à \3"),
    (r".*does not exist.*", "ce fichier n'existe pas"),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)", r"un argument de trop : \1"),
)
"""What Typer says, and the same in French."""


def _reason(message: str) -> str:
    for english, french in _REASONS:
        found = re.search(english, message, re.DOTALL)
        if found:
            said = found.expand(french)
            return re.sub(r"\b(\d+)\.(\d+)\b", lambda number: _decimal(number[1], number[2]), said)
    return message
