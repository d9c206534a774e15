import dis
import math

import pytest

from engagesim.rule import RULES
from engagesim.rules import MECHANISMS
from engagesim.steps import STEPS

EVERY_MECHANISM = pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda m: m.name)


@EVERY_MECHANISM
def test_a_mechanism_can_be_switched_off_by_its_own_parameters(mechanism):
    own = {p.name: p for p in mechanism.parameters}
    assert mechanism.strength
    for name in mechanism.strength:
        assert own[name].kind == "number"
        assert own[name].low == 0
        assert not own[name].static


@EVERY_MECHANISM
def test_a_mechanism_has_a_known_answer_and_a_source(mechanism):
    assert mechanism.known_answer.endswith(".")
    assert mechanism.source
    assert mechanism.title


@EVERY_MECHANISM
def test_a_mechanism_belongs_to_a_step_of_the_week(mechanism):
    (step,) = [step for step in STEPS if step.name == mechanism.step]
    assert mechanism.code in step.mechanisms


def test_codes_and_names_of_mechanisms_are_unique():
    assert len({m.code for m in MECHANISMS}) == len({m.name for m in MECHANISMS}) == len(MECHANISMS)
    assert {code for step in STEPS for code in step.mechanisms} == {m.code for m in MECHANISMS}


@pytest.mark.parametrize("function", RULES, ids=lambda f: f.__name__)
def test_a_rule_says_what_it_computes_and_uses_no_power_and_no_library_function_of_unsure_bits(function):
    allowed = {"sqrt", "floor", "ldexp", "frexp"}
    assert {name for name in function.__code__.co_names if name in dir(math)} <= allowed
    assert function.__doc__ or function.__name__.startswith("_")
    powers = [i for i in dis.get_instructions(function) if i.opname == "BINARY_OP" and "**" in i.argrepr]
    assert powers == []
