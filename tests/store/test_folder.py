import json
from pathlib import Path

import pytest

from engagesim import InputError
from engagesim.store.folder import FORMAT, PROVENANCE, provenance_of, results_folder


def fill(folder: Path, digest: str, text: str = "new") -> None:
    (folder / PROVENANCE).write_text(json.dumps({"format": FORMAT, "digest": digest}))
    (folder / "data").write_text(text)


def begin(place: Path, stop: type[BaseException]) -> None:
    with results_folder(place, "d") as draft:
        fill(draft, "d")
        assert not place.exists()
        raise stop


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path, stop: type[BaseException]):
    place = tmp_path / "deep" / "out"
    with pytest.raises(stop):
        begin(place, stop)
    assert list((tmp_path / "deep").iterdir()) == []
    with results_folder(place, "d") as draft:
        fill(draft, "d")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_results_of_the_same_design_are_replaced_whole(tmp_path: Path):
    place = tmp_path / "out"
    for text in ("old", "new"):
        with results_folder(place, "d") as draft:
            fill(draft, "d", text)
            if text == "old":
                (draft / "extra").touch()
    assert sorted(path.name for path in place.iterdir()) == ["data", PROVENANCE]
    assert (place / "data").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_others_put_beside_results_stays_when_they_are_replaced(tmp_path: Path):
    place = tmp_path / "out"
    with results_folder(place, "d") as draft:
        fill(draft, "d", "old")
    (place / "notes.txt").write_text("years of work")
    (place / "sketches").mkdir()
    (place / "sketches" / "one").touch()
    with results_folder(place, "d") as draft:
        fill(draft, "d")
    assert (place / "notes.txt").read_text() == "years of work"
    assert (place / "sketches" / "one").exists()
    assert (place / "data").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failed_replacement_leaves_the_old_results(tmp_path: Path):
    place = tmp_path / "out"
    with results_folder(place, "d") as draft:
        fill(draft, "d", "old")
    with pytest.raises(RuntimeError), results_folder(place, "d"):
        raise RuntimeError
    assert (place / "data").read_text() == "old"


def test_an_empty_folder_may_be_taken(tmp_path: Path):
    with results_folder(tmp_path, "d") as draft:
        fill(draft, "d")
    assert provenance_of(tmp_path)["digest"] == "d"


def test_what_is_not_ours_or_another_design_is_refused_untouched(tmp_path: Path):
    foreign, other = tmp_path / "foreign", tmp_path / "other"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    with results_folder(other, "another") as draft:
        fill(draft, "another")
    for place, message in ((foreign, "is not a results folder"), (other, "holds results of another design")):
        with pytest.raises(InputError, match=message) as refused, results_folder(place, "d"):
            pytest.fail("must not begin")
        assert ("delete" in str(refused.value)) == (place == other)
    assert (foreign / "thesis.txt").read_text() == "years of work"


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file" / "out", Path("/proc/out")):
        with pytest.raises(InputError, match="cannot be written"), results_folder(place, "d"):
            pytest.fail("must not begin")
    with pytest.raises(InputError, match="not a results folder"), results_folder(tmp_path / "file", "d"):
        pytest.fail("must not begin")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}', "\xff"])
def test_a_folder_without_our_provenance_is_no_results_folder(tmp_path: Path, text: str):
    (tmp_path / PROVENANCE).write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match="not a results folder"):
        provenance_of(tmp_path)
