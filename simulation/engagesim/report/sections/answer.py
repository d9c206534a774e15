"""The answer in two sentences."""

from __future__ import annotations

from markupsafe import Markup

from ...experiments.notes import FEWEST
from ...experiments.statistics.intervals import NEVER
from ...outcomes import BY_NAME
from ..cells import Cell, difference_of, gap_of, level_of, listed, plain, say
from ..parts import Section, Told, Words

WINDOW = {
    "early": "in the first 15 % of the weeks",
    "late": "in the last quarter of the weeks",
    "whole": "over the run",
    "end": "at the end",
}


def section(told: Told) -> Section:
    """The section."""
    return Section("answer", "The answer", Markup(""), [Words(text) for text in (*sentences(told), *_others(told))])


def in_words(told: Told) -> list[str]:
    """The same sentences without markup."""
    return [plain(sentence) for sentence in sentences(told)]


def sentences(told: Told) -> list[Markup]:
    """What to choose and how surely; what comes with it; a warning where the goal cannot tell designs apart."""
    if not told.decision.tables:
        return [say("In no {unit} does every design still have anybody active, so that nothing can be compared.",
                    unit=told.decision.unit)]  # fmt: skip
    return [_choice(told), _side(told), *_ceiling(told)]


def _choice(told: Told) -> Markup:
    """The best design, its level, and how surely it is the best."""
    d, t, aim = told.decision, told.teller, told.decision.aim
    best = d.names[d.best]
    level, base = (t.cell("ranking", arm, column="level", how=level_of(aim.measure)) for arm in (best, d.names[0]))
    when = WINDOW[aim.window]
    if aim.measure == "participation":
        reached = say("{level} of members take part {when}", level=level, when=when)
    else:
        reached = say("{title} is {level} {when}", title=BY_NAME[aim.measure].title.lower(), level=level, when=when)
    if d.best == 0:
        against = say(", and no other design does better")
    else:
        against = say(", against {base} under {name}", base=base, name=told.baseline)
    return say(
        "{best} comes out {place}{small}: {reached}{against}; {sure}.", best=told.called[best],
        place="first" if d.tied else "best", small=_small(told, best), reached=reached, against=against,
        sure=_how_sure(told),
    )  # fmt: skip


CEILING = 0.98
"""Level of a share from which on nearly nothing is left to gain."""


def _ceiling(told: Told) -> list[Markup]:
    """A warning where every design is already at the end of the scale."""
    aim = told.decision.aim
    least = float(told.decision.tables["ranking"]["level"].min())
    if aim.sign < 0 or level_of(aim.measure) != "share" or least < CEILING:
        return []
    others = "--goal effort, value_per_member, quality or intrinsic_motivation"
    return [say("Under every design this is nearly everybody, so that little is left to gain: look at {others}.",
                others=others)]  # fmt: skip


def _small(told: Told, best: str) -> str:
    """A word on a gain that does not matter."""
    gain = told.teller.cell("costs", best, column="effect", how="number").value
    return ", but by less than matters" if best != told.decision.names[0] and gain < told.decision.aim.matters else ""


def _others(told: Told) -> list[Markup]:
    """Designs that surely do better, or worse, than the baseline, and by enough to matter."""
    if not told.decision.tables:
        return []
    aim, found = told.decision.aim, []
    best = told.decision.names[told.decision.best]
    for side, word in ((1, "better"), (-1, "worse")):
        names = [
            told.called[arm] for arm in told.ranked
            if arm in told.others and arm != best
            and (row := told.teller.row("scorecard", arm, aim.measure, "late", "everyone"))
            and row["side"] == side and abs(float(row["mean"])) >= aim.matters
        ]  # fmt: skip
        if names:
            found.append(say("By enough to matter, and surely, {names} {do} {word} than {base}.", names=listed(names),
                             do="do" if len(names) > 1 else "does", word=word, base=told.baseline))  # fmt: skip
    return found


def unit_of(told: Told) -> str:
    """What differences of the aim are counted in, for a sentence."""
    return " points" if difference_of(told.decision.aim.measure) == "points" else ""


def _how_sure(told: Told) -> Markup:
    d, t = told.decision, told.teller
    others = sorted((n for i, n in enumerate(d.names) if i != d.best), key=lambda n: _behind(told, n).value)
    if not d.tied:
        return say("it is surely ahead of every other, and by {gap}{unit} of the next, {second}",
                   gap=_behind(told, others[0]), unit=unit_of(told), second=told.called[others[0]])  # fmt: skip
    units = int(d.complete.sum())
    if units < FEWEST:
        return say("{n} {unit}s are too few to tell it apart from any other: at least {fewest} are needed", n=units,
                   unit=d.unit, fewest=FEWEST)  # fmt: skip
    tied = [n for n in others if d.names.index(n) in d.tied]
    more = t.cell("ranking", tied[0], column="more", how="count")
    names = listed([told.called[n] for n in tied])
    if more.value >= NEVER:
        return say("it cannot be told apart from {names}, and no affordable number of {unit}s would do",
                   names=names, unit=d.unit)  # fmt: skip
    units_more = d.unit if more.value == 1 else f"{d.unit}s"
    return say("it cannot be told apart from {names} (about {more} more {units} would tell it from {next})",
               names=names, more=more, units=units_more, next=told.called[tied[0]])  # fmt: skip


def _behind(told: Told, name: str) -> Cell:
    return told.teller.cell("ranking", name, column="behind", how=gap_of(told.decision.aim.measure))


LOOKED_AT = ("exhaustion", "trust", "intrinsic_motivation", "quality", "exits", "felt_extraction")
"""Outcomes that the second sentence looks at."""


def _side(told: Told) -> Markup:
    """What the best design costs, and what else it changes."""
    d, t = told.decision, told.teller
    best = d.names[d.best]
    if d.best == 0:
        who = "The other costs more or does" if len(d.names) == 2 else "All the others cost more or do"
        return say("{who} no better, under the assumptions made.", who=who)
    sides: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for measure in (m for m in LOOKED_AT if m != d.aim.measure):
        row = t.row("scorecard", best, measure, "late", "everyone")
        sides[int(row["side"]) if row else 0].append(BY_NAME[measure].title.lower())
    extra = t.cell("costs", best, column="extra", how="gap_number")
    return say(
        "Per member and week it costs {extra} {more} than {base} (1 is what a member creates in a week of full "
        "effort); {sides}{left}.",
        extra=extra, more="less" if extra.value < 0.0 else "more", base=told.baseline, sides=_sides(sides),
        left=_left(told, best),
    )  # fmt: skip


def _sides(sides: dict[int, list[str]]) -> str:
    """In what else a design is surely better and worse."""
    better, worse = (listed(sides[side]) for side in (1, -1))
    if not sides[1] and not sides[-1]:
        return f"nothing else that was looked at ({listed(sides[0])}) is surely better or worse"
    if not sides[-1]:
        return f"it is surely better in {better}, and in nothing that was looked at surely worse"
    if not sides[1]:
        return f"it is surely worse in {worse}, and in nothing else that was looked at surely better"
    return f"it is surely better in {better}, but surely worse in {worse}"


def _left(told: Told, best: str) -> Markup:
    row = told.teller.row("withdrawal", best)
    if row is None:
        return Markup("")
    how = difference_of(told.decision.aim.measure)
    after, held = (told.teller.cell("withdrawal", best, column=c, how=how) for c in ("after", "held"))
    return say("; where it was withdrawn in mid run, {after} of a difference of {held}{unit} were left at the end",
               after=after, held=held, unit=unit_of(told))  # fmt: skip
