"""M12 and the forming of ties (M11) in loops: one pass notices rare events, then they are carried out one by one."""

from __future__ import annotations

from ..design.catalogue import slot
from ..draws import integer, key_of, named, uniform
from ..population import Floats, Members
from ..rules.evaluation import takes_other
from ..rules.extraction import driven_out
from ..rules.joining import SIGNALS, by_vacancy, join_chance
from ..rules.participation import EXITED
from ..rules.portability import drawn_out
from ..rules.ties import accepts, by_introduction, new_kind, reaches_out
from ..rules.turnover import calm_down, exit_chance, place_filled, shaken_out, worn_out
from ..rules.values import gives_up
from ..tallies import index
from .arrays import ARRIVES, ATTENTION, LEAVES, RELATIONAL, SEEKS, Ties
from .company import Company
from .jit import piece
from .people import settle_in, sum_ties
from .pieces import joining, knowledge, portability, turnover
from .rows import set_ties_of

HAZARD = slot("exit_hazard")
EXIT_EXHAUSTION = slot("exit_exhaustion")
EXIT_DISTRUST = slot("exit_distrust")
EXIT_CONTAGION = slot("exit_contagion")
SHAKEN_DECAY = slot("shaken_decay")
SHOCK = slot("turnover_shock")
SPANNER_EXIT = slot("spanner_exit")
PORTABILITY = slot("portability")
OUTSIDE_OPTION = slot("outside_option")
FELT_RATE = slot("felt_rate")
EXIT_EXTRACTION = slot("exit_extraction")
VACANCY = slot("vacancy_weeks")
JOINING = slot("joining")
RECRUIT_RATE = slot("recruit_rate")
THIRD_ORDER = slot("third_order")
PATIENCE = slot("patience")
EXIT_GAP = slot("exit_gap")
NEWCOMER_STRENGTH = slot("newcomer_tie_strength")
CLOSURE = slot("closure_rate")
MEETING = slot("meeting_rate")
HOMOPHILY = slot("homophily")
NEW_STRENGTH = slot("new_tie_strength")
PUBLIC_SCORE = slot("public_score")
PROBLEM_RATE = slot("problem_rate")
EXITS, ARRIVALS = index("exits"), index("arrivals")

EXIT = named("exit")
EXIT_SHOCK = named("exit.shock")
JOIN = named("join")
REACHES_OUT = named("tie.reaches_out")
INTRODUCED = named("tie.introduced")
FIRST_PARTNER = named("tie.first_partner")
SECOND_PARTNER = named("tie.second_partner")
MEETS_WHOM = named("tie.meets_whom")
LOOKS_AT_SCORES = named("tie.looks_at_scores")
MEETS_ALSO = named("tie.meets_also")
LIKES = named("tie.likes")


@piece
def signalled(levers: Floats) -> bool:
    """Whether outsiders join by signals this week."""
    return bool(int(levers[JOINING]) == SIGNALS and levers[RECRUIT_RATE] > 0.0)


@piece
def call(seed: int, week: int, first: int, last: int, company: Company) -> None:
    """Note which empty places first..last - 1 follow a signal, before time passes for those who gave it."""
    members, coming, key = company.members, company.desk.coming, key_of(seed, JOIN, week)
    on = signalled(company.organization.levers)
    for i in range(first, last):
        empty = on and members.active[i] == 0 and members.role[i] != 0
        coming[i] = 1 if empty and uniform(key, i) < joining.signals(i, company) else 0


@piece
def notice(seed: int, week: int, first: int, last: int, company: Company) -> None:
    """Note the events of members first..last - 1, and let time pass for all of them."""
    levers, members, public = company.organization.levers, company.members, company.public
    events, leaving = company.desk.events, company.desk.leaving
    joining_in, reaching = key_of(seed, JOIN, week), key_of(seed, REACHES_OUT, week)
    rate, seats, decay = levers[CLOSURE] + levers[MEETING], members.active, levers[SHAKEN_DECAY]
    choose_to_leave(seed, week, first, last, company)
    for i in range(first, last):
        event = 0
        members.tenure[i] += 1
        if seats[i] == 1:
            if leaving[i] == 1:
                event = LEAVES
                members.tenure[i] = 0
            elif rate > 0.0 and reaches_out(uniform(reaching, i), rate, public[i, RELATIONAL], public[i, ATTENTION]):
                event = SEEKS
        elif by_vacancy(int(levers[JOINING]), members.role[i]):
            event = ARRIVES if place_filled(members.tenure[i], levers[VACANCY + members.role[i]]) else 0
        elif int(levers[JOINING]) == SIGNALS:
            event = ARRIVES if company.desk.coming[i] == 1 else 0
        elif levers[RECRUIT_RATE] > 0.0 and joins(joining_in, i, company):
            event = ARRIVES
        members.shaken[i] = calm_down(members.shaken[i], decay)
        events[i] = event


@piece
def choose_to_leave(seed: int, week: int, first: int, last: int, company: Company) -> None:
    """Note who of members first..last - 1 would leave this week, pushed, drawn or sent."""
    levers, members, leaving = company.organization.levers, company.members, company.desk.leaving
    role, exhaustion, trust = members.role, members.exhaustion, members.trust
    shaken, brand, voicing, felt = members.shaken, members.personal_brand, members.voicing, members.felt_extraction
    exit_key, layoff_key = key_of(seed, EXIT, week), key_of(seed, EXIT_SHOCK, week)
    by_extraction = levers[EXIT_EXTRACTION] if levers[FELT_RATE] > 0.0 else 0.0
    layoff = levers[SHOCK]
    for i in range(first, last):
        push_out = worn_out(exhaustion[i], trust[i], levers[EXIT_EXHAUSTION], levers[EXIT_DISTRUST])
        push_out += shaken_out(shaken[i], levers[EXIT_CONTAGION])
        push_out += drawn_out(brand[i], levers[PORTABILITY], levers[OUTSIDE_OPTION])
        push_out += gives_up(voicing[i], levers[PATIENCE], levers[EXIT_GAP])
        push_out += driven_out(felt[i], by_extraction)
        leaving[i] = uniform(exit_key, i) < exit_chance(levers[HAZARD + role[i]], push_out)
        if layoff > 0.0 and role[i] == 0 and uniform(layoff_key, i) < layoff:
            leaving[i] = 1


@piece
def joins(key: int, i: int, company: Company) -> bool:
    """Whether an outsider joins at the empty place i, recruited by its partners."""
    levers = company.organization.levers
    recruiters = joining.recruiters(i, levers[THIRD_ORDER], company)
    threshold = company.members.join_threshold[i]
    chance = join_chance(int(levers[JOINING]), recruiters, threshold, levers[RECRUIT_RATE])
    return uniform(key, i) < chance


@piece
def carry_out(seed: int, week: int, company: Company, tallies: Floats) -> None:
    """Leavers go, newcomers come, and then those who seek form ties; each in the order of places."""
    levers, members, ties = company.organization.levers, company.members, company.ties
    events = company.desk.events
    if levers[SPANNER_EXIT] > 0.0:
        turnover.send_off_spanner(members, events)
    turnover.rank_leavers(members, events, company.desk.classes, tallies)
    seekers = 0
    for i in range(len(events)):
        if events[i] == LEAVES:
            if levers[EXIT_CONTAGION] > 0.0:
                turnover.shake_partners(i, members, ties)
            if members.role[i] == 0:
                portability.divide_ties(seed, week, i, company, tallies)
            if levers[PROBLEM_RATE] > 0.0:
                knowledge.miss(levers, i, members, ties)
            set_ties_of(i, 0.0, members, ties)
            members.active[i] = 0
            members.score[i] = 0.0
            members.participation[i] = EXITED
            tallies[members.role[i], EXITS] += 1.0
        seekers += events[i] == SEEKS
    for i in range(len(events)):
        if events[i] == ARRIVES:
            settle_in(members, company.people, seed, week + 1, i, i + 1)
            set_ties_of(i, levers[NEWCOMER_STRENGTH], members, ties)
            tallies[members.role[i], ARRIVALS] += 1.0
    if seekers > 0:
        find_wishes(seed, week, company)
        form_ties(seed, week, company)


@piece
def find_wishes(seed: int, week: int, company: Company) -> None:
    """Note with whom those who seek a tie would form one; -1 where the search ends with nobody."""
    levers, ties, score = company.organization.levers, company.ties, company.members.score
    events, wish = company.desk.events, company.desk.wish
    rate = levers[CLOSURE] + levers[MEETING]
    for i in range(len(events)):
        if events[i] == SEEKS:
            if by_introduction(uniform(key_of(seed, INTRODUCED, week), i), levers[CLOSURE], rate):
                wish[i] = introduced_to(seed, week, i, ties)
            else:
                wish[i] = met_by(levers, seed, week, i, score)


@piece
def met_by(levers: Floats, seed: int, week: int, i: int, score: Floats) -> int:
    """Just anyone; the higher scored of two if i looks at public scores."""
    j = integer(key_of(seed, MEETS_WHOM, week), i, len(score))
    if levers[PUBLIC_SCORE] > 0.0 and uniform(key_of(seed, LOOKS_AT_SCORES, week), i) < levers[PUBLIC_SCORE]:
        other = integer(key_of(seed, MEETS_ALSO, week), i, len(score))
        j = other if takes_other(score[j], score[other]) else j
    return j


@piece
def partner_by(u: float, i: int, ties: Ties) -> int:
    """Partner of i picked by a uniform draw among its ties, or -1 if it has none or the tie waits for a successor."""
    if ties.degree[i] == 0:
        return -1
    s = ties.start[i] + int(u * ties.degree[i])
    return int(ties.neighbour[s]) if ties.strength[s] > 0.0 else -1


@piece
def introduced_to(seed: int, week: int, i: int, ties: Ties) -> int:
    """Partner of a partner, both picked by chance; -1 if the way ends."""
    j = partner_by(uniform(key_of(seed, FIRST_PARTNER, week), i), i, ties)
    return partner_by(uniform(key_of(seed, SECOND_PARTNER, week), i), j, ties) if j >= 0 else -1


@piece
def has_room(i: int, j: int, ties: Ties) -> bool:
    """Whether i has a free slot and is not tied to j already."""
    if ties.start[i] + ties.degree[i] == ties.start[i + 1]:
        return False
    tied = False
    for s in range(ties.start[i], ties.start[i] + ties.degree[i]):
        tied = tied or ties.neighbour[s] == j
    return not tied


@piece
def append_tie(i: int, j: int, kind: int, strength: float, members: Members, ties: Ties) -> None:
    """Add one half of a tie at the end of i's row."""
    s = ties.start[i] + ties.degree[i]
    ties.neighbour[s], ties.kind[s], ties.strength[s] = j, kind, strength
    ties.degree[i] += 1
    sum_ties(ties, members, i, i + 1)


@piece
def form_ties(seed: int, week: int, company: Company) -> None:
    """Carry out wishes in order of who wishes; one without room at both ends, or for a tie that is there, lapses."""
    levers, members, ties = company.organization.levers, company.members, company.ties
    events, wish, likes = company.desk.events, company.desk.wish, key_of(seed, LIKES, week)
    for i in range(len(events)):
        j = int(wish[i]) if events[i] == SEEKS else -1
        if j < 0 or i == j or members.active[j] == 0:
            continue
        if not accepts(uniform(likes, i), levers[HOMOPHILY], members.role[i] == members.role[j]):
            continue
        if has_room(i, j, ties) and has_room(j, i, ties):
            kind = new_kind(members.role[i] != 0, members.role[j] != 0)
            append_tie(i, j, kind, levers[NEW_STRENGTH], members, ties)
            append_tie(j, i, kind, levers[NEW_STRENGTH], members, ties)
