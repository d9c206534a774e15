import numpy as np
import pytest

from engagesim.rules.recognition import follow_example, is_public, telling
from engagesim.rules.rewards import PAY, PUBLICITY

from .cases import EMPLOYEES_ONLY, alone, close, followed, with_instruments

BEST = {"value": 0.05, "contingency": "rank", "top_share": 0.25, "evaluation_use": "publicity", "informational": 1.0}
WATCHED = {**EMPLOYEES_ONLY, "employees": 40, "form": "regular", "degree": 0, "motivation_sd": 0.2, "belief_start": 0.3,
           "task_share": 1.0, "steps": 3}  # fmt: skip


def test_rules_by_hand():
    assert is_public(0.1, PUBLICITY)
    assert not is_public(0.0, PUBLICITY)
    assert not is_public(0.1, PAY)
    assert telling(0.8, 0.5) == pytest.approx(0.6)
    assert follow_example(0.4, 0.9, 0.2) == pytest.approx(0.5)


def test_onlookers_follow_the_mean_of_who_is_recognized():
    design = with_instruments(alone(**WATCHED, recognition_sight=0.5), BEST)
    belief, task, _ = followed(design, "belief", "effort_task", seed=4)
    best = np.sort(task[0])[-10:].mean()
    assert best > 0.5
    assert close(belief[0], 0.3 + 0.5 * (best - 0.3), 1e-6)
    assert close(belief[1], belief[0] + 0.5 * (best - belief[0]), 1e-6)


def test_where_all_are_recognized_the_example_is_the_mean():
    everybody = {**BEST, "contingency": "completion"}
    belief, task, _ = followed(with_instruments(alone(**WATCHED, recognition_sight=1.0), everybody), "belief",
                               "effort_task", seed=4)  # fmt: skip
    assert close(belief[0], task[0].mean(), 1e-6)


@pytest.mark.parametrize("use", ["pay", "publicity"])
def test_nobody_recognized_in_public_is_no_example(use):
    nobody = {**BEST, "value": 0.0 if use == "publicity" else 0.05, "evaluation_use": use}
    belief, _ = followed(with_instruments(alone(**WATCHED, recognition_sight=1.0), nobody), "belief", seed=4)
    assert close(belief, 0.3, 0)


@pytest.mark.parametrize(("instrument", "share"), [({**BEST, "contingency": "completion"}, 1.0), (BEST, 0.25)])
def test_praise_tells_less_the_more_get_it(instrument, share):
    needs = {"need_rate": 1.0, "relatedness_half": 1.0, "competence_base": 0.0, "reward_dose": 0.0001}
    plain, selective = (
        followed(with_instruments(alone(**WATCHED, **needs, selectivity=s), instrument), "motivation", seed=4)[0][0]
        for s in (0.0, 1.0)
    )
    unpraised = 1 / 3
    praised = plain > unpraised + 0.1
    assert praised.mean() == pytest.approx(share, abs=0.03)
    assert close(np.append(plain[~praised], unpraised), unpraised, 1e-9)
    told = (selective - unpraised)[praised] / (plain - unpraised)[praised]
    assert close(told, 1 - share, 0.01), "and what all get tells nothing"
