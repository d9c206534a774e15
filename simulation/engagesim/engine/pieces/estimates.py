"""M15 in loops: circles, hearing, learning, and what a block's estimates weigh in the decision."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...draws import key_of, named, normal, uniform
from ...population import Floats
from ...portable import grid
from ...rules.decisions import (
    NO_CIRCLE,
    circle_share,
    circle_vote,
    decision_weight,
    deliberates,
    formal_weight,
    grow_suspicious,
    mean_estimate,
    meet_needs,
    right_share,
    suspicion,
)
from ...rules.estimates import (
    draw_nearer,
    drift,
    heard_view,
    heard_weight,
    own_weight,
    signal,
    update_credibility,
    within_reach,
)
from ...tallies import index
from ..arrays import ESTIMATE, LINE
from ..jit import piece
from ..prefetch import prefetch
from .ties import AHEAD, FAR_FROM

LISTENING = slot("listening")
BOUND = slot("confidence_bound")
OWN_VIEW = slot("own_view")
EARNED_VIEW = slot("earned_view")
RANKING = slot("ranking_bias")
SENSING = slot("sensing")
NOISE = slot("sensing_noise")
DRIFT = slot("need_drift")
ERROR_COST = slot("error_cost")
DECENTRALIZATION = slot("decentralization")
CREDIBILITY_WEIGHT = slot("credibility_weight")
CREDIBILITY_RATE = slot("credibility_rate")
OUTSIDER_VOTE = slot("outsider_vote")
BREADTH = slot("breadth")
COMMITTEE_SHARE = slot("committee_share")
CRITICAL_SHARE = slot("critical_share")
LINKING = slot("linking")
ACTION_GROUPS = slot("action_groups")
GROUP_WORTH = slot("group_worth")
DEMOCRACY = slot("democracy")
VOICE_WORTH = slot("voice_worth")
SUSPICION = slot("committee_suspicion")

NEED, DECISION, ERROR, CIRCLE_VIEW, CIRCLE_SIZE = range(5)
"""What the organization knows of its purpose (the need is hidden from all), by position in `Organization.purpose`."""
SIGNALS, CIRCLE_LUCK = range(2)
"""Keys of draws in `Organization.purpose_luck`."""

NEXT_NEED, SIGNAL, CIRCLE = named("purpose.drift"), named("estimate.signal"), named("voice.circle")

COLLECTIVE, OFF, SQUARE, CREDIBLE = map(index, ("collective_error", "estimate_error", "estimate_square", "credibility"))
WEIGHT, WEIGHTED, INSIDE, INSIDE_OFF = map(index, ("decision_weight", "weighted_error", "circle", "circle_error"))
MEMBERS = index("members")


@piece
def matter(levers: Floats) -> bool:
    """Whether estimates matter to anybody this week."""
    return deliberates(
        levers[LISTENING], levers[SENSING], levers[ERROR_COST], levers[LINKING], levers[ACTION_GROUPS],
        levers[DEMOCRACY], levers[SUSPICION],
    )  # fmt: skip


@piece
def open_purpose(levers: Floats, seed: int, week: int, purpose: Floats, luck: Any) -> None:
    """Let the need move on, and write the keys of the week's signals and of the circle."""
    if matter(levers):
        z = normal(key_of(seed, NEXT_NEED, week), 0)
        purpose[NEED] = drift(purpose[NEED], levers[DRIFT], z)
        luck[SIGNALS] = key_of(seed, SIGNAL, week)
        luck[CIRCLE_LUCK] = key_of(seed, CIRCLE, 0)


@piece
def lose(levers: Floats, purpose: Floats, output: Floats) -> None:
    """Multiply the output of a block by what a wrong decision leaves."""
    left = right_share(purpose[ERROR], levers[ERROR_COST])
    for i in range(len(output)):
        output[i] *= left


@piece
def share_of_circle(levers: Floats) -> float:
    """Share of members in the circle this week."""
    return circle_share(int(levers[BREADTH]), levers[COMMITTEE_SHARE], levers[CRITICAL_SHARE])


@piece
def involve(levers: Floats, first: int, luck: Any, trust: Floats, satisfaction: Floats, circle: Floats) -> None:
    """Write 1 for who of a block is in the circle, 0 for who is not, and what that does to trust and needs."""
    if int(levers[BREADTH]) == NO_CIRCLE:
        circle[:] = 0.0
        return
    share, lost = share_of_circle(levers), suspicion(int(levers[BREADTH]), levers[SUSPICION])
    for i in range(len(circle)):
        circle[i] = 1.0 if uniform(luck[CIRCLE_LUCK], first + i) < share else 0.0
        trust[i] = grow_suspicious(trust[i], circle[i], lost)
        met = meet_needs(satisfaction[i], circle[i] * levers[ACTION_GROUPS], levers[GROUP_WORTH])
        satisfaction[i] = meet_needs(met, circle[i] * levers[DEMOCRACY], levers[VOICE_WORTH])


@piece
def chooses(levers: Floats) -> bool:
    """Whether partners are heard by what they think, and not only by the strength of the tie."""
    return bool(levers[BOUND] > 0.0 or levers[RANKING] > 0.0)


@piece
def take_in(levers: Floats, heard: Floats, tie_strength: Floats, credibility: Floats, estimate: Floats) -> None:
    """Move the estimates of a block toward the mean of what it heard, each by the strength of the tie."""
    speed = levers[LISTENING]
    for i in range(len(estimate)):
        own = own_weight(levers[OWN_VIEW], levers[EARNED_VIEW], credibility[i])
        view = heard_view(heard[i] + own * estimate[i], tie_strength[i] + own, estimate[i])
        estimate[i] = draw_nearer(estimate[i], view, speed)


@piece
def listen(levers: Floats, first: int, ties: Any, told: Floats, credibility: Floats, estimate: Floats) -> None:
    """Move the estimates of members first, first + 1, ... toward those of the partners they hear."""
    start, degree, neighbour, strength = ties.start, ties.degree, ties.neighbour, ties.strength
    bound, bias, speed = levers[BOUND], levers[RANKING], levers[LISTENING]
    far, base = len(told) >= FAR_FROM, told.ctypes.data
    for i in range(len(estimate)):
        own, weighted, weight = estimate[i], 0.0, 0.0
        begin = start[first + i]
        for s in range(begin, begin + degree[first + i]):
            if far and s + AHEAD < len(neighbour):
                prefetch(base + LINE * int(neighbour[s + AHEAD]))
            view = told[neighbour[s], ESTIMATE]
            heard = heard_weight(strength[s], view - own, bound, bias)
            weighted += heard * view
            weight += heard
        mine = own_weight(levers[OWN_VIEW], levers[EARNED_VIEW], credibility[i])
        estimate[i] = draw_nearer(own, heard_view(weighted + mine * own, weight + mine, own), speed)


@piece
def gain_credibility(levers: Floats, purpose: Floats, estimate: Floats, credibility: Floats) -> None:
    """Let the credibility of a block follow how right its members were this week."""
    for i in range(len(estimate)):
        credibility[i] = update_credibility(credibility[i], estimate[i] - purpose[NEED], levers[CREDIBILITY_RATE])


@piece
def look(levers: Floats, first: int, purpose: Floats, luck: Any, circle: Floats, estimate: Floats) -> None:
    """Move the estimates of members first, first + 1, ... toward their circle's mean and their own signals."""
    speed, noise = levers[SENSING], levers[NOISE]
    for i in range(len(estimate)):
        x = estimate[i]
        if purpose[CIRCLE_SIZE] > 0.0:
            x = draw_nearer(x, purpose[CIRCLE_VIEW], circle[i] * levers[LINKING])
        if speed > 0.0:
            x = draw_nearer(x, signal(purpose[NEED], noise, normal(luck[SIGNALS], first + i)), speed)
        estimate[i] = within_reach(x)


@piece
def weigh(
    levers: Floats, purpose: Floats, level: Any, role: Any, active: Any, estimate: Floats, credibility: Floats,
    circle: Floats, say: Floats, tallies: Floats,
) -> None:  # fmt: skip
    """Write what a block's members weigh in the decision; add their errors and weights to float64[3, tallies]."""
    vote = circle_vote(levers[DEMOCRACY], share_of_circle(levers))
    for i in range(len(estimate)):
        if active[i] == 0:
            continue
        r = role[i]
        off = estimate[i] - purpose[NEED]
        weight = decision_weight(
            formal_weight(int(level[i])), credibility[i], circle[i], levers[OUTSIDER_VOTE] if r > 0 else 1.0,
            levers[DECENTRALIZATION], levers[CREDIBILITY_WEIGHT], vote,
        )  # fmt: skip
        say[i] = weight
        tallies[r, OFF] += grid(off)
        tallies[r, SQUARE] += grid(off * off)
        tallies[r, CREDIBLE] += grid(credibility[i])
        tallies[r, WEIGHT] += weight
        tallies[r, WEIGHTED] += grid(weight * off)
        tallies[r, INSIDE] += circle[i]
        tallies[r, INSIDE_OFF] += grid(circle[i] * off)


@piece
def decide(levers: Floats, purpose: Floats, tallies: Floats) -> None:
    """The organization's decision and the circle's view, from the week's sums float64[3, tallies]."""
    if not matter(levers):
        return
    weight = weighted = inside = off = 0.0
    for r in range(len(tallies)):
        weight += tallies[r, WEIGHT]
        weighted += tallies[r, WEIGHTED]
        inside += tallies[r, INSIDE]
        off += tallies[r, INSIDE_OFF]
    need = purpose[NEED]
    purpose[DECISION] = mean_estimate(purpose[DECISION], need, weighted, weight)
    purpose[ERROR] = purpose[DECISION] - need
    purpose[CIRCLE_VIEW] = mean_estimate(purpose[CIRCLE_VIEW], need, off, inside)
    purpose[CIRCLE_SIZE] = inside
    for r in range(len(tallies)):
        tallies[r, COLLECTIVE] = tallies[r, MEMBERS] * grid(abs(purpose[ERROR]))
