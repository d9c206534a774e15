"""A sweep in words: the best comes first, in tables, figures and sentences."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from engagesim.experiments.question.columns import Column
from engagesim.report.sweep_words import SHOWN, best_first, page_table, sentences

TRUST, EXITS = Column("trust", "late"), Column("exits", "whole")
POLICIES = [f"p{k:02}" for k in range(SHOWN + 5)]


def differences(main: Column, mean: list[float], half: float = 0.01, n: int = 10) -> pd.DataFrame:
    frame = pd.DataFrame({"outcome": main.name, "policy": POLICIES[: len(mean)], "mean": mean})
    return frame.assign(
        low_all=frame["mean"] - half, high_all=frame["mean"] + half, n=n, equivalence=0.5, needed=2.0
    )  # fmt: skip


def found(main: Column, frame: pd.DataFrame) -> Any:
    nothing = pd.DataFrame()
    return SimpleNamespace(
        rankings=nothing, drivers=nothing, boxes=[], differences=frame, main=main,
        question=SimpleNamespace(matters={main.measure: 0.05}), layout=SimpleNamespace(names=["base"]),
    )  # fmt: skip


@pytest.mark.parametrize(("main", "best"), [(TRUST, POLICIES[-1]), (EXITS, POLICIES[0])])
def test_the_best_policy_is_on_the_page_however_many_there_are(main: Column, best: str):
    frame = differences(main, [k / 100 for k in range(len(POLICIES))])
    other = frame.assign(outcome="effort_late")
    table = page_table("differences", pd.concat([other, frame]), main)
    assert table["rows"][0][:2] == [(main.name, True), (best, True)]
    assert len(table["rows"]) == SHOWN
    assert f"{len(frame) * 2 - SHOWN} more rows" in table["more"]


def test_rankings_regrets_and_fronts_begin_with_the_best():
    rankings = pd.DataFrame({"outcome": TRUST.name, "policy": ["a", "b"], "expected_loss": [0.2, 0.1]})
    regrets = pd.DataFrame({"outcome": TRUST.name, "policy": ["a", "b"], "max_regret": [0.3, 0.0]})
    front = pd.DataFrame({"policy": ["a", "b", "c"], TRUST.name: [0.1, 0.9, 0.5], "unbeaten": [True, False, True]})
    assert list(best_first("rankings", rankings, TRUST)["policy"]) == ["b", "a"]
    assert list(best_first("regrets", regrets, TRUST)["policy"]) == ["b", "a"]
    assert list(best_first("front", front, TRUST)["policy"]) == ["c", "a", "b"]


def test_of_many_differences_the_best_and_the_worst_are_told_and_how_many_there_are():
    told = sentences(found(TRUST, differences(TRUST, [k / 100 for k in range(9)])))
    assert [line.partition(" ")[0] for line in told] == ["p08", "p07", "p06", "p02", "p01", "p00", "These"]
    assert "3 best and the 3 worst of 9 policies beside base" in told[-1]


def test_the_pairs_that_would_tell_are_more_than_those_that_did_not():
    [line] = sentences(found(TRUST, differences(TRUST, [0.036], half=0.055)))
    assert line.endswith("cannot be told apart; about 13 pairs would narrow it to +-0.050.")
    [few] = sentences(found(TRUST, differences(TRUST, [0.036], n=3)))
    assert few.endswith("too few pairs to tell (at least 6 are needed).")
