"""Claims as files: the shipped ones, and what is said of a broken one."""

from collections import defaultdict

import pytest

from engagesim.experiments.claims.reading import combinations_of, load_claim, shipped_claims
from engagesim.problems import InputError

from .small import TEXT, write

CLAIMS = {name: load_claim(path) for name, path in shipped_claims().items()}


def problems(folder, text):
    with pytest.raises(InputError) as caught:
        load_claim(write(folder, text))
    return caught.value.problems


def test_all_twenty_eight_claims_are_shipped_in_order():
    assert list(CLAIMS) == [*(f"H{i}" for i in range(1, 21)), *(f"R{i}" for i in range(1, 9))]
    assert {claim.kind for claim in CLAIMS.values()} == {"B", "E", "R"}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_a_shipped_claim_says_what_it_needs(claim):
    assert len(claim.quote.split()) <= 7
    assert claim.rivals
    assert claim.decomposition or len(claim.worlds) >= 10
    # Whose sign depends on parameters has a map; what is emergent names what should cause it.
    assert (claim.phase is not None) == (claim.kind == "R")
    assert claim.decomposition or claim.kind != "E" or any(test.ablation for test in claim.tests)


def test_one_outcome_has_one_smallest_difference_in_all_claims():
    sizes = defaultdict(set)
    for claim in CLAIMS.values():
        for test in claim.tested:
            plain = set(test.contrast.values()) <= {1, -1} and not test.constant and not test.why.startswith("A fifth")
            if plain and not claim.decomposition:
                role = test.outcome.group if test.outcome.measure == "effort" else ""
                sizes[test.outcome.measure, role].add(test.sesoi)
    assert {key: found for key, found in sizes.items() if len(found) > 1} == {}


def test_an_uncertainty_in_which_arms_differ_is_not_varied():
    assert "exit_hazard.employee" in CLAIMS["H16"].fixed
    assert "exit_hazard.employee" not in CLAIMS["H16"].worlds
    assert "steps" not in CLAIMS["H13"].worlds


def test_a_factorial_has_every_combination():
    found = combinations_of({"a": {"x": 1}, "b": {"y": 2}, "c": {"z": 3}})
    assert list(found) == ["none", "a", "b", "c", "a+b", "a+c", "b+c", "a+b+c"]
    assert found["a+c"] == {"x": 1, "z": 3}
    assert len([arm for arm in CLAIMS["H12"].arms if arm not in ("committee", "whole_room")]) == 16


def test_a_digest_follows_everything_but_notes(tmp_path):
    one = load_claim(write(tmp_path)).digest
    assert load_claim(write(tmp_path, TEXT.replace("[set]", 'notes = ["A note."]\n[set]'))).digest == one
    assert load_claim(write(tmp_path, TEXT.replace("sesoi = 0.05", "sesoi = 0.04"))).digest != one
    assert load_claim(write(tmp_path, TEXT.replace("employee = 0.8", "employee = 0.7"))).digest != one


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('class = "E"', 'class = "X"', "class", "must be one of B, E, R"),
        ('quote = "ask"\n', "", "quote", "is missing"),
        ('claim = "Who', 'clam = "x"\nclaim = "Who', "clam", "did you mean claim?"),
        ('outcome = "effort"', 'outcome = "efort"', "outcome", "did you mean effort?"),
        ('direction = "same"', 'direction = "sideways"', "direction", "must be one of up, down"),
        ("sesoi = 0.05", "sesoi = 0", "sesoi", "above 0"),
        ("much = 1, little = -1", "many = 1, little = -1", "many", "unknown arm"),
        ('scenario = "plain_organization"', 'scenario = "plain"', "plain", "no such file"),
        ("employee = 0.8 }", "employee = 8 }", "demand.employee", "must be 0 to 1"),
        ("set = { demand = 0.0 }", "set = { demnd = 0.0 }", "demnd", "unknown key"),
        ('test = "effort"', 'test = "efort"', "efort", "did you mean effort?"),
        ('key = "drain"', 'key = "drian"', "drian", "did you mean drain?"),
        ('id = "H1"', 'id = "a/b"', "id", "letters, digits"),
        ("[arms.little]", '[arms."too little"]', "too little", "letters, digits"),
        ('name = "customers"', 'name = "effort"', "effort", "is there twice"),
        ('group = "customer"', 'group = "customer"\nwindow = [5, 2]', "window", "first and last week"),
    ],
)
def test_a_problem_is_named_with_what_would_be_valid(tmp_path, old, new, key, message):
    assert old in TEXT
    found = problems(tmp_path, TEXT.replace(old, new))
    assert any(key in p.key and message in p.message for p in found), found
    assert all(p.path.endswith("claim.toml") for p in found)


def test_every_problem_of_a_shape_is_said_at_once_with_its_line(tmp_path):
    text = TEXT.replace('class = "E"', 'class = "X"').replace('quote = "ask"', "quote = 3")
    assert [(p.line, p.key) for p in problems(tmp_path, text)] == [(4, "class"), (6, "quote")]


def test_what_is_missing_at_the_top_hides_nothing_below(tmp_path):
    text = TEXT.replace('quote = "ask"\n', "").replace("sesoi = 0.05", "sesoi = 0").replace("much = 1,", "many = 1,")
    text = text.replace('scenario = "plain_organization"', 'scenario = "x"')
    assert {p.key for p in problems(tmp_path, text)} == {"quote", "sesoi", "many", "x"}


def test_a_file_of_another_kind_is_said_to_be_one(tmp_path):
    [problem] = problems(tmp_path, 'arms = ["the_pyramid"]\n')
    assert problem.message.startswith("is an experiment, not a claim: engagesim sweep runs it")
