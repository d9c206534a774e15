"""M9 Psychological contract and trust: promises and habits set what is expected; breach costs trust."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

PARAMETERS = (
    Parameter(
        "promised_return", "asking", 0.4, "Value returned per unit created that the organization promises.", high=2.0,
        unit="value per value", why="About what the neutral organization delivers.",
    ),
    Parameter(
        "promise_rate", "contract", 0.02, "Speed at which expectations follow promises.", unit="per week",
        source="Rousseau1995", why="Promises work over months, not days.",
    ),
    Parameter(
        "habituation", "contract", 0.05, "Speed at which more than expected becomes expected.", unit="per week",
        source="Akerlof1982", why="A gift met for a quarter is taken for granted.",
    ),
    Parameter(
        "resignation", "contract", 0.005, "Speed at which expectations give way to getting less.", unit="per week",
        source="KahnemanTversky1979", why="Losses are accepted ten times slower than gains are taken in.",
    ),
    Parameter(
        "breach_sensitivity", "contract", 0.3, "Trust lost per unit of value owed and not delivered.", high=5.0,
        unit="per value", basis="DERIVED", source="ZhaoWayneGlibkowskiBravo2007",
        why="Breach and mistrust correlate strongly; with repair .02 a lasting breach of .05 costs most of the trust.",
    ),
    Parameter(
        "breach_tolerance", "contract", 0.02, "Shortfall that nobody minds.", unit="value per week",
        source="Rousseau1995", why="Small deviations stay within the zone of acceptance.",
    ),
    Parameter(
        "trust_repair", "contract", 0.02, "Share of lost trust regained in a week without breach.", unit="per week",
        source="KimDirksCooper2009", why="Trust breaks faster than it heals: most of a year.",
    ),
    Parameter(
        "gossip_rate", "contract", 0.05, "Share of the gap to tie partners' trust closed each week.", unit="per week",
        source="BurtKnez1995", why="Third parties colour trust; swept 0 to .2.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M9", "contract", "Psychological contract and trust", "experience", PARAMETERS,
    ("breach_sensitivity", "trust_repair", "gossip_rate"),
    "Under a constant breach b trust goes geometrically, at rate repair, to 1 - sensitivity b / repair.",
    "Rousseau1995",
)  # fmt: skip

MOST_EXPECTED = 2.0
LEAST_VALUE = 0.001
"""Value below which a week says nothing about what contributing returns."""


@rule
def breach(expectation: float, value: float, delivered: float, breach_tolerance: float) -> float:
    """Value owed for this week's contribution and not delivered, beyond what is tolerated."""
    return max(0.0, expectation * value - delivered - breach_tolerance)


@rule
def update_trust(
    trust: float,
    partners_trust: float,
    breach: float,
    breach_sensitivity: float,
    trust_repair: float,
    gossip_rate: float,
) -> float:
    """Trust, 0..1, after breach, repair and what tie partners think."""
    told = gossip_rate * (partners_trust - trust)
    return clip01(trust + trust_repair * (1.0 - trust) - breach_sensitivity * breach + told)


@rule
def update_expectation(
    expectation: float, value: float, delivered: float, promised: float, habituation: float, resignation: float,
    promise_rate: float,
) -> float:  # fmt: skip
    """Expected return per unit of value, 0..2: quick to rise with what is met, slow to fall, drawn to promises."""
    met = min(MOST_EXPECTED, delivered / value) if value > LEAST_VALUE else expectation
    speed = habituation if met > expectation else resignation
    drawn = expectation + speed * (met - expectation) + promise_rate * (promised - expectation)
    return min(MOST_EXPECTED, max(0.0, drawn))
