import tomllib
from typing import Any

from engagesim.design.files import shipped
from engagesim.design.lines import Where, key_lines, line_of

TEXT = '''# comment with [brackets] = "and quotes
title = "one"
description = """
[not.a.table]
key = "not a key"
quotes "" inside and one more at the end""""
literal = \'\'\'
  x = 1 \\ \'\'\'
when = 1979-05-27 07:32:00  # a date with a space

[ value . "quoted.key" ]
a.b."c d" = 1
"e\\u0041" = { f = 1, g = [ 1,
  { h = 2 },   # ] in a comment
  "]",
] }

[[list]]
x = 1
[list.sub]
y = 2
[[list.inner]]
z = 3

[[list]]
x = 4
[[list.inner]]
z = 5
w={v=[1,{u=2}],t=3}
'''


def paths(data: Any, where: Where = ()) -> list[Where]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [*([where] if where else []), *(p for key, value in inner for p in paths(value, (*where, key)))]


def test_every_key_has_the_line_in_which_it_stands():
    lines = key_lines(TEXT)
    expected = {
        ("title",): 2, ("description",): 3, ("literal",): 7, ("when",): 9,
        ("value",): 11, ("value", "quoted.key"): 11, ("value", "quoted.key", "a", "b", "c d"): 12,
        ("value", "quoted.key", "eA"): 13, ("value", "quoted.key", "eA", "g", 1, "h"): 14,
        ("value", "quoted.key", "eA", "g", 2): 15,
        ("list", 0): 18, ("list", 0, "sub", "y"): 21, ("list", 0, "inner", 0, "z"): 23,
        ("list", 1): 25, ("list", 1, "x"): 26, ("list", 1, "inner", 0): 27, ("list", 1, "inner", 0, "z"): 28,
    }  # fmt: skip
    assert {where: lines[where] for where in expected} == expected


def test_no_key_of_the_parsed_document_is_missed_and_none_is_invented():
    for text in (TEXT, TEXT.replace("\n", "\r\n"), *(path.read_text() for path in shipped("scenarios").values())):
        assert set(key_lines(text)) == set(paths(tomllib.loads(text)))


def test_a_missing_key_is_placed_where_its_table_stands():
    lines = key_lines(TEXT)
    assert line_of(lines, ("list", 1, "absent")) == 25
    assert line_of(lines, ("value", "absent")) == 11
    assert line_of(lines, ("title",)) == 2
    assert line_of(lines, ("absent",)) is None
