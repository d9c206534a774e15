"""M24 Pooling: teams put effort into a pool that comes back in equal parts, see it, and may make who gives less pay."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01, exp_
from ..rule import rule

MATCHING = ("partners", "strangers")
PARTNERS, STRANGERS = range(2)

PARAMETERS = (
    Parameter(
        "pool_size", "pool", 0.0, "Members of a team that puts effort into a pool; 0: no pools.", high=100.0,
        unit="members", source="FischbacherGaechterFehr2001", why="Off; laboratory teams have 4, swept 2 to 10.",
    ),
    Parameter(
        "pool_matching", "pool", "partners", "Whether teams stay together (by place) or are drawn anew every week.",
        kind="choice", unit="rule", choices=MATCHING, source="FehrGaechter2000",
        why="Work teams last; strangers are the laboratory's other case.",
    ),
    Parameter(
        "pool_return", "pool", 0.4, "What every member of the team gets per unit that one of them puts in.",
        unit="value per effort", basis="REPORTED", source="FischbacherGaechterFehr2001",
        why="The marginal per capita return of that game.",
    ),
    Parameter(
        "return_response", "pool", 0.0, "Share of what one would give that full cost of giving takes away.",
        source="IsaacWalker1988", why="Off: types say what people give at the usual return; swept 0 to .8.",
    ),
    Parameter(
        "inexperience", "pool", 0.0, "Share of a newcomer's giving that is a first try and no choice yet.",
        source="HouserKurzban2002", why="Off; about half of early giving in the laboratory is such; swept 0 to 1.",
    ),
    Parameter(
        "first_try", "pool", 0.5, "What is given in a first try.", unit="share of full effort", source="Ledyard1995",
        why="Games begin at 40 to 60 per cent of the endowment.",
    ),
    Parameter(
        "experience_rate", "pool", 0.3, "Speed at which first tries give way to choices.", high=10.0, unit="per week",
        source="HouserKurzban2002", why="Most of the confusion is over within ten rounds; swept .1 to 1.",
    ),
    Parameter(
        "sanctioning", "pool", 0.0, "What a member spends on a sanction per unit by which another gave less.",
        high=10.0, unit="value per effort", source="FehrGaechter2000",
        why="Off: a team has to be able to; swept 0 to .5.",
    ),
    Parameter(
        "antisocial", "pool", 0.0, "What a member spends on a sanction per unit by which another gave more.",
        high=10.0, unit="value per effort", source="HerrmannThoeniGaechter2008",
        why="Off; in some societies as strong as the other; swept 0 to .3.",
    ),
    Parameter(
        "sanction_impact", "pool", 3.0, "Loss of who is sanctioned per unit spent on it.", high=20.0,
        unit="value per value", basis="REPORTED", source="HerrmannThoeniGaechter2008",
        why="One point costs one and takes away three.",
    ),
    Parameter(
        "sanction_response", "pool", 0.2, "By how much more one gives after a loss of one unit.", high=10.0,
        unit="effort per value", basis="DERIVED", source="FehrGaechter2002",
        why="Who was punished gave 1.6 tokens more next time, after losing some eight (from memory).",
    ),
    Parameter(
        "sanction_fade", "pool", 0.1, "Share of that deterrence that is forgotten each week.", unit="per week",
        why="A quarter without a sanction leaves a quarter of it; swept 0 to .5.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M24", "pooling", "Pooling and sanctions", "decide", PARAMETERS, ("pool_size",),
    "Among strangers, a share f of them free riders, mean giving falls by the factor 1 - g (1 - (1 - f) s) a week.",
    "FischbacherGaechter2010",
)  # fmt: skip


@rule
def chosen(voluntary: float, return_response: float, pool_return: float) -> float:
    """What one chooses to give, 0..1, where giving costs 1 and brings back `pool_return`."""
    return voluntary * (1.0 - return_response * (1.0 - pool_return))


@rule
def first_tries(inexperience: float, experience_rate: float, tenure: float) -> float:
    """Share of giving, 0..1, that is a first try after `tenure` weeks."""
    return inexperience * exp_(-(experience_rate * tenure))


@rule
def put_in(chosen: float, first_try: float, trying: float, deterred: float) -> float:
    """What one puts into the pool, 0..1: first tries and choices by `trying`, and what sanctions have added."""
    return clip01((chosen + trying * (first_try - chosen)) + deterred)


@rule
def sanction(mine: float, theirs: float, sanctioning: float, antisocial: float) -> float:
    """What one who gave `mine` spends on sanctioning one who gave `theirs`, at least 0."""
    return sanctioning * max(0.0, mine - theirs) + antisocial * max(0.0, theirs - mine)


@rule
def deter(deterred: float, loss: float, sanction_response: float, sanction_fade: float) -> float:
    """What sanctions add to giving, 0..1, after a loss of this week."""
    return clip01(deterred * (1.0 - sanction_fade) + sanction_response * loss)


@rule
def pool_payoff(mine: float, total: float, pool_return: float, spent: float, loss: float) -> float:
    """Payoff of a week: what one kept, the return on all that was put in, less sanctions given and received."""
    return (((1.0 - mine) + pool_return * total) - spent) - loss
