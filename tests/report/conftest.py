import pytest

from engagesim import compare
from engagesim.experiments.comparison import Study
from tests.small import small


@pytest.fixture(scope="session")
def study() -> Study:
    """Three small designs, eight pairs each."""
    names = ("the_suggestion_machine", "neighbours_helping_neighbours", "badges_on_top")
    return compare([small(name) for name in names], replicates=8, seed=1)
