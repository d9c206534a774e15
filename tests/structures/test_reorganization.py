"""A structure can change in mid-run: people stay, positions and the ties that come with them change."""

from dataclasses import replace

import numpy as np
import pytest

from engagesim import EngagementModel, InputError, Scenario, simulate
from engagesim.engine.run import run
from engagesim.structures import FREE, Members, Ties, assemble, build, reorganized
from engagesim.structures.network import KINDS
from tests.rules.cases import lively, scheduled

PLAIN = Scenario.load("plain_organization").changed(employees=40, customers=20, partners=6, steps=12)
BRIDGED = PLAIN.changed(lateral_tie_rate=3.0)
LINES = {"levels": 2, "span_of_control": 39}


def networks(*designs):
    return [build(design.values, 3) for design in designs]


def ties(network):
    """Strength and kind by both orders of each pair."""
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    live = network.kind != FREE
    return dict(
        zip(
            zip(owner[live].tolist(), network.neighbour[live].tolist(), strict=True),
            zip(network.strength[live].tolist(), network.kind[live].tolist(), strict=True),
            strict=True,
        )
    )


OWN = (0.4, KINDS.index("place"))
"""Strength and kind of a tie that no structure asks for."""


def tied(network, ties_):
    """The members of a network with these ties."""
    parts = []
    for code, name in enumerate(KINDS):
        these = {pair: strength for pair, (strength, kind) in ties_.items() if kind == code and pair[0] < pair[1]}
        one, other = np.array(list(these), dtype=np.int64).reshape(-1, 2).T
        parts.append(Ties(name, one, other, np.array(list(these.values()))))
    return assemble(Members(network.role, network.unit, network.manager, network.level, network.place), parts)


def everybody(network):
    return np.ones(network.size, dtype=bool)


def test_the_same_structure_again_changes_nothing():
    (now,) = networks(PLAIN)
    lived = replace(now, strength=now.strength * 0.5)
    found = reorganized(lived, now, now, everybody(now))
    assert ties(found) == ties(lived)
    assert np.array_equal(found.manager, now.manager)


def test_ties_that_only_the_new_structure_asks_for_begin_and_all_others_stay_as_they_have_become():
    before, after = networks(PLAIN, BRIDGED)
    lived = replace(before, strength=before.strength * 0.5)
    found, old, new = ties(reorganized(lived, before, after, everybody(before))), ties(before), ties(after)
    assert found.keys() == new.keys()
    assert len(new.keys() - old.keys()) > 40
    for pair, (strength, kind) in found.items():
        assert kind == new[pair][1]
        assert strength == (old[pair][0] * 0.5 if pair in old else new[pair][0])


def test_ties_that_people_made_themselves_outlive_the_structure():
    before, after = networks(BRIDGED, PLAIN)
    own = next(p for p in [(0, 60), (1, 61), (2, 62)] if p not in ties(before))
    found = ties(reorganized(tied(before, ties(before) | {own: OWN}), before, after, everybody(before)))
    assert found[own] == OWN
    assert found.keys() - {own, own[::-1]} == ties(after).keys()


def test_a_tie_that_people_made_themselves_is_as_strong_as_it_was_where_the_new_structure_asks_for_it_as_well():
    before, after = networks(PLAIN, BRIDGED)
    own = next(pair for pair in ties(after) if pair not in ties(before) and pair[0] < pair[1])
    found = ties(reorganized(tied(before, ties(before) | {own: OWN}), before, after, everybody(before)))
    assert found[own] == (OWN[0], ties(after)[own][1])


def test_a_tie_that_has_broken_does_not_begin_again_because_the_new_structure_asks_for_it_as_the_old_did():
    before, after = networks(PLAIN, BRIDGED)
    broken = next(pair for pair in ties(before) if pair in ties(after) and pair[0] < pair[1])
    lived = {pair: tie for pair, tie in ties(before).items() if pair not in (broken, broken[::-1])}
    found = ties(reorganized(tied(before, lived), before, after, everybody(before)))
    assert found.keys() == ties(after).keys() - {broken, broken[::-1]}


def test_new_ties_to_empty_places_wait_for_who_comes():
    before, after = networks(PLAIN, BRIDGED)
    active = everybody(before)
    active[:10] = False
    found, old = ties(reorganized(before, before, after, active)), ties(before)
    begun = {pair: strength for pair, (strength, _) in found.items() if pair not in old}
    assert all(strength == 0 for (i, j), strength in begun.items() if min(i, j) < 10)
    assert all(strength > 0 for (i, j), strength in begun.items() if min(i, j) >= 10)


@pytest.mark.parametrize("threads", [1, 2])
def test_reorganizing_is_the_same_in_both_engines_and_on_any_number_of_threads(threads):
    base = lively(form="organization", employees=40, customers=20, partners=6, start_active=0.8, steps=12)
    changes = [
        (3, "lateral_tie_rate", 2.0),
        (6, "levels", 2),
        (6, "span_of_control", 39),
        (6, "third_order_degree", 3.0),
    ]
    design = scheduled(base, *changes)
    assert run(design, None, 5, threads=threads).world.tallies.tobytes() == simulate(design, seed=5).tallies.tobytes()
    one, other = simulate(design, seed=5), simulate(design, seed=5, engine="mesa")
    assert one.digest == other.digest
    assert ties(one.network) == ties(other.network)
    assert one.network.level.max() == 1
    still = simulate(base, seed=5)
    assert np.array_equal(one.tallies[:3], still.tallies[:3])
    assert not np.array_equal(one.tallies[3:], still.tallies[3:])


def test_a_structure_from_the_first_week_on_gives_the_lines_of_one_that_always_was():
    always, changed = PLAIN.changed(**LINES), scheduled(PLAIN, *((0, key, value) for key, value in LINES.items()))
    found = [simulate(design, seed=2).network for design in (always, changed)]
    for name in ("unit", "manager", "level"):
        assert np.array_equal(*(getattr(network, name) for network in found))


def problems_of(tmp_path, text, base="plain_organization"):
    path = tmp_path / "design.toml"
    path.write_text(f'title = "Reorganized"\nextends = "{base}"\n{text}')
    with pytest.raises(InputError) as caught:
        Scenario.load(str(path))
    return " ".join(str(problem) for problem in caught.value.problems)


def test_what_cannot_be_reorganized_is_said_with_its_line(tmp_path):
    glide = problems_of(tmp_path, "[[schedule]]\nat = 5\nuntil = 9\nset = { levels = 3 }")
    assert "reorganized in one week" in glide
    form = problems_of(tmp_path, "[[schedule]]\nat = 5\nset = { levels = 3 }", "theory")
    assert "only the form organization" in form
    small = problems_of(tmp_path, "[[schedule]]\nat = 5\nset = { levels = 2, span_of_control = 3 }")
    assert "in week 5: 2 levels with span_of_control 3" in small
    assert "line=5" in small


def test_a_network_that_is_given_is_not_reorganized():
    design = scheduled(PLAIN, (3, "lateral_tie_rate", 2.0))
    (network,) = networks(PLAIN)
    for give in (lambda: simulate(design, network=network), lambda: EngagementModel(design, network=network)):
        with pytest.raises(ValueError, match="cannot be reorganized"):
            give()


def test_a_reorganization_survives_being_written_and_read(tmp_path):
    design = scheduled(PLAIN, (3, "lateral_tie_rate", 2.0), (6, "cross_unit_share", 0.9))
    path = tmp_path / "written.toml"
    path.write_text(design.to_toml())
    assert Scenario.load(str(path)).digest == design.digest
