from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from engagesim.problems import InputError
from engagesim.structures.files import ignored_columns, read_network
from engagesim.structures.network import KINDS, Network
from engagesim.structures.shipped import SHIPPED
from engagesim.structures.streams import Stream

from .cases import DEFAULTS, GRAPHML, made, same, ties

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real networks (shared/data beside the project) are absent"
)


@pytest.fixture
def read(tmp_path):
    def read(edges, roster=None, suffix=".csv"):
        paths = [tmp_path / f"edges{suffix}", tmp_path / "roster.csv"]
        for path, text in zip(paths, (edges, roster), strict=True):
            if text is not None:
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_network(paths[0], None if roster is None else paths[1], DEFAULTS)

    return read


def problem_of(read, *files, **names):
    """The one problem with which reading ends."""
    with pytest.raises(InputError) as caught:
        read(*files, **names)
    (problem,) = caught.value.problems
    return problem


def labelled(network):
    return [(network.labels[a], network.labels[b]) for a, b in ties(network)]


@pytest.mark.parametrize("mark", [",", ";", "\t", " ", "   "])
@pytest.mark.parametrize("header", ["source,target", "From,To", "ego,alter", "sender,receiver", "a,b", None])
def test_any_usual_delimiter_and_header_is_read(read, mark, header):
    rows = ([header] if header else []) + ["x,y", "y,z", "z,x", "x,x", "y,x"]
    network = read("\n".join(rows).replace(",", mark))
    assert network.labels == ("x", "y", "z")
    assert ties(network) == [(0, 1), (0, 2), (1, 2)]
    assert set(network.strength) == {DEFAULTS["strength_lateral"]}


def test_headerless_numbers_with_byte_order_mark_comments_and_blank_lines(read):
    network = read(b"\xef\xbb\xbf# who mails whom, and how often; by week\r\n\r\n7 3\r\n3 9\r\n")
    assert labelled(network) == [("7", "3"), ("3", "9")]


def test_weights_are_scaled_by_the_largest_and_the_larger_direction_wins(read):
    network = read("source,target,weight\na,b,1\nb,a,4\nb,c,8\nc,d,0\nb,c,2\n")
    assert labelled(network) == [("a", "b"), ("b", "c")]
    assert network.labels[3] == "d"
    assert network.strength.tolist() == [0.5, 0.5, 1.0, 1.0]


def test_a_third_column_without_header_is_the_weight(read):
    assert read("1,2,3\n2,3,6\n").strength.tolist() == [0.5, 0.5, 1.0, 1.0]


def test_a_spreadsheet_with_semicolons_decimal_commas_mark_and_windows_lines_is_read(read):
    rows = "\r\n".join(("from;to;weight", "Müller;Özer;0,5", "Özer;Weiß;2", "Weiß;Müller;1,25", ""))
    network = read(b"\xef\xbb\xbf" + rows.encode())
    assert network.labels == ("Müller", "Özer", "Weiß")
    assert sorted(set(network.strength.tolist())) == [0.25, 0.625, 1.0]


def test_weights_of_zero_and_one_mean_tie_or_none(read):
    network = read("ego,alter,edge\n1,2,1\n2,3,0\n1,3,1\n")
    assert labelled(network) == [("1", "2"), ("1", "3")]
    assert set(network.strength) == {DEFAULTS["strength_lateral"]}


def test_kinds_come_from_their_column(read):
    network = read("source,target,type\na,b,team\nb,c,\nc,d,Account\n")
    assert [KINDS[k] for k in network.kind[network.start[:-1]]] == ["team", "team", "lateral", "account"]


def test_roster_gives_order_roles_units_places_levels_and_reporting_ties(read):
    network = read(
        "source,target\nc,b\n",
        "id,role,reports_to,dept,site,shoe\na,,,,north,41\nb,employee,a,sales,south,42\nc,customer,,,south,43\nd,Partner,,,,\n",
    )
    assert network.labels == ("a", "b", "c", "d")
    assert network.role.tolist() == [0, 0, 1, 2]
    assert network.manager.tolist() == [-1, 0, -1, -1]
    assert network.level.tolist() == [0, 1, -1, -1]
    assert network.unit.tolist() == [-1, 0, -1, -1]
    assert network.place.tolist() == [0, 1, 1, -1]
    assert [KINDS[k] for k in network.kind] == ["reporting", "reporting", "lateral", "lateral"]
    assert network.degree.tolist() == [1, 2, 1, 0]


@pytest.mark.parametrize("smallest", [0, 1, 7])
def test_given_levels_are_counted_from_the_smallest(read, smallest):
    roster = f"id,level\n1,{smallest}\n2,{smallest + 2}\n3,\n"
    assert read("1,2\n", roster).level.tolist() == [0, 2, -1]


def test_one_given_level_of_zero_is_given(read):
    assert read("1,2\n", "id,level,reports_to\n1,,\n2,0,1\n").level.tolist() == [-1, 0]


def test_without_levels_those_of_the_reporting_line_are_taken(read):
    rows = ("top,", "middle,top", "low,middle", "lowest,low", "alone,", "other,middle")
    network = read("top,alone\n", "\n".join(("id,reports_to", *rows)))
    assert network.level.tolist() == [0, 1, 2, 3, -1, 2]


def test_two_columns_of_numbers_are_id_and_unit(read):
    network = read("1 2\n", "1 7\n2 4\n3 7\n")
    assert network.unit.tolist() == [0, 1, 0]


def test_whoever_reports_to_a_row_with_a_problem_has_none_of_its_own(tmp_path):
    edges, roster = tmp_path / "edges.csv", tmp_path / "roster.csv"
    edges.write_text("from,to\nb,a\n")
    roster.write_text("id,role,reports_to\na,boss,\nb,,a\nc,,a\nd,,x\n")
    with pytest.raises(InputError) as error:
        read_network(edges, roster, DEFAULTS)
    assert [p.line for p in error.value.problems] == [2, 5]


def test_problems_come_in_the_order_of_the_lines(tmp_path):
    edges, roster = tmp_path / "edges.csv", tmp_path / "roster.csv"
    edges.write_text("from,to\na,x\na,\na,y\n")
    roster.write_text("id\na\nb\n")
    with pytest.raises(InputError) as error:
        read_network(edges, roster, DEFAULTS)
    assert [p.line for p in error.value.problems] == [2, 3, 4]


def test_graphml_gives_ties_kinds_roles_and_reporting_lines(read):
    network = read(GRAPHML, suffix=".graphml")
    assert labelled(network) == [("top", "low"), ("low", "out")]
    assert network.role.tolist() == [0, 0, 1]
    assert network.strength.tolist() == [0.4, 0.4, 1.0, 1.0]


BAD_EDGES = {
    "too few columns": ("source,target\na,b\na\n", 3, "has 1 columns; needs at least 2"),
    "no end": ("source,target\na,\n", 2, "lacks one end"),
    "NaN": ("a,b,weight\nx,y,nan\n", 2, "finite"),
    "infinite": ("a,b,weight\nx,y,1\nx,z,inf\n", 3, "finite"),
    "negative": ("a,b,weight\n\nx,y,-1\n", 3, "at least 0"),
    "word for weight": ("a,b,weight\nx,y,much\n", 2, "must be a number"),
    "thousands or decimals": ("a;b;weight\nx;y;1,500\n", 2, "such as 0.5 or 0,5"),
    "a roster": ("id,role,reports_to\na,employee,\nb,employee,a\n", 1, "is the header of a roster"),
    "a short roster": ("id,role\na,employee\nb,employee\n", 1, "is the header of a roster"),
    "one name of a roster": ("id,whom\n1,2\n", 1, "source,target"),
    "kind": ("a,b,kind\nx,y,reprting\n", 2, "did you mean reporting?"),
    "header": ("who,whom\n1,2\n", 1, "source,target"),
    "header above numbers and words": ("who,whom\n1,2\nx,y\n", 1, "source,target"),
    "NUL": ("1,2\n1,\0\n", 2, "NUL"),
    "not UTF-8": (b"1,2\n3,\xff\n", 2, "UTF-8"),
    "long line": ("1,2\n" + "x" * 10_001 + ",2\n", 2, "10004 characters"),
    "empty": ("", None, "is empty"),
    "blank": (" \n\n", None, "is empty"),
    "comments only": ("# nothing\n", None, "no rows"),
    "a quote that does not end": ('a,b\n"' + ("x" * 9_000 + "\n") * 20, 2, "is not a row of a table"),
    "quoted lines count": ('a,b\n"x\ny",z\nonly\n', 4, "has 1 columns"),
}


@pytest.mark.parametrize("name", BAD_EDGES)
def test_a_bad_edge_list_names_its_line(read, name):
    text, line, words = BAD_EDGES[name]
    problem = problem_of(read, text)
    assert problem.line == line
    assert words in problem.message
    assert problem.path.endswith("edges.csv")


BAD_ROSTERS = {
    "no id": ("name,role\na,employee\n", 1, "no column id"),
    "missing id": ("id,role\na,\nb,\n,customer\n", 4, "is missing"),
    "role": ("id,role\na,employe\nb,\n", 2, "did you mean employee?"),
    "repeated": ("id\na\nb\na\n", 4, "repeats the id of line 2"),
    "boss": ("id,reports_to\na,bb\nb,\n", 2, "unknown member; did you mean b?"),
    "boss of many": ("id,reports_to\n" + "".join(f"m{k},\n" for k in range(40)) + "x,Nobody\n", 42, "a row of its own"),
    "self": ("id,reports_to\na,a\nb,\n", 2, "somebody else"),
    "circle": ("id,reports_to\na,b\nb,a\n", 2, "in a circle"),
    "level": ("id,level\na,high\nb,2\n", 2, "whole number"),
    "level below none": ("id,level\na,-2\nb,-1\n", 2, "-1 (none)"),
    "huge level": ("id,level\na,1e400\nb,2\n", 2, "whole number"),
    "columns": ("id,role\na,employee,x\nb,\n", 2, "has 3 columns; the first row has 2"),
    "two units": ("id,dept,team\na,1,2\nb,1,2\n", 1, "stands in 2 columns"),
}


@pytest.mark.parametrize("name", BAD_ROSTERS)
def test_a_bad_roster_names_its_line(read, name):
    text, line, words = BAD_ROSTERS[name]
    problem = problem_of(read, "source,target\na,b\n", text)
    assert problem.line == line
    assert words in problem.message
    assert problem.path.endswith("roster.csv")


def test_a_member_who_is_not_in_the_roster_is_named_with_the_line_of_the_tie(read):
    problem = problem_of(read, "source,target\nann,bob\nann,bop\n", "id\nann\nbob\n")
    assert (problem.line, problem.key) == (3, "bop")
    assert problem.message == "is not in the roster roster.csv; did you mean bob?"
    assert problem.path.endswith("edges.csv")


def test_a_header_that_is_not_understood_is_shown(read):
    assert problem_of(read, "who,whom\n1,2\n").key == "who,whom"
    assert problem_of(read, "von;nach;weight\nann;bob;0,5\n").key == "von,nach,weight"
    assert problem_of(read, "id,role\na,employee\n").key == "id,role"
    assert problem_of(read, "a,b\n", "name,role\na,employee\n").key == "name,role"


@pytest.mark.parametrize(("members", "near", "far"), [
    (12, "; did you mean m1?", "; valid: m0, m1, m10, m11, m2, m3, m4, m5, m6, m7, m8, m9"),
    (13, "; did you mean m1?", "; it needs a row of its own"),
    (200, "; did you mean m1?", "; it needs a row of its own"),
    (201, "; it needs a row of its own", "; it needs a row of its own"),
])  # fmt: skip
def test_the_nearest_of_few_members_is_named_and_of_many_nobody(read, members, near, far):
    roster = "id\n" + "".join(f"m{k}\n" for k in range(members))
    for stranger, words in (("mm1", near), ("Nobody", far)):
        assert problem_of(read, f"m0,{stranger}\n", roster).message == f"is not in the roster roster.csv{words}"


def test_problems_of_both_files_come_at_once_and_long_lists_are_cut(read):
    edges = "a,b,weight\n" + "x,y,-1\n" * 25
    with pytest.raises(InputError) as caught:
        read(edges, "id,role\nx,boss\n")
    text = str(caught.value)
    assert len(caught.value.problems) == 26
    assert "and 5 more" in text
    assert "line 21 " in text
    assert "boss" in text
    assert text.startswith(f"{caught.value.problems[0].path}: 25 problems")


def test_missing_files_are_a_problem_each_and_no_traceback(tmp_path):
    places = tmp_path / "none.csv", tmp_path / "neither.csv"
    with pytest.raises(InputError) as caught:
        read_network(*places, DEFAULTS)
    assert [problem.path for problem in caught.value.problems] == [str(place) for place in places]
    assert all(problem.message.startswith("cannot be read: No such file") for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("text", "line"), [("<graphml>\n<oops", 2), ("<a/>", None), (GRAPHML.replace("account", "acount"), None)]
)
def test_bad_graphml_is_a_problem(read, text, line):
    assert problem_of(read, text, suffix=".graphml").line == line


def mutated(text, seed):
    """The bytes after a few cuts, repeats and replacements."""
    data, draw = bytearray(text.encode()), Stream(seed, "fuzz")
    for _ in range(1 + int(draw.below(6, 1)[0])):
        at, what, byte = (int(draw.below(limit, 1)[0]) for limit in (len(data) + 1, 5, 256))
        bad = [bytes([byte]), b"", b'"', b",\n", "\u2028é,".encode()][what]
        data[at : at + byte % 4] = bad
    return bytes(data)


def outcome(read, *files, **names):
    try:
        return read(*files, **names)
    except InputError as error:
        return error


@pytest.mark.parametrize("seed", range(60))
def test_mutated_files_give_a_network_or_an_input_error(read, seed):
    edges = "source,target,weight,kind\na,b,1,team\nb,c,0.5,lateral\nc,d,2,account\n"
    roster = "id,role,reports_to,level\na,employee,,0\nb,employee,a,1\nc,employee,b,2\nd,customer,,\n"
    tries = [(mutated(edges, seed), roster), (edges, mutated(roster, seed)), (mutated(edges, seed), None)]
    outcomes = [outcome(read, *files) for files in tries]
    outcomes.append(outcome(read, mutated(GRAPHML, seed), suffix=".graphml"))
    assert all(isinstance(result, Network) or result.problems for result in outcomes)


def test_form_file_builds_the_network_of_the_files(tmp_path):
    edges, roster = SHIPPED["karate"].write(tmp_path)
    network = made(form="file", network_file=str(edges), roster_file=str(roster))
    assert same(network, read_network(edges, roster, DEFAULTS))


@pytest.mark.parametrize(
    ("name", "members", "number"), [("karate", 34, 78), ("florentine", 15, 20), ("les_miserables", 77, 254)]
)
def test_shipped_networks_read_back_as_networkx_holds_them(tmp_path, name, members, number):
    network = read_network(*SHIPPED[name].write(tmp_path / name), DEFAULTS)
    graph = SHIPPED[name].graph()
    assert (network.size, network.ties) == (members, number)
    assert labelled(network) == [(str(a), str(b)) for a, b in labelled_in_order(graph, network.labels)]
    assert (network.unit.max() == 1) == (name == "karate")
    assert SHIPPED[name].citation


def labelled_in_order(graph, labels):
    at = {label: i for i, label in enumerate(labels)}
    pairs = [tuple(sorted((str(a), str(b)), key=at.get)) for a, b in graph.edges]
    return sorted(pairs, key=lambda pair: (at[pair[0]], at[pair[1]]))


@needs_data
def test_advice_among_managers_has_its_190_directed_ties():
    folder = DATA / "krackhardt_managers"
    network = read_network(folder / "advice.csv", folder / "managers.csv", DEFAULTS)
    stated = nx.DiGraph(
        tuple(row.split(",")[:2]) for row in (folder / "advice.csv").read_text().split() if row.endswith(",1")
    )
    assert stated.number_of_edges() == 190
    assert sorted(map(sorted, labelled(network))) == sorted(map(sorted, stated.to_undirected().edges))
    assert np.bincount(network.level).tolist() == [1, 4, 16]
    assert ignored_columns(folder / "managers.csv") == ("age", "tenure")


@needs_data
def test_mail_in_an_institution_has_its_members_and_departments():
    folder = DATA / "email_eu_core"
    network = read_network(folder / "edges.txt", folder / "departments.txt", DEFAULTS)
    assert network.size == 1_005
    assert len(np.unique(network.unit)) == 42
    assert network.ties == 16_064


@pytest.mark.parametrize("weight", ["", ",1"])
def test_members_called_a_and_b_are_no_header(read, weight):
    assert read(f"a,b{weight}\nb,c{weight}\nc,d{weight}\n").labels == ("a", "b", "c", "d")


def test_more_columns_than_the_header_are_a_problem_with_the_line(read):
    problem = problem_of(read, "source,target,weight\nann,bob,1\nann,cid,0,5\n")
    assert problem.line == 3
    assert "decimal comma" in problem.message


def test_a_network_of_nobody_is_refused(read):
    with pytest.raises(InputError, match="names no member"):
        read("source,target\n")
