"""`engagesim show`: a scenario as it resolves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import AsJson, print_json, print_table

if TYPE_CHECKING:
    from ..design.scenario import Scenario
    from ..parameter import Parameter, Value


def command(
    scenario: Annotated[str, typer.Argument(help="Name of a shipped scenario, or a file.")],
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change one value.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a scenario as it resolves: every value, its basis, and what differs from its parent.

    Example: engagesim show the_suggestion_machine --set demand.employee=0.4
    """
    from ..design.differences import differences
    from ..design.scenario import Scenario

    design = Scenario.load(scenario, settings or ())
    changed = differences(design)
    if as_json:
        print_json(_document(design, changed))
    else:
        _print(design, changed)


Changed = dict[str, tuple["Value | None", "Value | None"]]


def _document(design: Scenario, changed: Changed) -> dict[str, Any]:
    from ..design.catalogue import PARAMETERS

    rows = [
        {"name": p.name, "group": p.group, "value": design.values[p.name], "unit": p.unit} | _basis(design, p)
        for p in PARAMETERS
    ]
    differs = {key: {"old": old, "new": new} for key, (old, new) in changed.items()}
    return {**design.document(), "parameters": rows, "differs": differs}


def _print(design: Scenario, changed: Changed) -> None:
    from ..design.catalogue import GROUPS

    typer.echo(f"{design.title}  ({' < '.join((design.name, *design.lineage))})")
    typer.echo(design.description)
    for name, text in (("Source", design.source), ("Watch", design.watch), ("Digest", design.digest)):
        if text:
            typer.echo(f"{name}: {text}")
    columns = ("", "parameter", "value", "unit", "basis")
    for group, parameters in GROUPS.items():
        rows = [_row(design, p, changed) for p in parameters]
        print_table(f"[{group}]", columns, rows)
    for instrument in design.instruments:
        rows = [
            _attribute_row(f"{instrument.name}.{name}", value, changed) for name, value in instrument.attributes.items()
        ]
        print_table(f"[[instruments]] {instrument.name}", ("", "attribute", "value"), rows)
    if design.schedule:
        changes = [(c.at, "" if c.until is None else c.until, c.key, _text(c.value)) for c in design.schedule]
        print_table("[[schedule]]", ("at", "until", "key", "value"), changes)
    if design.uncertainties:
        ranges = [(key, _text(low), _text(high)) for key, (low, high) in design.uncertainties.items()]
        print_table("[uncertainties]", ("key", "low", "high"), ranges)
    gone = sorted({key.partition(".")[0] for key, (_, new) in changed.items() if new is None})
    if gone:
        typer.echo(f"\nRemoved from the parent: {', '.join(gone)}")


def _row(design: Scenario, parameter: Parameter, changed: Changed) -> tuple[str, ...]:
    stated = _basis(design, parameter)
    origin = " ".join(text for text in (stated["basis"] or "not stated", stated["source"]) if text)
    mark, value = _marked(parameter.name, design.values[parameter.name], changed)
    return mark, parameter.name, value, parameter.unit, origin


def _attribute_row(key: str, value: Value, changed: Changed) -> tuple[str, ...]:
    mark, text = _marked(key, value, changed)
    return mark, key.partition(".")[2], text


def _marked(key: str, value: Value, changed: Changed) -> tuple[str, str]:
    if key not in changed:
        return "", _text(value)
    old = changed[key][0]
    return "*", f"{'-' if old is None else _text(old)} -> {_text(value)}"


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return " / ".join(_text(part) for part in value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _basis(design: Scenario, parameter: Parameter) -> dict[str, str | None]:
    """Basis, source and reason: of the scenario where it sets the value, else of the default."""
    own = [note for key, note in design.notes.items() if key.partition(".")[0] == parameter.name]
    origin = own[-1] if own else parameter
    return {"basis": origin.basis, "source": origin.source, "why": origin.why}
