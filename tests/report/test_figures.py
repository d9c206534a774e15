from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

from engagesim import Scenario, compare, simulate
from engagesim.experiments.comparison import Study
from engagesim.report.course import FLOW, run_flow, study_flow
from engagesim.report.decision_figures import best_buy, over_time
from engagesim.report.figures import run_figures, study_figures
from engagesim.report.parts import told
from engagesim.report.style import COLOURS, Drawn, look, save, sheet, styled
from tests.small import SETS, small

SCHEDULE = """
extends = "badges_on_top"
title = "Costs $5 & <more>"
[[schedule]]
at = 5
set = { "badges.value" = 0.0, return_share = 0.2 }
[[schedule]]
at = 10
until = 15
set = { capture_share = 0.2 }
"""


def scheduled(folder: Path) -> Scenario:
    (folder / "withdrawn.toml").write_text(SCHEDULE)
    return Scenario.load(folder / "withdrawn.toml", SETS)


def texts(drawn: Drawn, folder: Path) -> str:
    return next(path for path in save(drawn, folder) if path.suffix == ".svg").read_text()


def test_the_same_study_gives_the_same_bytes_twice(study: Study, tmp_path: Path):
    settings = dict(mpl.rcParams)
    paths = [[p for d in study_figures(study) for p in save(d, tmp_path / turn)] for turn in ("a", "b")]
    assert [path.name for path in paths[0]] == [
        f"{name}.{end}" for name in ("wellbeing", "value_flow") for end in ("png", "svg")
    ]
    for first, second in zip(*paths, strict=True):
        assert first.stat().st_size > 5_000
        assert first.read_bytes() == second.read_bytes()
    assert dict(mpl.rcParams) == settings


def test_a_run_has_its_figures_with_changes_of_the_rules_marked(tmp_path: Path):
    figures = run_figures(simulate(scheduled(tmp_path)))
    assert [drawn.name for drawn in figures] == ["participation", "wellbeing", "value_flow"]
    text = texts(figures[0], tmp_path)
    assert "a: badges.value = 0 and 1 more" in text
    assert "b: capture_share glides to 0.2" in text
    assert "Costs $5 &amp; &lt;more&gt;" in text


def test_lines_show_the_weekly_means_and_bands_of_the_study(study: Study):
    panel = study_figures(study)[0].figure.axes[1]
    for line, name in zip(panel.get_lines(), study.names, strict=True):
        rows = study.weeks.query("arm == @name and group == 'everyone' and measure == 'exhaustion'")
        assert np.array_equal(line.get_ydata(), rows["mean"])
        assert line.get_label() == next(arm.title for arm in study.arms if arm.name == name)
    assert len(panel.collections) == 3
    assert len({ax.get_ylim() for ax in study_figures(study)[0].figure.axes}) == 1


def test_the_parts_of_value_add_up_to_what_is_created(study: Study):
    created = study.levels.query("measure == 'value_created' and window == 'whole' and group == 'everyone'")
    assert study_flow(study).sum(axis=1).to_numpy() == pytest.approx(created["mean"].to_numpy())
    run = simulate(small("badges_on_top"))
    parts = run_flow(run)
    weeks = run.weeks.query("group == 'everyone'")
    assert list(parts.columns) == list(FLOW)
    assert parts.sum(axis=1).iloc[0] == pytest.approx(weeks["value_created"].mean())


def test_every_figure_says_in_words_what_it_shows(study: Study):
    for drawn in study_figures(study):
        assert drawn.title in drawn.alt
        assert all(arm.title in drawn.alt for arm in study.arms[1:])
        assert any(character.isdigit() for character in drawn.alt)


def test_one_role_one_difference_and_few_replicates_can_be_drawn(tmp_path: Path):
    arms = [small(name, "customers=0", "partners=0") for name in ("the_suggestion_machine", "new_label_same_rules")]
    for drawn in study_figures(compare(arms, replicates=1)):
        assert all(path.stat().st_size > 2_000 for path in save(drawn, tmp_path))


def test_looks_differ_in_colour_and_in_line_and_do_not_repeat_soon():
    looks = [(look(i).colour, str(look(i).line), look(i).marker) for i in range(3 * len(COLOURS))]
    assert len(set(looks)) == len(looks)
    assert len({line for _, line, _ in looks[: len(COLOURS)]}) == len(COLOURS)


def test_long_titles_are_broken_and_none_runs_out_of_the_picture():
    title = "Participation rate, employees, last 25 %: difference from a design with many levers (one = 0.25, two = 3)"
    with styled():
        figure = sheet(6.0, 3.0, title, "basis")
        figure.subplots()
        figure.draw_without_rendering()
        box = figure._suptitle.get_window_extent()
        assert box.x1 <= figure.bbox.x1
        assert figure._suptitle.get_text().split() == title.split()
        assert figure.texts[1].get_window_extent().y1 < box.y1 - 2 * 11.5 * figure.dpi / 72


def test_the_course_tells_only_of_bands_and_lines_that_are_drawn(study: Study, worldly: Study):
    assert "band" not in below(over_time(told(study, "")))
    assert "thin grey" not in below(over_time(told(study, "")))
    assert "band: 5 % to 95 % of the worlds" in below(over_time(told(worldly, "")))


def test_no_scale_of_shares_goes_beyond_all(study: Study, monkeypatch: pytest.MonkeyPatch):
    everybody = told(study, "")
    tables = everybody.decision.tables
    monkeypatch.setitem(tables, "course", tables["course"].assign(mean=1.0))
    low, high = over_time(everybody).figure.axes[0].get_ylim()
    assert low < 100.0 <= high < 101.0


def below(drawn: Drawn) -> str:
    return " ".join(drawn.figure.axes[0].get_xlabel().split())


def test_a_design_has_one_look_in_all_figures_of_a_page(study: Study):
    found = told(study, "")
    with styled():
        panels = [over_time(found).figure.axes[0], best_buy(found, "point").figure.axes[0]]
    looks = [{line.get_label(): (line.get_color(), line.get_linestyle()) for line in p.get_lines()} for p in panels]
    for arm in study.arms:
        assert looks[0][arm.title] == looks[1][arm.title]
