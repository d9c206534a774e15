"""Who wins and who loses, on a handful of places whose fates are written down."""

import numpy as np
import pytest

from engagesim.experiments.choice.winners import fates
from engagesim.experiments.reduction import PEOPLE, Reduced

WEEKS = 156


def ended(*places: tuple[float, float, float]) -> Reduced:
    """One replicate of employees: wellbeing, weeks in the place (-1 if it is empty), value created."""
    wellbeing, tenure, contributed = np.array(places).T
    people = np.stack([(tenure == WEEKS) * 1.0, contributed, wellbeing, tenure], axis=-1)[None]
    empty = np.zeros((1, 4, 4, 0))
    return Reduced((), empty, empty, ("everyone",), np.ones((1, 4), bool), people, np.zeros(len(places), np.uint8))


def test_employees_are_compared_by_when_they_joined():
    """Two are there all along, of whom one leaves under the scheme; one joined early; of two late ones one is new."""
    before = ended((0.5, 156, 1), (0.5, 156, 1), (0.5, 80, 1), (0.5, 20, 1), (0.5, 30, 1))
    after = ended((0.6, 156, 1), (0.9, 40, 1), (0.4, 80, 1), (0.7, 20, 1), (0.1, 5, 1))
    rows = {row["band"]: row for row in fates(before, after)}
    assert PEOPLE == ("stayed", "contributed", "wellbeing", "tenure")
    stayed, early, late = (rows[f"employees, {name}"] for name in (
        "there all along", "joined over a year before the end", "joined in the last year"))  # fmt: skip
    assert (stayed["members"], stayed["stayed"], stayed["better"], stayed["left_here"]) == (2, 1, 1, 1)
    assert (early["members"], early["stayed"], early["worse"]) == (1, 1, 1)
    assert (late["members"], late["stayed"], late["better"], late["left_here"]) == (2, 1, 1, 1)
    assert [row["change"] for row in (stayed, early, late)] == pytest.approx([0.1, -0.1, 0.2])


def test_an_empty_place_is_nobody_and_belongs_to_no_band_of_joining():
    rows = {row["band"] for row in fates(ended((0.5, -1, 1)), ended((0.5, -1, 1)))}
    assert rows == {"everyone", "employees"}
