import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagesim.design.catalogue import BY_NAME, WIDTH
from engagesim.design.files import shipped
from engagesim.design.scenario import Scenario
from engagesim.design.writing import literal
from engagesim.parameter import ROLES, Parameter
from engagesim.problems import InputError

from .conftest import Write

FREE = sorted(
    name
    for name, p in BY_NAME.items()
    if p.kind != "text" and p.group not in ("structure", "population", "time") and not name.endswith("_share")
)
BUDGETED = "thank_you_and_training"


def one(parameter: Parameter) -> st.SearchStrategy[float | int | str]:
    if parameter.kind == "choice":
        return st.sampled_from(parameter.choices)
    if parameter.kind == "integer":
        return st.integers(int(parameter.low), int(parameter.high))
    return st.floats(parameter.low, parameter.high)


def value(parameter: Parameter) -> st.SearchStrategy[object]:
    if not parameter.per_role:
        return one(parameter)
    return st.dictionaries(st.sampled_from(ROLES), one(parameter), min_size=1) | one(parameter)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_valid_settings_load_and_survive_writing(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    names = data.draw(st.lists(st.sampled_from(FREE), unique=True, max_size=6))
    scenario = Scenario.load(BUDGETED).changed(**{name: data.draw(value(BY_NAME[name])) for name in names})
    path = tmp_path_factory.mktemp("written") / "again.toml"
    path.write_text(scenario.to_toml())
    again = Scenario.load(path)
    assert (again.values, again.digest) == (scenario.values, scenario.digest)
    assert again.levers().values.shape == (156, WIDTH)


@given(st.text())
def test_any_text_survives_writing(text: str):
    assert tomllib.loads(f"{literal(text)} = {literal(text)}") == {text: text}


def mutated(text: bytes, other: bytes, dice: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    for _ in range(dice.randint(1, 4)):
        kind, at = dice.randrange(5), dice.randrange(len(lines))
        if kind == 0 and lines[at]:
            spot = dice.randrange(len(lines[at]))
            lines[at] = lines[at][:spot] + bytes([lines[at][spot] ^ (1 << dice.randrange(8))]) + lines[at][spot + 1 :]
        elif kind == 1 and len(lines) > 1:
            del lines[at]
        elif kind == 2:
            key, _, rest = lines[at].partition(b"=")
            stranger = dice.choice([b" nan", b" -1", b" true", b" []", b" {}", b' ""', b" 1e400", b" 1979-05-27", rest])
            lines[at] = key + b"=" + stranger + b"\n"
        elif kind == 3:
            lines.insert(at, dice.choice(other.splitlines(keepends=True)))
        else:
            lines[at] = lines[at] * 2
    return b"".join(lines)


RICH = b"""
extends = "badges_on_top"
[[instruments]]
name = "badges"
value = { value = 0.03, unit = "value", basis = "ASSUMED", why = "x" }
[[instruments]]
name = "cup"
preset = "leaderboard"
[[schedule]]
at = 52
until = 78
set = { capture_share = 0.2, "badges.value" = 0.0, demand = { employee = 0.3 } }
[uncertainties]
demand.employee = { low = 0.0, high = 0.2 }
[structure]
form = "file"
network_file = "edges.csv"
"""


def loaded_or_refused(path: Path) -> bool:
    try:
        return Scenario.load(path).levers().values.shape[1] == WIDTH
    except InputError as error:
        return all(problem.message for problem in error.problems) and bool(error.problems)


@pytest.mark.parametrize("seed", range(80))
def test_a_damaged_file_gives_a_scenario_or_problems_and_nothing_else(write: Write, seed: int):
    dice = random.Random(seed)
    texts = [RICH, *(Path(path).read_bytes() for path in shipped("scenarios").values())]
    path = write(mutated(dice.choice(texts), dice.choice(texts), dice))
    write("a,b\n", "edges.csv")
    assert loaded_or_refused(path)
