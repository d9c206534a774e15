"""M22 Mutual learning: members learn the organization's code, and the code learns from those who do better than it.

Beliefs about up to 60 facets of reality are bits of two 64-bit words: bit k of `known` says whether there is a belief
about facet k, bit k of `positive` whether it is +1; a belief that is not known is 0 and has no bit in `positive`.
"""

from __future__ import annotations

from ..draws import u64
from ..parameter import Mechanism, Parameter
from ..portable import exp_, log_
from ..rule import rule

MOST_FACETS = 60
BELIEF_STEPS = ("one", "whole")
ONE, WHOLE = range(2)
LEARNED_FROM = ("actions", "beliefs")
ACTIONS, BELIEFS = range(2)

PARAMETERS = (
    Parameter(
        "socialization", "learning", 0.0, "Weekly chance that a belief moves one step toward the organization's code.",
        unit="per week", source="March1991", why="Off by default; March varies it from .1 (slow) to .9 (fast).",
    ),
    Parameter(
        "code_learning", "learning", 0.0,
        "Weekly chance that the code takes over a view with a majority of one among those who do better than it.",
        unit="per week", source="March1991", why="Off by default; March varies it from .1 to .9.",
    ),
    Parameter(
        "belief_dimensions", "learning", 30, "Facets of reality that beliefs are about.", kind="integer", low=1,
        high=MOST_FACETS, unit="facets", static=True, basis="REPORTED", source="March1991", why="His 30 dimensions.",
    ),
    Parameter(
        "slow_share", "learning", 0.0, "Share of places whose holders learn the code at a rate of their own.",
        static=True, source="March1991", why="Off: all learn alike; March mixes slow and fast learners from 0 to 1.",
    ),
    Parameter(
        "slow_socialization", "learning", 0.1, "Weekly chance of that step in those places.", unit="per week",
        basis="REPORTED", source="March1991", why="His slow learners.",
    ),
    Parameter(
        "belief_step", "learning", "one", "How far a belief moves toward the code: one step, or the whole way.",
        kind="choice", unit="rule", choices=BELIEF_STEPS, source="March1991",
        why="One: an opposite belief is first given up. The paper does not say so, but only so its figures come out.",
    ),
    Parameter(
        "learned_from", "learning", "actions", "What the code learns from, and who does better is told by.",
        kind="choice", unit="rule", choices=LEARNED_FROM, source="March1991",
        why="Actions: who has no belief acts by chance. Again not in the paper's text, but in its figures.",
    ),
    Parameter(
        "naive_rate", "learning", 0.0, "Weekly chance that a member is replaced by one with naive beliefs.",
        unit="per week", source="March1991", why="Off: the model has its own turnover; March varies it from 0 to .1.",
    ),
    Parameter(
        "turbulence", "learning", 0.0, "Weekly chance that a facet of reality turns around.", unit="per week",
        source="March1991", why="Off: reality holds still; March uses .02.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M22", "learning", "Mutual learning", "learn", PARAMETERS, ("socialization", "code_learning"),
    "With 50 members and 30 facets the code ends at net knowledge .954 (slow members, .1/.5) or .728 (fast, .9/.9).",
    "March1991",
)  # fmt: skip

UNLIKELIEST = -700.0
"""Logarithm of a chance below which it is taken for that."""


@rule
def facet(k: int) -> int:
    """The word in which only bit `k` is set, k from 0 to 63."""
    return u64(u64(1) << u64(k))


@rule
def all_facets(dimensions: int) -> int:
    """The word in which the lowest `dimensions` bits are set, 1 to 60 of them."""
    return u64(facet(dimensions) - u64(1))


@rule
def holds(word: int, k: int) -> bool:
    """Whether bit `k` of a word is set."""
    return u64(u64(word) & facet(k)) != u64(0)


@rule
def without(word: int, others: int) -> int:
    """The bits of a word that are not set in `others`."""
    return u64(u64(word) & (u64(word) ^ u64(others)))


@rule
def count(word: int) -> int:
    """Number of bits set in a word, 0 to 64, by adding neighbouring groups of bits."""
    a = u64(word)
    b = u64((a & u64(0x5555555555555555)) + ((a >> u64(1)) & u64(0x5555555555555555)))
    c = u64((b & u64(0x3333333333333333)) + ((b >> u64(2)) & u64(0x3333333333333333)))
    d = u64((c & u64(0x0F0F0F0F0F0F0F0F)) + ((c >> u64(4)) & u64(0x0F0F0F0F0F0F0F0F)))
    e = u64((d & u64(0x00FF00FF00FF00FF)) + ((d >> u64(8)) & u64(0x00FF00FF00FF00FF)))
    f = u64((e & u64(0x0000FFFF0000FFFF)) + ((e >> u64(16)) & u64(0x0000FFFF0000FFFF)))
    return int((f & u64(0xFFFFFFFF)) + (f >> u64(32)))


@rule
def net_knowledge(known: int, positive: int, reality: int) -> int:
    """Right minus wrong beliefs, -60..60; what is not known counts nothing."""
    wrong = count(u64(u64(known) & (u64(positive) ^ u64(reality))))
    return count(known) - 2 * wrong


@rule
def knowledge_share(net: int, dimensions: int) -> float:
    """Net knowledge as a share of all facets, -1..1."""
    return net / dimensions


@rule
def is_naive(tenure: int, weeks_since: int, u: float, naive_rate: float) -> bool:
    """Whether beliefs are drawn anew: whoever came after the code last was learned, and whoever is replaced."""
    return tenure < weeks_since or u < naive_rate


@rule
def differing(known: int, positive: int, code_known: int, code_positive: int) -> int:
    """Facets about which the code has a view that is not the member's."""
    opposed = u64(u64(positive) ^ u64(code_positive))
    shared = without(u64(u64(known) & u64(code_known)), opposed)
    return without(code_known, shared)


@rule
def known_after(known: int, moving: int, belief_step: int) -> int:
    """What is known after one step toward the code: an opposite view is given up, an open question is settled.

    After a whole step everything that moves is known.
    """
    if belief_step == WHOLE:
        return u64(u64(known) | u64(moving))
    return u64(u64(known) ^ u64(moving))


@rule
def positive_after(known: int, positive: int, moving: int, code_positive: int, belief_step: int) -> int:
    """What is believed to be +1 after that step."""
    settling = u64(moving) if belief_step == WHOLE else without(moving, known)
    return u64(without(positive, moving) | u64(settling & u64(code_positive)))


@rule
def view(known: bool, positive: bool) -> int:
    """A belief as a number: +1, -1, or 0 where there is none."""
    if not known:
        return 0
    return 1 if positive else -1


@rule
def disagrees(known: bool, positive: bool, majority: int) -> bool:
    """Whether the code's view of a facet is not that of a majority (above 0: +1, below: -1)."""
    return majority != 0 and (not known or positive != (majority > 0))


@rule
def adoption_chance(code_learning: float, majority: int) -> float:
    """Chance, 0..1, that the code takes over the view of a majority of this size: 1 - (1 - rate) to its power."""
    if code_learning >= 1.0:
        return 1.0
    return 1.0 - exp_(max(UNLIKELIEST, abs(majority) * log_(1.0 - code_learning)))
