"""What designs assume, and what is uncertain, each with its basis."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from markupsafe import Markup

from ...design.catalogue import BY_NAME
from ...experiments.choice.tables import meaning
from ...experiments.worlds import ranges_of
from ...parameter import ROLES, Basis
from ..assumptions import differing
from ..cells import stacked
from ..parts import Part, Section, Table, Told, Words
from ..words import number


def section(told: Told) -> Section:
    """The section."""
    lead = f"All that is not listed is the same in every design. REPORTED is a published figure, DERIVED is computed " \
           f"from published figures, ASSUMED is ours, with a reason. {_counted(told)}"  # fmt: skip
    parts: list[Part] = [_designs(told)]
    if len(told.study.worlds):
        parts += [
            Words("What no designer chooses was drawn anew in each world, evenly within these ranges."),
            _ranges(told),
        ]
    return Section("assumptions", "What it assumes", lead, parts)


def _counted(told: Told) -> str:
    """How many values of the first design rest on what."""
    arm = told.study.arms[0]
    count = Counter(note.basis if (note := arm.notes.get(name)) else p.basis for name, p in BY_NAME.items())
    stated = ", ".join(f"{count[basis]} are {basis}" for basis in get_args(Basis) if count[basis])
    unstated = sum(n for basis, n in count.items() if basis not in get_args(Basis))
    rest = f", {unstated} were set for this comparison or state no basis" if unstated else ""
    each = "engagesim list parameters prints each with its basis"
    return f"Of the {len(BY_NAME)} values of {told.baseline}, {stated}{rest}; {each}."


def _designs(told: Told) -> Table:
    """Values that differ from the baseline's; attributes of one instrument in one row."""
    rows: list[tuple[str | Markup, ...]] = []
    found = differing(told.study.arms)
    for i, arm in enumerate(told.study.arms):
        mine = [a for a in found if a.values[i] != "-" and (i == 0 or a.values[i] != a.values[0])]
        names = [instrument.name for instrument in arm.instruments]
        for a in (a for a in mine if a.key.partition(".")[0] not in names):
            value = Markup("{} <small>{}</small>").format(a.values[i], a.unit)
            rows.append((told.called[arm.name], a.key, value, a.bases[i]))
        for name in names:
            own = [a for a in mine if a.key.partition(".")[0] == name]
            if own:
                text = "; ".join(f"{a.key.partition('.')[2].replace('_', ' ')} {a.values[i]}" for a in own)
                rows.append((told.called[arm.name], name, text, _bases([a.bases[i] for a in own])))
    return Table("Values in which designs differ", ("design", "value", "is", "basis"), rows, folded=True)


def _bases(bases: list[str]) -> str:
    return "; ".join(dict.fromkeys(basis.rstrip(".") for basis in bases))


def _ranges(told: Told) -> Table:
    rows, ranges = [], ranges_of(told.study.arms)
    for key in told.study.worlds.columns:
        low, high = ranges[key]
        head, _, role = key.partition(".")
        stated, basis = "-", ""
        if head in BY_NAME:
            p = BY_NAME[head]
            default = p.default[ROLES.index(role)] if isinstance(p.default, tuple) and role else p.default
            stated = number(default) if isinstance(default, float) else str(default)
            basis = ": ".join(x for x in (" ".join(x for x in (p.basis, p.source) if x), p.why) if x)
        name = stacked(meaning(key), key)
        rows.append((name, stated, f"{number(low)} to {number(high)}", basis))
    return Table("Uncertain numbers", ("number", "default", "drawn from", "basis of the default"), rows, folded=True)
