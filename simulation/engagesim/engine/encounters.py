"""M23 in loops over units: everybody chooses a way, random groups meet, and what happens there is carried out."""

from __future__ import annotations

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..rules.conventions import best_reply, remember
from ..rules.encounters import balance_of, meet_in_view, opens, public_payoff, replies, rounds_of
from ..rules.imitation import PUBLIC_GOODS, ROUNDS
from .arrays import EFFORT
from .company import Company
from .jit import piece

RATE = slot("encounter_rate")
SIZE = slot("encounter_size")
CONTINUATION = slot("continuation")
REPUTATION = slot("reputation_known")
MULTIPLIER = slot("game_multiplier")
CONVERGENCE = slot("convergence")
MEMORY = slot("convention_memory")
BOUND = slot("confidence_bound")
PAYOFF_RULE = slot("payoff_rule")
COST = slot("game_cost")
BENEFIT = slot("game_benefit")

SHUFFLED = named("encounter.shuffled")
MEETS = named("encounter.meets")
COIN = named("convention.coin")
LENGTH = named("encounter.rounds")
KNOWN = named("encounter.reputation_known")


@piece
def meet(seed: int, week: int, company: Company) -> None:
    """Let the members of every unit meet in random groups."""
    levers, positions, order = company.organization.levers, company.positions, company.desk.order
    prepare(seed, week, company)
    size, meets = int(levers[SIZE]), key_of(seed, MEETS, week)
    for u in range(len(positions.unit_start) - 1):
        first = int(positions.unit_start[u])
        n = gather(first, int(positions.unit_start[u + 1]), company)
        if n > size:
            shuffle(key_of(seed, SHUFFLED, week), first, n, company)
        for a in range(first, first + n, size):
            b = min(first + n, a + size)
            if uniform(meets, a) < levers[RATE]:
                share_public_good(order[a:b], company)
                for x in range(a, b):
                    for y in range(x + 1, b):
                        meet_in_pair(seed, week, int(order[x]), int(order[y]), b - a - 1, company)


@piece
def prepare(seed: int, week: int, company: Company) -> None:
    """Everybody chooses a way of doing things; payoffs of what is played begin at zero."""
    levers, members = company.organization.levers, company.members
    coins, memory, game = key_of(seed, COIN, week), int(levers[MEMORY]), int(levers[PAYOFF_RULE])
    for i in range(len(members.new_way)):
        members.new_way[i] = max(members.committed[i], best_reply(members.plays[i], memory, uniform(coins, i)))
        if game in (PUBLIC_GOODS, ROUNDS):
            members.payoff[i] = 0.0


@piece
def gather(first: int, last: int, company: Company) -> int:
    """Write who is there of places first..last - 1 of the units' list into the order, and return how many."""
    listed, order, active = company.positions.unit_members, company.desk.order, company.members.active
    n = 0
    for k in range(first, last):
        if active[listed[k]] == 1:
            order[first + n] = listed[k]
            n += 1
    return n


@piece
def shuffle(key: int, first: int, n: int, company: Company) -> None:
    """Put n members from `first` on into a random order."""
    order = company.desk.order
    for k in range(n - 1, 0, -1):
        other = first + integer(key, first + k, k + 1)
        order[first + k], order[other] = order[other], order[first + k]


@piece
def share_public_good(group, company: Company) -> None:  # type: ignore[no-untyped-def]  # a view of int64
    """Payoffs of a group that plays a public goods game."""
    levers, members = company.organization.levers, company.members
    if int(levers[PAYOFF_RULE]) != PUBLIC_GOODS:
        return
    total = 0.0
    for i in group:
        total += company.public[i, EFFORT]
    for i in group:
        members.payoff[i] = public_payoff(
            total, len(group), company.public[i, EFFORT], levers[MULTIPLIER], levers[COST]
        )


@piece
def meet_in_pair(seed: int, week: int, i: int, j: int, others: int, company: Company) -> None:
    """What members i and j, who has `others` beside it in the group, do when they meet."""
    levers, members = company.organization.levers, company.members
    members.plays[i] = remember(members.plays[i], int(members.new_way[j]))
    members.plays[j] = remember(members.plays[j], int(members.new_way[i]))
    if levers[CONVERGENCE] > 0.0:
        mine, theirs = members.estimate[i], members.estimate[j]
        members.estimate[i] = meet_in_view(mine, theirs, levers[BOUND], levers[CONVERGENCE])
        members.estimate[j] = meet_in_view(theirs, mine, levers[BOUND], levers[CONVERGENCE])
    if int(levers[PAYOFF_RULE]) == ROUNDS:
        play_rounds(seed, week, i, j, others, company)


@piece
def play_rounds(seed: int, week: int, i: int, j: int, others: int, company: Company) -> None:
    """Rounds of giving between i and j; each adds its share of the payoff."""
    levers, members = company.organization.levers, company.members
    mine, theirs = members.cooperation_type[i], members.cooperation_type[j]
    pair = min(i, j) * len(members.new_way) + max(i, j)
    known = key_of(seed, KNOWN, week)
    i_gives = opens(mine, not opens(theirs, False) and uniform(known, 2 * pair + int(i > j)) < levers[REPUTATION])
    j_gives = opens(theirs, not opens(mine, False) and uniform(known, 2 * pair + int(j > i)) < levers[REPUTATION])
    rounds = rounds_of(uniform(key_of(seed, LENGTH, week), pair), levers[CONTINUATION])
    by_i = by_j = 0
    for _ in range(rounds):
        by_i += 1 if i_gives else 0
        by_j += 1 if j_gives else 0
        i_gives, j_gives = replies(mine, j_gives), replies(theirs, i_gives)
    members.payoff[i] += balance_of(by_j, by_i, levers[BENEFIT], levers[COST]) / others
    members.payoff[j] += balance_of(by_i, by_j, levers[BENEFIT], levers[COST]) / others
