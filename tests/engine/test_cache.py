"""Compiled code is never older than its source, and switching compilation off changes no bit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from engagesim import Scenario, simulate
from engagesim.bench import bound
from engagesim.engine import paths, warm, world
from engagesim.engine.jit import kernel
from engagesim.portrait import ratio, walkers
from engagesim.structures import build
from engagesim.structures.critical import largest_part, strengths
from engagesim.structures.graphs import from_graph
from engagesim.structures.network import Network
from engagesim.structures.parameters import FORMS
from engagesim.web import nodes, track

PACKAGE = Path(__file__).parents[2] / "simulation" / "engagesim"
PROBE = """
from ..rules.exhaustion import contact_load
from .jit import kernel

@kernel
def probe(x: float) -> float:
    return contact_load(x, 0.25)
"""
SMALL = {"employees": 12, "customers": 6, "partners": 3, "steps": 12}


def python(code: str, source_root: Path, **environment: str) -> str:
    settings = {**os.environ, "PYTHONPATH": str(source_root), **environment}
    done = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_edited_rule_is_never_served_from_a_stale_cache(tmp_path):
    copy = tmp_path / "engagesim"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "engine" / "probe.py").write_text(PROBE)
    rule = copy / "rules" / "exhaustion.py"
    ask = "from engagesim.engine.probe import probe; print(probe(2.0), sum(probe.stats.cache_hits.values()))"
    cache = {"ENGAGESIM_CACHE": str(tmp_path / "cache")}
    assert python(ask, tmp_path, **cache) == "0.5 0"
    assert python(ask, tmp_path, **cache) == "0.5 1", "the cache is not used at all"
    text = rule.read_text()
    rule.write_text(text.replace("clip01(contact_cost * contacts)", "clip01(contact_cost * contacts * 0.5)"))
    assert rule.read_text() != text
    assert python(ask, tmp_path, **cache) == "0.25 0"


def test_without_compilation_the_loops_give_the_same_bits():
    code = f"import engagesim as es; d = es.Scenario.load('badges_on_top').changed(**{SMALL}); "
    code += "print(es.simulate(d, seed=3).digest, es.simulate(d, seed=3, threads=2).digest)"
    compiled = simulate(Scenario.load("badges_on_top").changed(**SMALL), seed=3).digest
    assert python(code, PACKAGE.parent, NUMBA_DISABLE_JIT="1") == f"{compiled} {compiled}"


def test_every_rule_is_registered_whatever_is_imported_first():
    """A rule that is marked after the registration is no function that compiled loops may call."""
    code = "import engagesim.engine.jit; from engagesim.rule import RULES; before = len(RULES); "
    code += "from engagesim.cli import work; from engagesim import model, web; print(len(RULES) - before)"
    assert python(code, PACKAGE.parent) == "0"


def test_an_unwritable_cache_folder_is_no_obstacle(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    code = "from engagesim.engine.jit import CACHE; print(CACHE.is_dir())"
    assert python(code, PACKAGE.parent, ENGAGESIM_CACHE=str(blocked)) == "True"


def test_a_second_installation_does_not_take_the_first_ones_code_for_its_own(tmp_path):
    code = "from engagesim.engine.jit import CACHE; print(CACHE)"
    cache = {"ENGAGESIM_CACHE": str(tmp_path / "cache")}
    shutil.copytree(PACKAGE, tmp_path / "engagesim", ignore=shutil.ignore_patterns("__pycache__"))
    assert python(code, tmp_path, **cache) != python(code, PACKAGE.parent, **cache)


DESIGN = Scenario.load("plain_organization").changed(**SMALL)
NETWORK = build(DESIGN.values, 0)
LOOPS = {
    paths: (("add_dependencies",), lambda: paths.betweenness(NETWORK)),
    bound: (("move_members", "move_ties", "move_weeks"), lambda: [bound.bound_seconds(new(), 1, n) for n in (1, 2)]),
    walkers: (("walk",), lambda: ratio.by_walks(largest_part(strengths(NETWORK)), 0, 100)),
    nodes: (("describe",), lambda: track.Track(DESIGN, NETWORK, 0).go(2)),
}
"""Modules with compiled loops beside those of the week: the loops, and what calls all of them."""


def new() -> world.World:
    return world.start_world(DESIGN.values, [], 1, NETWORK, 0)


@pytest.mark.parametrize("module", LOOPS, ids=lambda m: m.__name__)
def test_loops_beside_those_of_the_week_are_compiled_under_the_lock_too(module, monkeypatch):
    names, call = LOOPS[module]
    fresh = {name: kernel(getattr(module, name).py_func) for name in names}
    for user in (module, ratio, track):
        for name in set(names) & set(vars(user)):
            monkeypatch.setattr(user, name, fresh[name])
    under_lock = []

    def locked(warm_up, source):
        warm_up()
        under_lock.append((source, {name: loop.signatures for name, loop in fresh.items()}))

    monkeypatch.setattr(module, "ensure_compiled", locked)
    call()
    source, signatures = under_lock[0]
    assert source == module.__file__
    assert all(signatures.values())
    assert signatures == {name: loop.signatures for name, loop in fresh.items()}


def test_what_is_compiled_is_not_compiled_again_until_its_source_changes(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(warm, "CACHE", tmp_path)
    source, done = tmp_path / "loops.py", []
    for text, times in (("one", 1), ("one", 1), ("two", 2)):
        source.write_text(text)
        warm.mark.cache_clear()  # each in a process of its own
        warm.ensure_compiled(lambda: done.append(1), str(source))
        assert len(done) == times
    assert capsys.readouterr().err.count("Compiling a part of the engine for this machine") == 2


def test_a_compilation_that_takes_long_gives_signs_of_life(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(warm, "CACHE", tmp_path)
    monkeypatch.setattr(warm, "PULSE", 0.01)
    (source := tmp_path / "loops.py").touch()
    warm.mark.cache_clear()
    warm.ensure_compiled(lambda: time.sleep(0.2), str(source))
    first, *more = capsys.readouterr().err.splitlines()
    assert first == warm.LOOPS_MESSAGE
    assert len(more) > 1
    assert set(more) == {warm.STILL.format(seconds=0)}


def test_a_world_that_is_started_has_the_engine_compiled_first(monkeypatch):
    """Else it would compile outside of the lock, beside another process."""
    asked = []
    monkeypatch.setattr(world, "ensure_compiled", asked.append)
    small = Scenario.load("plain_organization").changed(**SMALL)
    world.start_world(small.values, [], 1, None, 0)
    assert asked == [world.warm_up]


def networks() -> Iterator[Network]:
    """A network from every source that there is: built in every form, from a graph, after a run."""
    plain = Scenario.load("plain_organization").changed(employees=20, customers=0, partners=0, steps=2)
    yield from (build(plain.changed(form=form).values, 0) for form in FORMS if form != "file")
    yield from_graph(nx.karate_club_graph())
    yield simulate(plain, seed=0).network


def test_loops_beside_those_of_the_week_are_compiled_for_one_set_of_types():
    """A second set of types would be compiled outside of the lock, which one call with the first has passed."""
    for network in networks():
        paths.betweenness(network)
        ratio.by_walks(largest_part(strengths(network)), 0, moves=10)
    assert (len(paths.add_dependencies.signatures), len(walkers.walk.signatures)) == (1, 1)
