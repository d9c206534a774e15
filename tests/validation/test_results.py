"""The quick form of each result: it is reproduced, and every negative control fails."""

import pytest
from matplotlib.figure import Figure

from engagesim.validation import checks
from engagesim.validation.check import FAIL, Effort
from engagesim.validation.running import run_check


@pytest.mark.parametrize("name", list(checks()))
def test_a_result_is_reproduced_and_its_controls_fail(name):
    result = run_check(checks()[name], Effort(quick=True))
    short = [part for part in result.found.parts if not part.as_it_should]
    assert short == [] or result.check.explanation, "what fails is explained"
    assert result.verdict != FAIL or result.check.explanation
    assert any(part.control for part in result.found.parts)
    figure = Figure()
    result.check.draw(figure, result.found)
    assert figure.axes
