from pathlib import Path

import pytest

from engagesim import compare
from engagesim.experiments.choice.aim import Aim
from engagesim.experiments.comparison import Study
from engagesim.report.folder import write_report
from engagesim.store.save import write_tables
from tests.small import small


@pytest.fixture(scope="session")
def study() -> Study:
    """Three small designs, eight pairs each."""
    names = ("the_suggestion_machine", "neighbours_helping_neighbours", "badges_on_top")
    return compare([small(name) for name in names], replicates=8, seed=1)


@pytest.fixture(scope="session")
def worldly() -> Study:
    """Four small schemes in forty worlds, twice in each."""
    names = ("the_suggestion_machine", "badges_on_top", "thank_you_and_training", "fair_shares")
    return compare([small(name) for name in names], replicates=2, worlds=40, seed=2, aim=Aim(budget=0.02))


@pytest.fixture(scope="session")
def folder(worldly: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its tables and its report."""
    place = tmp_path_factory.mktemp("report")
    write_tables(place, worldly)
    write_report(place, worldly, "engagesim compare 'a <b>'", digest="0123456789abcdef0123")
    return place
