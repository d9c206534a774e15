"""The Mesa model: the executable specification, agent by agent, week by week."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from . import structures
from .agents import STAKEHOLDERS, Levers, Member, Offer, Organization, Tie, Unit
from .agents.pooling import meet_in_teams
from .agents.seating import tie_up
from .agents.state import number_of
from .agents.sums import SUMS
from .design.scenario import Scenario
from .draws import MASK, UNIT, Keyed, Source, named, normal_of
from .measures import MEASURES, Measure, sums_of
from .population import Members, people_of
from .portable import grid
from .rules import portability, ties, turnover
from .rules.creation import quality
from .rules.imitation import BY_UNIT
from .rules.motivation import engagement
from .rules.participation import PASSIVE_LURKER
from .structures.network import Network
from .structures.parameters import number, whole
from .tallies import COUNT, ENGAGED, EXHAUSTED, FELT_STRONGLY, NAMES, ORGANIZATION, TYPES

STATE = (*Members._fields, "effort_task", "effort_relational")
"""What can be read of a member, by the name of its column."""

NO_TIES = (np.zeros(0), np.zeros(0), np.zeros(0))
"""Columns of an organization without ties."""

INDEX = {name: k for k, name in enumerate(NAMES)}
"""Column of each tally."""


class EngagementModel(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """An organization with its employees, customers and partners.

    Args:
        scenario: a scenario, its name or its path.
        seed: root seed; the same seed gives every design the same people and the same luck. None is 0: so newer
            versions of `mesa.batch_run` call it, which take seeds as `rng=[1, 2]` and not as a parameter.
        network: who is tied to whom; built from the scenario and the seed if not given.
        luck: another source of random numbers (for tests).
        watch_members: let the data collector record every member's state each week (slow).
        changes: other values of parameters, such as `capture_share=0.7` (for `mesa.batch_run`).

    Raises:
        InputError: an unknown scenario or parameter, or a value out of range.
    """

    def __init__(
        self, scenario: Scenario | str = "plain_organization", *, seed: int | None = 0, network: Network | None = None,
        luck: Source | None = None, watch_members: bool = False, **changes: object,
    ) -> None:  # fmt: skip
        root = 0 if seed is None else seed
        if not 0 <= root <= MASK:
            raise ValueError(f"seed = {seed}   must be 0 to 2**64 - 1")
        super().__init__(rng=root)
        design = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
        self.resolved = design.changed(**changes) if changes else design
        values = self.resolved.values
        self.root_seed = root
        self.luck: Source = luck or Keyed(root)
        self.people = people_of(values)
        self.dimensions = int(self.people.belief_dimensions)
        self.schedule_of_levers = self.resolved.levers()
        self.reorganizations = dict(self.resolved.reorganizations())
        self.structure, self.room = values, whole(values, "tie_room")
        self.week = 0
        self.organization = Organization([i.name for i in self.resolved.instruments])
        self.organization.records = number(values, "record_start")
        self.organization.adoption = number(values, "adoption_start")
        self.weeks_done: list[NDArray[np.float64]] = []
        self.organization_series: list[list[float]] = []
        if self.reorganizations and network is not None:
            raise ValueError("a network that is given cannot be reorganized")
        self._settle(network or structures.build(values, root))
        self.datacollector = mesa.DataCollector(
            model_reporters={m.name: partial(_latest, m) for m in MEASURES},
            agent_reporters={name: name for name in STATE} if watch_members else {},
        )

    def _settle(self, network: Network) -> None:
        """Seat the members, where places are taken, tie them and put them into units."""
        self.seats, self.labels = network, network.labels
        self.members: list[Member] = [STAKEHOLDERS[role](self, i) for i, role in enumerate(network.role)]
        taken = structures.taken_places(self.resolved.values, network, self.root_seed)
        self.ties = tie_up(self.members, structures.with_empty_places(network, taken), self.room)
        self.employees = [member for member in self.members if member.role == 0]
        forget_model(self)
        for member, here in zip(self.members, taken.tolist(), strict=True):
            member.active = here
        self._form_units(network)
        self._commit()

    def _form_units(self, network: Network) -> None:
        """Put members into units."""
        number, start, listed = network.units()
        for member, unit in zip(self.members, number.tolist(), strict=True):
            member.unit_number = unit
        self.units = [
            Unit(self, u, int(a), [self.members[i] for i in listed[a:b].tolist()])
            for u, (a, b) in enumerate(pairwise(start))
        ]
        self.whole = Unit(self, len(self.units), 0, [self.members[i] for i in listed.tolist()])

    def _commit(self) -> None:
        """Draw who in each unit is committed to a new way of doing things; it belongs to the place."""
        _, start, listed = self.seats.units()
        committed = structures.committed_places(self.resolved.values, start, listed, self.root_seed)
        for member, always in zip(self.members, committed.tolist(), strict=True):
            member.committed = member.new_way = always

    # --- one week --------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """One week; the phases are those of `engagesim.steps.STEPS`."""
        if self.week >= len(self.schedule_of_levers.values):
            return
        self.reorganize()
        self.design()
        self.everyone("decide")
        self.everyone("create")
        self.everyone("evaluate")
        self.everyone("tell")
        if self.levers.pool_size > 0.0:
            meet_in_teams(self)
        self.organization.settle(self.present())
        self.meet()
        self.relate()
        self.everyone("find_out")
        self.everyone("receive")
        self.everyone("compare")
        self.everyone("be_judged")
        self.everyone("experience")
        self.ask()
        self.everyone("inform")
        self.learn()
        self.measure()
        self.imitate()
        self.come_and_go()
        self.week += 1
        self.running = self.week < len(self.schedule_of_levers.values)
        self.datacollector.collect(self)

    def reorganize(self) -> None:
        """Another structure from this week on, where the schedule says so: members stay, positions and ties change."""
        if self.week not in self.reorganizations:
            return
        before, after = self.structure, self.reorganizations[self.week]
        old, new = (structures.build(values, self.root_seed) for values in (before, after))
        active = np.array([bool(m.active) for m in self.members])
        network = structures.reorganized(self.network(), old, new, active)
        self.structure, self.seats = after, network
        self.ties = tie_up(self.members, network, self.room)
        self._form_units(network)

    def everyone(self, method: str) -> None:
        """Let every member do one thing; no result depends on the order."""
        self.agents.do(method)

    def design(self) -> None:
        """The levers of this week."""
        schedule = self.schedule_of_levers
        self.organization.open_week(schedule.values[self.week], schedule.instruments[self.week])
        luck = self.luck.uniform(named("purpose.drift"), self.week, 0)
        self.organization.move_need(normal_of(luck + 0.5 * UNIT))

    @property
    def levers(self) -> Levers:
        """The levers of this week."""
        return self.organization.levers

    def relate(self) -> None:
        """Ties grow, fade and break; members take in what comes over them."""
        for tie in self.ties:
            tie.grow(self.levers)
        self.everyone("relate")
        if any(tie.kind == ties.BROKEN for tie in self.ties):
            self.everyone("drop_broken_ties")
            self.ties = [tie for tie in self.ties if tie.kind != ties.BROKEN]
        self.everyone("hear")

    def meet(self) -> None:
        """Random groups of every unit meet."""
        if self.levers.encounter_rate > 0.0:
            self.everyone("choose_way")
            for unit in self.units:
                unit.meet()

    @property
    def learns(self) -> bool:
        """Whether anybody learns from anybody this week."""
        return bool(self.levers.socialization > 0.0 or self.levers.code_learning > 0.0)

    def learn(self) -> None:
        """Members learn the organization's code, and it learns from those who do better than it."""
        if self.learns:
            self.organization.code.open(self)
        self.everyone("learn")
        if self.learns:
            self.organization.code.learn_from(self.present(), self)

    def ask(self) -> None:
        """Problems of the week look for who knows; those of last week are put away."""
        if self.organization.asked or self.levers.problem_rate > 0.0:
            self.everyone("clear_desk")
        if self.levers.problem_rate > 0.0:
            self.everyone("ask")

    def measure(self) -> None:
        """Add the week up by role, on the value grid, so that the order of members does not matter."""
        self.tally = np.zeros((3, COUNT))
        floor, threshold = self.levers.quality_floor, self.people.participation_threshold
        for m in self.present():
            row = self.tally[m.role]
            for name, attribute in SUMS.items():
                row[INDEX[name]] += grid(getattr(m, attribute))
            row[INDEX["members"]] += 1.0
            row[INDEX["participants"]] += m.effort >= threshold
            row[INDEX["exhausted"]] += m.exhaustion > EXHAUSTED
            row[INDEX["engaged"]] += engagement(m.motivation, m.exhaustion) >= ENGAGED
            row[INDEX["voicing"]] += m.voicing > 0
            row[INDEX["new_way"]] += m.new_way if self.levers.encounter_rate > 0.0 else 0
            row[INDEX["voices"]] += m.voicing == 1
            row[INDEX["strongly_extracted"]] += m.felt > FELT_STRONGLY
            if any(self.levers.contribute_from):
                row[INDEX["passive_lurkers"] + m.participation - PASSIVE_LURKER] += 1.0
            row[INDEX["quality"]] += grid(quality(m.motivation, floor))
            row[INDEX[TYPES[m.cooperation_type]]] += 1.0
            row[INDEX["code_knowledge"]] += self.organization.code.knowledge
        self.organization.conclude(self.tally)
        self.weeks_done.append(self.tally)
        self.organization_series.append(self.organization.series)

    def imitate(self) -> None:
        """Members who reconsider take over the cooperation type of others, all at once."""
        if self.levers.imitation_rate <= 0.0:
            return
        chosen = [(m, m.next_type()) for m in self.present() if m.reconsiders()]
        for m, kind in chosen:
            self.tally[m.role, INDEX["switches"]] += m.cooperation_type != kind
            m.cooperation_type = kind
        self.split_unit()
        self.settle_invasions()

    def split_unit(self) -> None:
        """Perhaps let one unit, drawn by how its members fare, grow and split: its like replaces another."""
        if self.luck.uniform(named("strategy.splits"), self.week, 0) >= self.levers.split_rate:
            return
        weights = [unit.fitness for unit in self.units]
        left = self.luck.uniform(named("strategy.parent_unit"), self.week, 0) * sum(weights)
        parent = None
        for unit, weight in zip(self.units, weights, strict=True):
            parent = unit if weight > 0.0 and left >= 0.0 else parent
            left -= weight
        child = self.units[int(self.luck.uniform(named("strategy.replaced_unit"), self.week, 0) * len(self.units))]
        if parent and parent is not child:
            child.copy_types(parent)

    def settle_invasions(self) -> None:
        """Conclude what has ended in one type, and let new types in, by unit or in the organization as a whole."""
        if self.levers.invasion_rate > 0.0 or any(unit.invader >= 0 for unit in (*self.units, self.whole)):
            for unit in self.units if int(self.levers.invaded) == BY_UNIT else [self.whole]:
                unit.settle_invasion()

    def count(self, role: int, name: str) -> None:
        """Count one event of this week."""
        self.tally[role, INDEX[name]] += 1.0

    def come_and_go(self) -> None:
        """Members leave, newcomers take empty places, new ties form."""
        gone = {m for m in self.members if m.wants_to_leave()} | self.spanner_sent_off()
        leavers = [m for m in self.members if m in gone]
        seekers = [m for m in self.members if m not in gone and m.seeks_tie()]
        for m in self.members:
            m.tenure += 1
            m.calm_down()
        newcomers = [m for m in self.members if m.can_be_filled()]
        self.rank(leavers)
        for m in leavers:
            self.count_exit(m, m.leave())
        self.ties = [tie for tie in self.ties if tie.kind != ties.BROKEN]
        for m in newcomers:
            m.arrive()
            self.tally[m.role, INDEX["arrivals"]] += 1.0
        self.everyone("sum_ties")
        self.form_ties(seekers)

    def spanner_sent_off(self) -> set[Member]:
        """The employee with the strongest ties to outsiders, where a design sends that one off."""
        spanners = [m for m in self.present() if m.role == 0 and m.outside_strength > 0.0]
        if self.levers.spanner_exit <= 0.0 or not spanners:
            return set()
        return {max(spanners, key=lambda m: m.outside_strength)}

    def rank(self, leavers: list[Member]) -> None:
        """Count the leavers from the top and the bottom quarter of the stakes in their role."""
        classes = [[turnover.stake_class(m.stake) for m in self.present() if m.role == role] for role in range(3)]
        for m in leavers:
            peers, mine = classes[m.role], turnover.stake_class(m.stake)
            above, below, alike = sum(k > mine for k in peers), sum(k < mine for k in peers), peers.count(mine)
            for name, beyond in (("exits_top", above), ("exits_bottom", below)):
                self.tally[m.role, INDEX[name]] += turnover.in_quartile(beyond, alike, len(peers))

    def count_exit(self, m: Member, fates: Counter[int]) -> None:
        """Count a leaver and what became of its outside ties."""
        row = self.tally[m.role]
        row[INDEX["exits"]] += 1.0
        row[INDEX["outside_ties_at_exit"]] += fates.total()
        row[INDEX["outside_ties_kept"]] += fates[portability.STAYS]
        row[INDEX["ties_taken"]] += fates[portability.TAKEN]

    def form_ties(self, seekers: list[Member]) -> None:
        """Carry out wishes in order of who wishes; without room at both ends, or if tied already, one lapses."""
        wishes = [(one, one.wished_for()) for one in seekers]
        for one, them in wishes:
            if them and one.likes(them) and one.has_room_for(them) and them.has_room_for(one):
                tie = Tie(one, them, ties.new_kind(one.role != 0, them.role != 0), self.levers.new_tie_strength)
                self.ties.append(tie)
                for member in (one, them):
                    member.ties.append(tie)
                    member.sum_ties()

    def present(self) -> list[Member]:
        """Members whose place is taken, in order of place."""
        return [m for m in self.members if m.active]

    def reward_luck(self, offer: Offer, place: int) -> float:
        """Uniform draw of one place for one instrument this week."""
        return self.luck.uniform(offer.luck, self.week, place)

    def request_luck(self, who: int) -> float:
        """Uniform draw for one step of one request this week."""
        return self.luck.uniform(number_of("problem.hop"), self.week, who)

    # --- reading ---------------------------------------------------------------------------------------------------

    @property
    def tallies(self) -> NDArray[np.float64]:
        """Weekly sums so far: float64[weeks, 3, tallies]."""
        return np.array(self.weeks_done).reshape(-1, 3, COUNT)

    @property
    def series(self) -> NDArray[np.float64]:
        """The organization's weekly series so far: float64[weeks, len(ORGANIZATION)]."""
        return np.array(self.organization_series, dtype=np.float64).reshape(-1, len(ORGANIZATION))

    def network(self) -> Network:
        """The ties as they are now."""
        rows = [(tie.partner_of(m).place, tie.strength, tie.kind) for m in self.members for tie in m.ties]
        neighbour, strength, kind = (np.array(column) for column in zip(*rows, strict=True)) if rows else NO_TIES
        start = np.cumsum([0, *(len(m.ties) for m in self.members)])
        return replace(
            self.seats,
            start=start,
            neighbour=neighbour.astype(np.uint32),
            strength=strength.astype(np.float64),
            kind=kind.astype(np.uint8),
        )

    def snapshot(self) -> dict[str, NDArray[Any]]:
        """Members' state as columns; all but role and participation are zero in empty places."""
        state = {name: np.array([getattr(m, name) * m.active + 0 for m in self.members]) for name in STATE}
        for name in ("role", "participation"):
            state[name] = np.array([getattr(m, name) for m in self.members])
        return state


def forget_model(model: mesa.Model) -> None:
    """Drop the numbering of agents that some Mesa versions keep per model, and every finished model with it."""
    getattr(mesa.Agent, "_ids", {}).pop(model, None)


def _latest(measure: Measure, model: EngagementModel) -> float:
    """A measure of everybody in the week just done."""
    return float(measure.compute(sums_of(model.tallies[-1:], "everyone"))[-1])
