"""The one-page report, read back: every number stands in the store, and follows from the cases kept there."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engagesim import compare
from engagesim.design.catalogue import PARAMETERS
from engagesim.experiments.choice.aim import Aim
from engagesim.experiments.choice.cases import KEPT, TOLD
from engagesim.experiments.choice.deciding import decide
from engagesim.experiments.choice.scorecard import LEAST
from engagesim.experiments.comparison import Study
from engagesim.report.cells import HOW, KEYS, plain
from engagesim.report.folder import write_report
from engagesim.report.parts import told
from engagesim.report.sections import costs, regret, worth
from engagesim.report.sections.answer import in_words
from tests.small import small

SECTIONS = (
    "answer", "scorecard", "winners", "course", "costs", "worth", "best", "regret", "pareto", "dependence",
    "withdrawal", "assumptions", "limits", "reproduce",
)  # fmt: skip
STATED = {"assumptions", "limits", "reproduce", "designs"}
"""Sections whose numbers are those of the designs, not of outcomes."""


class Page(HTMLParser):
    """What a page says: its numbers with their places, and its text outside of them, by section."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.numbers: list[tuple[dict[str, str], str]] = []
        self.words: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.section, self.inside, self.number = "", [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        if tag == "section":
            self.section = found["id"]
        if tag in ("svg", "style", "pre"):
            self.inside.append(tag)
        if tag == "data":
            self.number = found

    def handle_endtag(self, tag):
        if tag in ("svg", "style", "pre"):
            self.inside.pop()
        if tag == "data":
            self.number = None

    def handle_data(self, text):
        if self.number is not None:
            self.numbers.append((self.number, text))
        elif not self.inside:
            self.words.setdefault(self.section, []).append(text)


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / "report.html").read_text())


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(folder / f"decision_{name}.parquet") for name in KEYS}


def test_every_number_of_the_page_is_the_stores(page: Page, tables: dict[str, pd.DataFrame]):
    assert len(page.numbers) > 300
    for found, text in page.numbers:
        table, key, column = found["data-of"].split("|")
        wanted = dict(zip(KEYS[table], key.split(",", len(KEYS[table]) - 1), strict=True))
        frame = tables[table]
        (stored,) = frame.loc[np.logical_and.reduce([frame[k].astype(str) == v for k, v in wanted.items()]), column]
        assert float(found["value"]) == float(stored), found
        assert text == HOW[found["data-how"]](float(stored))


def test_no_number_of_the_findings_stands_outside(page: Page):
    """Decimals and per cents in sentences and tables are read-back numbers; what is typed is the windows' lengths."""
    for name in set(SECTIONS) - STATED:
        text = re.sub(r"(95|25|15|5) %|\b2\.0 points", "", " ".join(page.words[name]))
        assert re.findall(r"\d+\.\d+|\d+ %", text) == [], name


def test_every_table_has_numbers_of_its_own_on_the_page(page: Page, tables: dict[str, pd.DataFrame]):
    shown = {found["data-of"].split("|")[0] for found, _ in page.numbers}
    assert shown >= {name for name, frame in tables.items() if len(frame) and name != "course"}
    assert [i for i in page.ids if i in SECTIONS] == list(SECTIONS)
    assert len(page.ids) == len(set(page.ids))


def cases_of(folder: Path, window: str = "late", group: str = "everyone") -> pd.DataFrame:
    """Means over replicates by world, one column per design and outcome, straight from the stored cases."""
    cases = pd.read_parquet(folder / "outcomes.parquet").query("window == @window and group == @group")
    return cases.groupby(["world", "arm"])[list(KEPT)].mean().unstack("arm")


def test_the_tables_follow_from_the_stored_cases(folder: Path, worldly: Study, tables: dict[str, pd.DataFrame]):
    late, first = cases_of(folder), worldly.names[0]
    ranking = tables["ranking"].set_index("arm")
    levels = late["participation"]
    assert ranking["level"].to_dict() == pytest.approx(levels.mean().to_dict())
    assert ranking["behind"].to_dict() == pytest.approx((levels.mean().max() - levels.mean()).to_dict())
    regrets = levels.rsub(levels.max(axis=1), axis=0)
    assert ranking["regret_mean"].to_dict() == pytest.approx(regrets.mean().to_dict())
    assert ranking["regret_max"].to_dict() == pytest.approx(regrets.max().to_dict())
    for row in tables["scorecard"].query("window == 'early' and group == 'employee'").to_dict("records"):
        values = cases_of(folder, "early", "employee")[row["measure"]]
        assert row["mean"] == pytest.approx((values[row["arm"]] - values[first]).mean(), abs=1e-12)
        assert row["n"] == 40
    whole = cases_of(folder, "whole")
    paid = pd.read_parquet(folder / "outcomes.parquet").query("window == 'whole' and group == 'everyone'")
    paid = paid.assign(outlay=paid["reward_cost"] + paid["signal_cost"] + paid["value_shared"] / paid["active_members"])
    outlay = paid.groupby(["world", "arm"])["outlay"].mean().unstack().mean()
    assert tables["costs"].set_index("arm")["outlay"].to_dict() == pytest.approx(outlay.to_dict())
    assert tables["costs"].set_index("arm")["rewards"].to_dict() == pytest.approx(whole["reward_cost"].mean().to_dict())
    assert tables["costs"]["effect"].tolist() == pytest.approx(
        [levels[a].mean() - levels[first].mean() for a in worldly.names]
    )


def test_withdrawal_and_people_follow_from_the_stored_cases(
    folder: Path, worldly: Study, tables: dict[str, pd.DataFrame]
):
    gone = pd.read_parquet(folder / "outcomes_withdrawn.parquet").query("window == 'late' and group == 'everyone'")
    kept = pd.read_parquet(folder / "outcomes.parquet").query(
        "window == 'late' and group == 'everyone' and replicate == 0"
    )
    by_world = gone.set_index(["arm", "world"])["participation"]
    own = kept.set_index(["arm", "world"])["participation"]
    for row in tables["withdrawal"].to_dict("records"):
        assert row["after"] == pytest.approx((by_world[row["arm"]] - own[worldly.names[0]]).mean())
        assert row["lost"] == pytest.approx((by_world[row["arm"]] - own[row["arm"]]).mean())
    people = pd.read_parquet(folder / "people.parquet")
    for row in tables["fates"].to_dict("records"):
        mine = people[(people["arm"] == row["arm"]) & (people["band"] == row["band"])]
        assert row["better"] == pytest.approx(mine["better"].sum() / mine["members"].sum())
        assert row["members"] == pytest.approx(mine["members"].mean())
        shares = [row[k] for k in ("better", "worse", "same", "left_here", "left_baseline", "left_both")]
        assert sum(shares) == pytest.approx(1.0)


def test_the_same_study_gives_the_same_page_and_figures_twice(folder: Path, worldly: Study, tmp_path: Path):
    write_report(tmp_path, worldly, "engagesim compare 'a <b>'", digest="0123456789abcdef0123")
    for path in [Path("report.html"), *(p.relative_to(folder) for p in folder.rglob("*.svg"))]:
        assert (tmp_path / path).read_bytes() == (folder / path).read_bytes()


def test_the_page_asks_nothing_of_the_network_and_escapes_what_was_typed(folder: Path):
    text = (folder / "report.html").read_text()
    assert "a &lt;b&gt;" in text
    assert not re.search(r"(src|href)=\"(?!#)", text)
    assert "<script" not in text
    readme = (folder / "README.md").read_text()
    for said in ("Not for judging, scoring or ranking real people", "Not a forecast for any real firm"):
        assert said in text
        assert said in readme


def test_every_figure_says_in_words_what_it_shows(folder: Path, worldly: Study):
    text = (folder / "report.html").read_text()
    alts = re.findall(r'role="img" aria-label="([^"]+)"', text)
    assert len(alts) == text.count("<svg") >= 9
    assert all(any(arm.title in alt for arm in worldly.arms) and len(alt) > 60 for alt in alts)
    assert "thin grey lines" not in text, "all four designs have names in the legends"


def test_the_answer_is_two_sentences_that_say_how_sure_it_is(worldly: Study, study: Study):
    for found in (worldly, study):
        sentences = in_words(told(found, ""))
        assert len(sentences) == 2
        best = next(a.title for a in found.arms if a.name == found.names[found.decision.best])
        place = "first" if found.decision.tied else "best"
        assert sentences[0].startswith(f"{best} comes out {place}")
        assert ("it is surely ahead of every other" in sentences[0]) == (not found.decision.tied)
        assert ("cannot be told apart" in sentences[0]) == bool(found.decision.tied)


def test_designs_that_are_one_cannot_be_told_apart_by_any_number_of_replicates():
    twins = compare([small("the_suggestion_machine"), small("new_label_same_rules")], replicates=6)
    first, _ = in_words(told(twins, ""))
    assert "cannot be told apart" in first
    assert "no affordable number of replicates" in first


def test_too_few_replicates_are_certain_of_nothing():
    pair = [small("the_suggestion_machine"), small("neighbours_helping_neighbours")]
    study = compare(pair, replicates=5)
    few = study.decision
    assert few.tied
    assert (few.tables["scorecard"]["side"] == 0).all()


def test_how_many_more_would_tell_is_said_in_the_right_number():
    study = compare([small("the_suggestion_machine"), small("neighbours_helping_neighbours")], replicates=6)
    assert study.decision
    study = replace(study, decision=replace(study.decision, tied=(1,)))
    for more, words in ((1.0, "about 1 more replicate would"), (2.0, "about 2 more replicates would")):
        study.decision.tables["ranking"]["more"] = more
        assert words in in_words(told(study, ""))[0]


def test_too_few_replicates_say_so_in_the_answer():
    pair = [small("the_suggestion_machine"), small("neighbours_helping_neighbours")]
    few, enough = (in_words(told(compare(pair, replicates=n), ""))[0] for n in (5, 6))
    assert "5 replicates are too few to tell it apart from any other: at least 6 are needed" in few
    assert "too few" not in enough


@pytest.fixture(scope="module")
def tired(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The page of a comparison whose goal is that people are less exhausted."""
    names = ("the_suggestion_machine", "neighbours_helping_neighbours", "badges_on_top")
    aim = Aim("exhaustion", matters=0.01)
    place = tmp_path_factory.mktemp("tired")
    write_report(place, compare([small(name) for name in names], replicates=8, aim=aim), "engagesim compare")
    return Page((place / "report.html").read_text())


def test_the_page_speaks_of_its_own_goal(tired: Page, page: Page):
    told_costs, several = (" ".join(tired.words[name]) for name in ("costs", "pareto"))
    assert "participant" not in told_costs
    assert "cost per point of gain" in told_costs
    assert "exhaustion, cost." in several
    assert "exhaustion, exhaustion" not in several
    assert "cost of one lasting participant" in " ".join(page.words["costs"])


def test_a_cost_per_gain_in_points_is_told_per_point(study: Study):
    felt = decide(study.decision.cases, Aim("felt_extraction"), 0)
    (table,) = (p for p in costs.section(told(replace(study, decision=felt), "")).parts if p.kind == "table")
    at = table.header.index("cost per point of gain")
    told_of = {row[0]: row[at] for row in table.rows}
    row = felt.tables["costs"].set_index("arm").loc["badges_on_top"]
    assert float(told_of["Badges on top"].text) == pytest.approx(row["extra"] / row["effect"] / 100.0, rel=0.01)


def test_the_page_counts_what_its_values_rest_on(tired: Page):
    counted = re.search(r"Of the (\d+) values of .+?, (\d+) are REPORTED, (\d+) are DERIVED, (\d+) are ASSUMED, (\d+)",
                        " ".join(tired.words["assumptions"]))  # fmt: skip
    every, *parts = map(int, counted.groups())
    assert every == len(PARAMETERS) == sum(parts)


def test_withdrawal_says_which_runs_were_made_again(page: Page, tired: Page):
    assert "the first run of 2 in each world was made again" in " ".join(page.words["withdrawal"])
    assert "was made again" not in " ".join(tired.words["withdrawal"])


def test_designs_that_are_never_good_enough_are_told_in_one_sentence(worldly: Study):
    rows = [{"arm": arm, "share": i / 3.0, "parameter": ""} for i, arm in enumerate(worldly.names)]
    numbers = {"low": np.nan, "high": np.nan, "density": np.nan, "coverage": np.nan, "elsewhere": np.nan}
    frame = pd.DataFrame([{**row, **numbers} for row in (*rows[:2], *({**r, "share": 1.0} for r in rows[2:]))])
    tables = {**worldly.decision.tables, "shortfalls": frame}
    (*_, items) = regret.section(told(replace(worldly, decision=replace(worldly.decision, tables=tables)), "")).parts
    said = [plain(item) for item in items.items]
    assert len(said) == 3
    assert [s for s in said if s.endswith("good enough in no world.")] == [s for s in said if " and " in s]
    assert not any("100 %" in s for s in said)


def test_the_table_of_worth_has_the_values_where_the_choice_turns(worldly: Study):
    at = {row[0].of.split("|")[1] for row in worth.section(told(worldly, "")).parts[1].rows}
    frame = worldly.decision.tables["worth"]
    least = frame.loc[frame.groupby("at")["loss"].idxmin()].set_index("at")["arm"]
    turns = [int(i) for i in least.index[1:] if least[i] != least[i - 1]]
    assert turns, "a comparison in which nothing turns tries nothing"
    assert {text.split(",")[1] for text in at} == {str(i) for i in (*worth.SHOWN, *turns)}


def test_a_side_is_taken_only_where_the_interval_and_the_size_allow_it(worldly: Study):
    told_ = worldly.decision.tables["scorecard"]
    sure = told_[told_["side"] != 0]
    assert (sure["low"] * sure["high"] > 0.0).all()
    assert (sure["mean"].abs() > LEAST * sure["baseline"].abs()).all()
    assert (sure["side"] == np.sign(sure["mean"]) * sure["measure"].map(better)).all()


def test_what_is_certain_stays_so_with_twice_the_replicates(worldly: Study):
    arms = [small(name) for name in worldly.names]
    more = compare(arms, replicates=4, worlds=40, seed=11, aim=worldly.decision.aim).decision
    late = "window == 'late' and group == 'everyone'"
    before, after = (d.tables["scorecard"].query(late).set_index(["measure", "arm"]) for d in (worldly.decision, more))
    certain = before[before["side"] != 0].index
    assert len(certain) > 5
    turned = [key for key in certain if before.loc[key, "side"] * after.loc[key, "mean"] * better(key[0]) <= 0]
    assert turned == []
    lasting = worldly.decision.tables["ranking"].query("told_apart")["arm"]
    best = worldly.names[worldly.decision.best]
    level = more.tables["ranking"].set_index("arm")["level"]
    assert all(level[best] > level[arm] for arm in lasting)
    likely = worldly.decision.tables["ranking"].query("chance_mean > 0.95")["arm"].tolist()
    assert likely == [level.idxmax()][: len(likely)]


def better(measure: str) -> int:
    from engagesim.outcomes import BY_NAME

    return BY_NAME[measure].better


def test_a_world_without_anybody_is_left_out_and_said(tmp_path: Path):
    lonely = [
        small(name, "employees=3", "customers=0", "partners=0").changed(vacancy_weeks=30.0, exit_hazard=0.06)
        for name in ("the_suggestion_machine", "neighbours_helping_neighbours")
    ]
    found = compare(lonely, replicates=30)
    complete = found.decision.complete
    assert 0 < complete.sum() < 30
    write_report(tmp_path, found, "engagesim", figures=False)
    text = (tmp_path / "report.html").read_text()
    assert f"{30 - complete.sum()} of 30 replicates are left out" in text
    assert "<svg" not in text


def test_without_anybody_left_anywhere_the_page_says_so(tmp_path: Path):
    gone = [
        small(name, "employees=3", "customers=0", "partners=0").changed(vacancy_weeks=30.0, exit_hazard=0.1)
        for name in ("the_suggestion_machine", "neighbours_helping_neighbours")
    ]
    found = compare([d.changed(steps=60) for d in gone], replicates=2)
    assert found.decision.tables == {}
    write_report(tmp_path, found, "engagesim")
    assert "nothing can be compared" in (tmp_path / "report.html").read_text()


def test_outcomes_told_are_outcomes_kept():
    assert set(TOLD) <= set(KEPT)
