"""From a function to a command: groups of options become one value, help is French."""

import gc
import inspect
from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import typer
from typer.core import TyperCommand

from diagsources.cli.help import FrenchHelp
from diagsources.cli.options import Group


class Command(FrenchHelp, TyperCommand):
    """A command whose help is in French, examples first."""


def verb(says: str, examples: str) -> Callable[[Callable[..., int | None]], Any]:
    """Makes a command of a function; a parameter annotated with a `Group` takes the group's options.

    The function returns its exit code, None for 0.
    """

    def build(function: Callable[..., int | None]) -> Any:
        app = typer.Typer(
            add_completion=False,
            pretty_exceptions_enable=False,
            rich_markup_mode=None,
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        app.command(function.__name__, cls=Command, help=f"{says}\f{examples}")(_flattened(function))
        return typer.main.get_command(app)

    return build


def _flattened(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """*function* with the options of its groups as parameters of their own."""
    hints = get_type_hints(function, include_extras=True)
    parameters: list[inspect.Parameter] = []
    groups: dict[str, Group] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        group = next((mark for mark in get_args(hints[name]) if isinstance(mark, Group)), None)
        if group is None:
            parameters.append(parameter.replace(kind=parameter.KEYWORD_ONLY, annotation=hints[name]))
            continue
        groups[name] = group
        for option, hint in group.options.items():
            default = group.defaults.get(option, 0 if get_args(hint)[0] is int else None)
            parameters.append(
                inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)
            )

    def run(**values: Any) -> int | None:
        if not gc.isenabled():  # `main` starts without; what is loaded by now stays, and need not be looked at
            gc.freeze()
            gc.enable()
        for name, group in groups.items():
            values[name] = group.make(**{option: values.pop(option) for option in group.options})
        return function(**values)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__doc__ = function.__doc__
    return run
