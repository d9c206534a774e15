"""What is told of files of ties and rosters that can be read: what may not be meant in them, by line."""

import pytest

from engagesim.structures.files import ignored_columns, left_out, read_network

from .cases import DEFAULTS, GRAPHML


def test_unused_columns_are_reported(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("id,age,Dept,tenure\n1,2,3,4\n")
    assert ignored_columns(path) == ("age", "tenure")


def test_columns_of_ties_that_are_not_read_and_rows_that_repeat_a_pair_are_told(tmp_path):
    edges = tmp_path / "edges.csv"
    edges.write_text("from,to,Gewicht,weight,note\na,b,2,1,x\na,b,3,0.5,y\nb,a,1,1,z\nb,c,1,0,z\nb,c,1,1,z\n")
    assert left_out(edges, None) == [
        "edges.csv: 1 row repeats a tie; it counts once, at its largest weight",
        "edges.csv: columns that are not used: Gewicht, note",
    ]
    edges.write_text("a b\nb c\n")
    assert left_out(edges, None) == []


@pytest.mark.parametrize(("text", "told"), [
    ("von;nach\nann;bob\nbob;cem\n", True),
    ("ann;bob\ncem;dora\nbob;cem\n", False),
    ("from;to\nann;bob\ncem;dora\n", False),
    ("ann;bob\n", False),
])  # fmt: skip
def test_a_first_line_that_may_be_a_header_is_told_to_be_read_as_a_tie(tmp_path, text, told):
    path = tmp_path / "x.csv"
    path.write_text(text)
    said = left_out(path, None)
    assert [s for s in said if "line 1 is read as a tie between von and nach" in s] == (said if told else [])
    assert bool(said) == told


def test_ties_of_a_member_with_itself_are_left_out_and_told_by_line(tmp_path):
    edges, roster = tmp_path / "edges.csv", tmp_path / "roster.csv"
    edges.write_text("source,target,weight\na,b,1\nb,b,1\n\na,a,3\nc,c,0\n")
    roster.write_text("id,age\na,1\nb,2\nc,3\n")
    assert read_network(edges, roster, DEFAULTS).ties == 1
    assert left_out(edges, roster) == [
        "edges.csv: ties of a member with itself are left out: at line 3, 5",
        "roster.csv: columns that are not used: age",
    ]
    edges.write_text("a,b\n" + "x,x\n" * 5)
    assert left_out(edges, None)[0].endswith("at line 2, 3, 4, 5, 6")
    edges.write_text("a,b\n" + "x,x\n" * 7)
    assert left_out(edges, None)[0].endswith("at line 2, 3, 4, 5, 6 and 2 more")
    assert left_out(tmp_path / "none.csv", None) == []
    edges.write_text("source,target\na,b\n")
    assert left_out(edges, None) == []
    graph = tmp_path / "edges.graphml"
    graph.write_text(GRAPHML.replace('target="out"', 'target="low"'))
    assert left_out(graph, None) == ["edges.graphml: ties of a member with itself are left out: of low"]
