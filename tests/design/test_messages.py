from pathlib import Path

import pytest

from engagesim import InputError
from engagesim.design.scenario import Scenario

from .conftest import Write, problems_of

BAD = [
    # text of the file, line, key, message
    ('titel = "x"', 1, "titel", "unknown key; did you mean title?"),
    ("title = 3", 1, "title = 3", "must be text"),
    ("\ncapture_share = 0.2", 2, "capture_share", "belongs in the table [value]"),
    ("value = 3", 1, "value = 3", "must be a table: [value]"),
    ("zzzzz = 3", 1, "zzzzz", "unknown key; engagesim show plain_organization prints every name"),
    ("[value]\n\ncaptur_share = 0.2", 3, "captur_share", "unknown key; did you mean capture_share?"),
    ("[norm]\nzz = 1", 2, "zz", "unknown key; valid: belief_update"),
    ("[value]\ndemand = 0.2", 2, "demand", "belongs in the table [asking], not in [value]"),
    ("[value]\ncapture_share = 1.4", 2, "capture_share = 1.4", "must be 0 to 1 (share)"),
    ("[value]\ncapture_share = nan", 2, "capture_share = nan", "must be finite, 0 to 1 (share)"),
    ("[value]\ncapture_share = -inf", 2, "capture_share = -inf", "must be finite, 0 to 1 (share)"),
    ("[value]\ncapture_share = true", 2, "capture_share = true", "must be a number, 0 to 1 (share)"),
    ('[value]\ncapture_share = "0.3"', 2, 'capture_share = "0.3"', "must be a number, 0 to 1 (share)"),
    ("[value]\ncapture_share = [0.3]", 2, "capture_share = [0.3]", "must be a number, 0 to 1 (share)"),
    ("[time]\nsteps = 5.0", 2, "steps = 5.0", "must be a whole number, 1 to 100000 (weeks)"),
    ("[time]\nsteps = true", 2, "steps = true", "must be a whole number, 1 to 100000 (weeks)"),
    ("[time]\nsteps = 0x" + "f" * 5000, 2, "steps = a number of more than 64 bits", "must be 1 to 100000 (weeks)"),
    ('[value]\nsharing_rule = "equel"', 2, 'sharing_rule = "equel"', "unknown sharing_rule; did you mean equal?"),
    ("[value]\nsharing_rule = 1", 2, "sharing_rule = 1", "must be text; valid: equal, none, ownership, proportional"),
    ('[structure]\nnetwork_file = "a\\u0000b"', 2, 'network_file = "a\\u0000b"', "must not hold a null character"),
    ("[asking]\ndemand = { employe = 0.3 }", 2, "demand.employe", "unknown role employe; did you mean employee?"),
    ("[asking.demand]\npartner = 0.3\ncustomer = 2", 3, "demand.customer = 2", "must be 0 to 1 (share of full effort)"),
    # bases
    ("[asking]\nimposed = { value = 0.3, whi = 'x' }", 2, "whi", "unknown key; did you mean why?"),
    ("[asking]\nimposed = { basis = 'ASSUMED' }", 2, "imposed", "lacks its value: { value = ..., basis = ... }"),
    ("[asking]\nimposed = { value = 1, unit = 'weeks' }", 2, 'unit = "weeks"', 'must be "share"'),
    ("[asking]\nimposed = { value = 1, basis = 'GUESSED' }", 2, 'basis = "GUESSED"',
     "unknown basis; valid: ASSUMED, DERIVED, REPORTED"),
    ("[asking]\nimposed = { value = 1, basis = 'REPORTED' }", 2, "imposed", "REPORTED needs a source"),
    ("[asking]\nimposed = { value = 1, why = 3 }", 2, "why = 3", "must be text"),
    ("[asking]\nimposed = { value = { value = 1 } }", 2, "imposed = {'value': 1}", "must be a number, 0 to 1 (share)"),
    # instruments
    ("[instruments]\nname = 'a'", 1, "instruments", "must be a list of tables: [[instruments]]"),
    ("instruments = [1]", 1, "instruments", "must be a list of tables: [[instruments]]"),
    ("\n[[instruments]]\nvalue = 1", 2, "name", "an instrument needs a name"),
    ("[[instruments]]\nname = 'My badge'", 2, 'name = "My badge"',
     "must be in snake_case: small letters, digits and underscores"),
    ("[[instruments]]\nname = 'demand'", 2, 'name = "demand"', "is the name of a parameter or group; choose another"),
    ("[[instruments]]\nname = 'a'\n[[instruments]]\nname = 'a'", 4, 'name = "a"', "stands twice in this file"),
    ("[[instruments]]\nname = 'a'\npreset = 'badge'", 3, 'preset = "badge"', "unknown preset; did you mean badges?"),
    ("[[instruments]]\nname = 'a'\nvalu = 1", 3, "valu", "unknown key; did you mean value?"),
    ("[[instruments]]\nname = 'a'\nvalue = 9", 3, "a.value = 9", "must be 0 to 5 (value)"),
    ("[[instruments]]\nname = 'a'\nremove = true", 2, "a", "no such instrument to remove"),
    ("[[instruments]]\nname = 'a'\nremove = false", 3, "remove = false", "must be true or left out"),
    ("[[instruments]]\nname = 'a'\ncontingency = 'rank'\ntop_share = 1.0", 1, "a",
     "contingency rank with top_share = 1: everybody wins; must be below 1"),
    ("[rewards]\nbudget = 0.1", 2, "budget",
     "there is no instrument to spend it on; add [[instruments]] or set budget = 0"),
    # schedule
    ("[[schedule]]\nat = 3\nuntl = 4\nset = { imposed = 1 }", 3, "untl", "unknown key; did you mean until?"),
    ("[[schedule]]\nset = { imposed = 1 }", 1, "at", "must be a whole number, 0 to 100000 (weeks)"),
    ("[[schedule]]\nat = -1\nset = { imposed = 1 }", 2, "at = -1", "must be a whole number, 0 to 100000 (weeks)"),
    ("[[schedule]]\nat = 3\nuntil = 3\nset = { imposed = 1 }", 3, "until = 3", "must be later than at = 3"),
    ("[[schedule]]\nat = 3", 1, "set", 'must say what changes: set = { capture_share = 0.2, "badges.value" = 0 }'),
    ("[[schedule]]\nat = 3\nset = { impose = 1 }", 3, "impose = 1", "unknown key; did you mean imposed?"),
    ("[[schedule]]\nat = 3\nset = { imposed = 7 }", 3, "imposed = 7", "must be 0 to 1 (share)"),
    ("[[schedule]]\nat = 3\nset = { steps = 7 }", 3, "steps = 7", "is fixed for a whole run and cannot be scheduled"),
    ("[[schedule]]\nat = 3\nset = { value.demand = 0 }", 3, "value.demand = 0", "belongs to group asking, not value"),
    ("[[schedule]]\nat = 3\nset = { imposed.employee = 0 }", 3, "imposed.employee = 0",
     "imposed is a single value and has no employee"),
    ("[[schedule]]\nat = 3\nuntil = 9\nset = { sharing_rule = 'none' }", 4, 'sharing_rule = "none"',
     "cannot glide from one choice to another; leave out until"),
    ("[[schedule]]\nat = 3\nset = { demand = 0, demand.employee = 1 }", None, "", "is not valid TOML"),
    ("[[schedule]]\nat = 3\nset = { demand = 0, 'demand.partner' = 1 }", 3, "demand.partner", "is set twice in week 3"),
    ("[[schedule]]\nat = 156\nset = { imposed = 1 }", 3, "imposed", "changes in week 156, after the run of 156 weeks"),
    ("[[instruments]]\nname = 'a'\n[[schedule]]\nat = 3\nset = { a.valu = 1 }", 5, "a.valu = 1",
     "unknown attribute of instrument a; did you mean value?"),
    # uncertainties
    ("[uncertainties]\nimposed = 1", 2, "imposed", "must be a range: { low = ..., high = ... }"),
    ("[uncertainties]\nimposed = { low = 1 }", 2, "imposed", "must be a range: { low = ..., high = ... }"),
    ("[uncertainties]\nimpose = { low = 0, high = 1 }", 2, "impose", "unknown key; did you mean imposed?"),
    ("[uncertainties]\nimposed = { low = 1, high = 1.0 }", 2, "imposed", "low = 1 must be below high = 1"),
    ("[uncertainties]\nimposed = { low = 0, high = 3 }", 2, "imposed = {'low': 0, 'high': 3}",
     "must be 0 to 1 (share)"),
    ("[uncertainties]\nform = { low = 0, high = 1 }", 2, "form = {'low': 0, 'high': 1}",
     "only numbers can be uncertain"),
    # values that do not fit together
    ("[value]\ncapture_share = 0.6\nown_share = 0.6", 2, "capture_share",
     "capture_share + own_share = 1.2 in week 0   must be at most 1"),
    ("[value]\ncapture_share = 0.4\n[[schedule]]\nat = 9\nset = { own_share = 0.8 }", 2, "capture_share",
     "capture_share + own_share = 1.2 in week 9   must be at most 1"),
    ("[cooperation]\nhump_share = 0.9", 2, "conditional_share",
     "conditional_share + free_rider_share + hump_share = 1.7   must be at most 1"),
    ("[structure]\nspan_of_control = 1", 2, "span_of_control", "must be at least 2, or 0 to derive it from the levels"),
    ("\n[structure]\nform = 'file'", 3, "network_file", "must name an edge list or GraphML file when form is file"),
    # files
    ("title = 'a'\n[value\n", 2, "", "is not valid TOML: Expected ']' at the end of a table declaration (column 7)"),
    ("title = 'a'\ntitle = 'b'\n", 2, "", "is not valid TOML: Cannot overwrite a value"),
    ("title = 'a'\nx = ", 2, "", "is not valid TOML: Invalid value"),
    ("x = " + "[" * 20000, None, "", "is nested too deeply"),
    ("x = " + "9" * 5000, None, "", "cannot be read: Exceeds the limit"),
    (b"title = 'a'\n\xff", 2, "", "is not UTF-8 text"),
    ("#" * 1_000_001, None, "", "cannot be read: it is larger than 1,000,000 bytes"),
    ("\nextends = 'plain_organisation'", 2, 'extends = "plain_organisation"',
     "no such file and no shipped name of scenarios; did you mean plain_organization?"),
    ("\nextends = 'other.toml'", 2, 'extends = "other.toml"', "there is no such file"),
    ("extends = 'mine.toml'", 1, "extends", "goes round in a circle: mine.toml -> mine.toml"),
    ("extends = './a\\u0000b'", 1, 'extends = "./a\\u0000b"', "there is no such file"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "key", "message"), BAD, ids=range(len(BAD)))
def test_a_mistake_is_named_with_its_line_and_what_would_be_valid(write: Write, text, line, key, message):
    path = write(text)
    (problem,) = problems_of(lambda: Scenario.load(path))
    assert problem.path == "mine.toml"
    assert problem.message.startswith(message)
    if message != "is not valid TOML":
        assert (problem.line, problem.key) == (line, key)


def test_all_problems_of_a_file_and_of_its_parents_come_at_once(write: Write):
    write("[value]\nown_share = 2\n", "base.toml")
    path = write("extends = 'base.toml'\n[value]\nx = 1\n[norm]\nbelief_update = 3\n[[schedule]]\nat = -2\nset = {}\n")
    found = [(p.path, p.line, p.key) for p in problems_of(lambda: Scenario.load(path))]
    assert found == [
        ("base.toml", 2, "own_share = 2"),
        ("mine.toml", 3, "x"),
        ("mine.toml", 5, "belief_update = 3"),
        ("mine.toml", 7, "at = -2"),
        ("mine.toml", 8, "set"),
    ]


def test_an_empty_file_is_no_scenario(write: Write):
    (problem,) = problems_of(lambda: Scenario.load(write("# nothing yet\n")))
    assert problem.message.startswith("is empty; a scenario says at least what it extends")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("the_pyramidd", "no such file and no shipped name of scenarios; did you mean the_pyramid?"),
        ("gone.toml", "cannot be read: there is no such file"),
        (".", "is a folder, and no shipped name of scenarios; engagesim list scenarios prints every name"),
        ("", "names nothing; engagesim list scenarios prints every name"),
        (
            "reward_schemes",
            "no such file and no shipped name of scenarios, but one of experiments: engagesim sweep runs it",
        ),
        ("./", "cannot be read: it is a folder"),
        ("x" * 5000 + ".toml", "cannot be read: File name too long"),
    ],
)
def test_names_that_lead_nowhere_say_so(name: str, message: str):
    (problem,) = problems_of(lambda: Scenario.load(name))
    assert problem.message.startswith(message)


@pytest.mark.parametrize("content", [b"from,to\na,b\n", b"PK\x03\x04\xff"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".txt"])
def test_a_table_in_place_of_a_scenario_is_told_where_it_belongs(tmp_path: Path, ending: str, content: bytes):
    path = tmp_path / f"edges{ending}"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        Scenario.load(path)
    assert "ties and rosters go to --network and --roster" in error.value.problems[0].message
