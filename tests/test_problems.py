from engagesim.problems import InputError, Problem, nearest


def test_text_groups_by_file_and_aligns_lines():
    error = InputError(
        [
            Problem("a.toml", 4, "reward_schem", "unknown key; did you mean reward_scheme?"),
            Problem("b.csv", None, "", "is empty"),
            Problem("a.toml", 19, "span_of_control = 0", "must be 2 to 200 (members per manager)"),
        ]
    )
    assert str(error) == (
        "a.toml: 2 problems\n"
        "  line 4   reward_schem   unknown key; did you mean reward_scheme?\n"
        "  line 19  span_of_control = 0   must be 2 to 200 (members per manager)\n"
        "b.csv: 1 problem\n"
        "  is empty"
    )
    assert len(error.problems) == 3


def test_the_text_stops_after_twenty_problems_of_a_file():
    for count, more in ((20, []), (21, ["  and 1 more"]), (23, ["  and 3 more"])):
        lines = str(InputError(Problem("a.csv", n, "", "bad") for n in range(1, count + 1))).splitlines()
        assert lines[0] == f"a.csv: {count} problems"
        assert lines[20:] == ["  line 20  bad", *more]


def test_nearest_names_the_closest_or_else_all():
    assert nearest("reward_schem", ["span", "reward_scheme"]) == "; did you mean reward_scheme?"
    assert nearest("zzz", ["b", "a"]) == "; valid: a, b"
    assert nearest("zzz", []) == ""
