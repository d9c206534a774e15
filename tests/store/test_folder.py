import json
import os
from pathlib import Path

import pytest

from engagesim import InputError
from engagesim.store.folder import FORMAT, PROVENANCE, default_place, provenance_of, results_folder


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
    place = tmp_path / "very" / "deep" / "out"
    with pytest.raises(stop):
        begin(place, stop)
    assert list(place.parent.iterdir()) == []
    with results_folder(place, "d") as draft:
        fill(draft, "d")
    assert [path.name for path in place.parent.iterdir()] == ["out"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o755), (0o077, 0o700)])
def test_others_may_read_a_folder_as_far_as_the_mask_for_new_files_lets_them(tmp_path: Path, mask: int, mode: int):
    before = os.umask(mask)
    try:
        with results_folder(tmp_path / "out", "d") as draft:
            fill(draft, "d")
        assert (tmp_path / "out").stat().st_mode & 0o777 == mode
        assert os.umask(mask) == mask, "the mask itself stays"
    finally:
        os.umask(before)


def test_a_place_that_is_not_given_goes_by_name_and_digest():
    assert default_place("a_vs_b", "0123456789ab") == Path("results/a_vs_b-01234567")


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
    with pytest.raises(InputError, match="is not a results folder: it has no provenance"):
        provenance_of(tmp_path)
    with pytest.raises(InputError, match="is not a results folder: there is no such folder"):
        provenance_of(tmp_path / "none")
