"""Compiled code is never older than its source, and switching compilation off changes no bit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

from engagesim import Scenario, simulate
from engagesim.engine import world
from engagesim.engine.paths import add_dependencies, betweenness
from engagesim.portrait.ratio import by_walks
from engagesim.portrait.walkers import walk
from engagesim.structures import build
from engagesim.structures.critical import largest_part, strengths
from engagesim.structures.graphs import from_graph
from engagesim.structures.network import Network
from engagesim.structures.parameters import FORMS

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


def test_what_compiles_at_its_first_use_does_so_for_one_set_of_types():
    """Shortest paths and walks are compiled outside of the lock, as no run needs them.

    Numba's cache numbers the code of a loop by the types it is for, so two processes at once can mix up only code for
    different types; for one set of types both write the same.
    """
    for network in networks():
        betweenness(network)
        by_walks(largest_part(strengths(network)), 0, moves=10)
    assert (len(add_dependencies.signatures), len(walk.signatures)) == (1, 1)
