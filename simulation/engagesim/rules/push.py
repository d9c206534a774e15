"""M3 External push and demand: effort beyond what people give of their own will, and how distrust withdraws it."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

PARAMETERS = (
    Parameter(
        "demand", "asking", (0.4, 0.0, 0.1), "Contribution that the organization expects of each role.",
        unit="share of full effort", per_role=True,
        why="A job asks for something, a customer is asked for nothing; swept 0 to .8.",
    ),
    Parameter(
        "demand_ratchet", "asking", 0.0, "Share of what was given above the demand that next week's demand takes in.",
        unit="per week", source="Weitzman1980", why="Off by default; a ratchet is a design choice.",
    ),
    Parameter(
        "imposed", "asking", 0.5, "1: responsibility is imposed on all alike; 0: offered, taken up by who wants it.",
        source="HackmanOldham1976", why="Most organizations do both: the middle.",
    ),
    Parameter(
        "push_sensitivity", "push", 1.5, "Extra effort per unit of expected weekly reward.", high=20.0,
        unit="effort per value", source="CerasoliNicklinFord2014",
        why="Incentives raise quantity: a bonus worth a tenth of full output buys .15 of the idle effort.",
    ),
    Parameter(
        "reward_memory", "push", 0.25, "Speed at which the expected reward follows the rewards received.",
        unit="per week", why="About a month until a change of reward is taken for granted.",
    ),
    Parameter(
        "withdrawal", "push", 0.5, "Share of voluntary effort withdrawn at zero trust.",
        basis="DERIVED", source="ZhaoWayneGlibkowskiBravo2007",
        why="Breach lowers extra-role behaviour and commitment through mistrust; half at the extreme, swept 0 to 1.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M3", "push", "External push and demand", "decide", PARAMETERS,
    ("demand", "push_sensitivity", "withdrawal", "demand_ratchet"),
    "x = v + (1 - v)(push + demand): the fixed point of a constant world is that expression.", "DeciRyan2000",
)  # fmt: skip


@rule
def demanded_effort(demand: float, imposed: float, involvement: float) -> float:
    """Demand that reaches a member: all of it where imposed, in proportion to the wish for it where offered."""
    return demand * (imposed + (1.0 - imposed) * involvement)


@rule
def trusted_effort(voluntary: float, trust: float, withdrawal: float) -> float:
    """Voluntary effort left after distrust withdraws its part."""
    return voluntary * (1.0 - withdrawal * (1.0 - trust))


@rule
def capacity(exhaustion: float, contact_load: float) -> float:
    """Effort that energy and attention leave possible, 0..1."""
    return (1.0 - exhaustion) * (1.0 - contact_load)


@rule
def total_effort(voluntary: float, expected_reward: float, demanded: float, push_sensitivity: float) -> float:
    """Voluntary effort plus the part of the idle rest that reward and demand call out, 0..1."""
    return voluntary + (1.0 - voluntary) * clip01(push_sensitivity * expected_reward + demanded)


@rule
def expect_reward(expected: float, received: float, reward_memory: float) -> float:
    """Expected weekly reward, moved toward the reward received."""
    return expected + reward_memory * (received - expected)


@rule
def standing_demand(demand: float, excess: float) -> float:
    """Demand of a week, 0..1: the lever and what has ratcheted up above it; where nothing is asked, nothing stands."""
    return min(1.0, demand + excess) if demand > 0.0 else 0.0


@rule
def ratchet(demand: float, mean_effort: float, demand_ratchet: float) -> float:
    """Demand after what was given above it has become expected; never falls (ratchet effect, Weitzman 1980)."""
    return demand + demand_ratchet * max(0.0, mean_effort - demand)
