from __future__ import annotations

import pytest

from engagesim.design.files import shipped
from engagesim.experiments.question import Question
from engagesim.problems import InputError


def problems_of(tmp_path, text: str) -> list[tuple[int | None, str]]:
    path = tmp_path / "asked.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        Question.load(str(path))
    return [(p.line, f"{p.key} {p.message}") for p in caught.value.problems]


@pytest.mark.parametrize("name", shipped("experiments"))
def test_shipped_questions_load_and_say_what_they_ask(name):
    asked = Question.load(name)
    assert len(asked.arms) >= 2
    assert asked.title
    assert asked.description


def test_settings_hold_in_every_arm(tmp_path):
    path = tmp_path / "asked.toml"
    path.write_text(
        'arms = ["the_pyramid", "wirearchy"]\nreplicates = 7\n[set]\nsteps = 9\ndemand = { employee = 0.2 }\n'
    )
    asked = Question.load(str(path))
    assert asked.replicates == 7
    assert [arm.values["steps"] for arm in asked.arms] == [9, 9]
    assert [arm.values["demand"][0] for arm in asked.arms] == [0.2, 0.2]


def test_every_problem_is_named_with_its_line(tmp_path):
    found = problems_of(tmp_path, 'arms = ["the_pyramid"]\nreplicate = 3\nseed = -1\nworlds = true\ntitle = 4\n')
    assert [line for line, _ in sorted(found)] == [1, 2, 3, 4, 5]
    assert "did you mean replicates?" in dict(found)[2]


def test_an_unknown_arm_and_a_wrong_setting_are_named(tmp_path):
    assert "did you mean the_pyramid?" in problems_of(tmp_path, 'arms = ["the_piramid", "wirearchy"]\n')[0][1]
    line, message = problems_of(tmp_path, 'arms = ["the_pyramid", "wirearchy"]\n[set]\nimposed = 3\n')[0]
    assert (line, "must be 0 to 1" in message) == (3, True)
