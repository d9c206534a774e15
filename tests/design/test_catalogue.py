import math

import pytest

from engagesim.design.catalogue import BY_NAME, GROUPS, LEVERS, PARAMETERS, WIDTH, parameter, slot
from engagesim.design.checks import scalar
from engagesim.parameter import ROLES, Parameter
from engagesim.rules.rewards import INSTRUMENT, INSTRUMENT_PRESETS

EACH = pytest.mark.parametrize("declared", [*PARAMETERS, *INSTRUMENT], ids=lambda p: f"{p.group}.{p.name}")


def test_names_are_unique_and_differ_from_groups_and_roles():
    assert len(BY_NAME) == len(PARAMETERS)
    assert not {*GROUPS, *ROLES} & {*BY_NAME}


@EACH
def test_default_is_a_valid_value(declared: Parameter):
    parts = declared.default if declared.per_role else (declared.default,)
    assert len(parts) == declared.width
    assert tuple(scalar(declared, part) for part in parts) == parts
    if declared.kind in ("number", "integer"):
        assert declared.low < declared.high < math.inf
        assert all(declared.low <= part <= declared.high for part in parts)
        assert declared.kind == "number" or all(isinstance(part, int) for part in parts)


@EACH
def test_every_value_says_what_it_means_and_on_what_it_rests(declared: Parameter):
    assert declared.meaning.endswith(".")
    assert declared.group
    assert declared.why or declared.kind == "text"
    assert declared.unit or declared.kind in ("choice", "text")
    assert declared.basis in ("REPORTED", "DERIVED", "ASSUMED")
    assert declared.source or declared.basis == "ASSUMED"


@EACH
def test_a_choice_is_no_share(declared: Parameter):
    assert declared.kind != "choice" or declared.unit != "share"


def test_slots_cover_the_lever_vector_without_overlap():
    taken = [slot(lever.name) + k for lever in LEVERS for k in range(lever.width)]
    assert sorted(taken) == list(range(WIDTH))
    assert not any(p.static for p in LEVERS)


def test_parameters_are_found_alone_and_by_group():
    assert parameter("value.capture_share") is parameter("capture_share")
    for wrong in ("asking.capture_share", "capture", "value."):
        with pytest.raises(KeyError):
            parameter(wrong)
    with pytest.raises(KeyError):
        slot("steps")


@pytest.mark.parametrize("preset", INSTRUMENT_PRESETS)
def test_instrument_presets_hold_valid_attributes(preset: str):
    attributes = {p.name: p for p in INSTRUMENT}
    for name, value in INSTRUMENT_PRESETS[preset].items():
        assert scalar(attributes[name], value) == value
