import pytest

from engagesim import Scenario
from engagesim.design.conflicts import conflicts
from engagesim.design.files import shipped

BLIND = "[seeing]\nvisibility_task = 0.0\nvisibility_relational = 0.0\n"
BONUS = "[[instruments]]\nname = 'gain'\npreset = 'bonus'\n"


def told(folder, text: str) -> list[str]:
    path = folder / "mine.toml"
    path.write_text(f"extends = 'plain_organization'\n{text}")
    return [f"{p.key}: {p.message}" for p in conflicts(Scenario.load(path))]


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (BLIND + BONUS, "gain.contingency", "nobody can see"),
        (BLIND + BONUS.replace("bonus", "leaderboard"), "gain.contingency", "a contest that nobody can see"),
        (BLIND + BONUS.replace("bonus", "recognition"), "gain.contingency", "in 156 weeks"),
        (BONUS + "value = 0.0\n", "gain.value", "0 in every week"),
        (BLIND + BONUS + "value = 0.0\n", "gain.value", "0 in every week"),
        (BONUS.replace("bonus", "leaderboard") + "value = 0.0\nevaluator = 'self'\n", "gain.value", "0 in every week"),
        ("[rewards]\nbudget = 0.02\n" + BONUS + "value = 0.0\ncost = 0.0\n", "gain.value", "0 in every week"),
        (BONUS.replace("bonus", "leaderboard") + "evaluator = 'self'\n", "gain.evaluator", "their own judge"),
        ("[rewards]\nbudget = 0.02\n" + BONUS + "cost = 0.0\n", "gain.cost", "cannot be spent"),
        ("[value]\nsharing_weight = 0.0\n", "sharing_weight", "nobody to whom"),
        (BLIND + "[value]\nsharing_rule = 'proportional'\n", "sharing_rule", "nobody has a claim"),
        ("[seeing]\nsurveillance = 0.5\n", "surveillance", "from week 0 on, in 156 weeks"),
        ("[seeing]\nsurveillance = 0.5\n" + BONUS.replace("bonus", "badges"), "surveillance", "changes nothing"),
    ],
)
def test_what_cannot_be_meant_is_explained(tmp_path, text: str, key: str, words: str):
    (found,) = told(tmp_path, text)
    assert found.startswith(f"{key}: ")
    assert words in found


@pytest.mark.parametrize(
    "text",
    [
        BONUS,
        BONUS + "evaluator = 'self'\n",
        BONUS + "cost = 0.0\n",
        "[value]\ncapture_share = 0.0\nsharing_weight = 0.0\n",
        "[seeing]\nsurveillance = 0.5\n" + BONUS,
        "[seeing]\nsurveillance = 0.0\n",
        BONUS + "value = { value = 0.0, why = 'An experiment turns it on.' }\n",
        BLIND + BONUS.replace("bonus", "badges"),
        BLIND + BONUS + "evaluator = 'activity_score'\n",
        BLIND + BONUS + "[[schedule]]\nat = 0\nset = { visibility_task = 0.5 }\n",
        "[value]\nreturn_share = 0.0\nsharing_weight = 0.0\n",
    ],
)
def test_what_can_be_meant_is_left_alone(tmp_path, text: str):
    assert told(tmp_path, text) == []


@pytest.mark.parametrize("name", sorted(shipped("scenarios")))
def test_no_shipped_scenario_has_a_conflict(name: str):
    assert conflicts(Scenario.load(name)) == []
