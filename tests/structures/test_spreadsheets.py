"""Tables as spreadsheet programs save them are read, or it is said what to do there."""

from __future__ import annotations

from pathlib import Path

import pytest

from engagesim.problems import InputError
from engagesim.structures.files import left_out, read_network

from .cases import DEFAULTS

ROSTER = "id,role,reports_to,unit,level\nAnna Müller,employee,,Führung,0\nBob,employee,Anna Müller,Büro,1\n"
TIES = "from,to,weight\nAnna Müller,Cid Weiß,0.5\nBob,Cid Weiß,2\n"
ROSTER += "Cid Weiß,customer,,,\n"


def semicolons(text: str) -> str:
    """Semicolons between columns, and decimal commas, as in much of Europe."""
    return text.replace(",", ";").replace("0.5", "0,5").replace(";0\n", ";0,0\n")


READ = {
    "commas": lambda text: text.encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 with a mark": lambda text: text.encode("utf-16"),
    "UTF-16 of the other order": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "Unicode text of Excel": lambda text: text.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
    "tabs": lambda text: text.replace(",", "\t").replace("0.5", "0,5").encode(),
    "semicolons and decimal commas": lambda text: semicolons(text).encode(),
    "a line that tells Excel the separator": lambda text: ("sep=;\r\n" + semicolons(text)).encode(),
    "decimal comma in quotes": lambda text: text.replace("0.5", '"0,5"').encode(),
    "Windows lines": lambda text: text.replace("\n", "\r\n").encode(),
    "old Mac lines": lambda text: text.replace("\n", "\r").encode(),
    "blank last lines": lambda text: (text + "\n  \n,,,,\n" + ",,\n").encode(),
    "no end of the last line": lambda text: text.rstrip().encode(),
    "blanks around names": lambda text: text.replace(",", " , ").replace("Bob", "\u00a0Bob").encode(),
    "an empty last column": lambda text: text.replace("\n", ",\n").encode(),
    "dots of letters apart": lambda text: text.replace("ü", "u\u0308").encode(),
    "capital names of columns": lambda text: text.replace("id,role", "ID,Role").replace("from", "From").encode(),
}
"""Ways to save a table."""


def network_of(folder: Path, ties: bytes, roster: bytes):
    (folder / "edges.csv").write_bytes(ties)
    (folder / "roster.csv").write_bytes(roster)
    return read_network(folder / "edges.csv", folder / "roster.csv", DEFAULTS)


@pytest.mark.parametrize("way", READ)
def test_a_table_is_read_the_same_however_it_is_saved(tmp_path, way):
    network = network_of(tmp_path, READ[way](TIES), READ[way](ROSTER))
    assert network.labels == ("Anna Müller", "Bob", "Cid Weiß")
    assert network.level.tolist() == [0, 1, -1]
    assert sorted(set(network.strength.tolist())) == sorted({0.25, 1.0, DEFAULTS["strength_reporting"]})
    assert left_out(tmp_path / "edges.csv", tmp_path / "roster.csv") == []


REFUSED = {
    "Latin-1": (ROSTER.encode("latin-1"), 2, "Müller", "is not UTF-8"),
    "Windows-1252": (ROSTER.replace("Bob", "Bob–Ann").encode("cp1252"), 2, "Müller", "is not UTF-8"),
    "late in the file": (ROSTER.replace("ü", "u").encode("latin-1"), 4, "Weiß", "is not UTF-8"),
    "old Mac lines": (ROSTER.replace("ü", "u").replace("\n", "\r").encode("latin-1"), 4, "Weiß", "is not UTF-8"),
    "UTF-16 without a mark": (ROSTER.replace("ü", "u").encode("utf-16-le"), 1, "", "NUL byte"),
    "xlsx": (b"PK\x03\x04\x14\x00\x06\x00\x08", None, "", "is a workbook"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", None, "", "is a workbook"),
}


@pytest.mark.parametrize("way", REFUSED)
def test_what_cannot_be_read_names_line_and_word_and_says_what_to_do(tmp_path, way):
    roster, line, word, words = REFUSED[way]
    with pytest.raises(InputError) as caught:
        network_of(tmp_path, TIES.encode(), roster)
    (problem,) = caught.value.problems
    assert (problem.line, problem.key) == (line, word)
    assert words in problem.message
    assert 'in Excel as "CSV UTF-8 (Comma delimited)"' in problem.message


def test_a_decimal_comma_between_commas_says_what_to_do(tmp_path):
    with pytest.raises(InputError) as caught:
        network_of(tmp_path, TIES.replace("0.5", "0,5").encode(), ROSTER.encode())
    (problem,) = caught.value.problems
    assert problem.line == 2
    assert "in quotes, or save with semicolons" in problem.message
