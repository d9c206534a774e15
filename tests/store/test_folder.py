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


def test_what_others_put_into_our_sub_folders_stays_at_every_depth(tmp_path: Path):
    place = tmp_path / "out"
    for turn in ("old", "new", "newer"):
        with results_folder(place, "d") as draft:
            fill(draft, "d", turn)
            (draft / "figures" / "by week").mkdir(parents=True)
            (draft / "figures" / "effort.png").write_text(turn)
            (draft / "figures" / "by week" / "trust.png").write_text(turn)
            if turn == "old":
                (draft / "figures" / "given up.png").touch()
                (draft / "gone").mkdir()
                (draft / "gone" / "ours").touch()
        if turn == "old":
            for kept in ("figures/mine.png", "figures/by week/notes.txt", "figures/own/deep/sketch.svg", "gone/mine"):
                (place / kept).parent.mkdir(parents=True, exist_ok=True)
                (place / kept).write_text("years of work")
            (place / "figures" / "empty").mkdir()
            (place / "figures" / "by week" / "link").symlink_to(place / "data")
    found = {str(path.relative_to(place)): path for path in place.rglob("*") if not path.is_dir()}
    assert set(found) == {
        PROVENANCE, "data", "figures/effort.png", "figures/by week/trust.png", "figures/by week/link",
        "figures/mine.png", "figures/by week/notes.txt", "figures/own/deep/sketch.svg", "gone/mine",
    }  # fmt: skip
    ours = [found[name].read_text() for name in ("data", "figures/effort.png", "figures/by week/trust.png")]
    assert ours == ["newer"] * 3
    assert found["gone/mine"].read_text() == found["figures/own/deep/sketch.svg"].read_text() == "years of work"
    assert (place / "figures" / "empty").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_stranger_whose_name_is_taken_now_gets_one_of_its_own(tmp_path: Path):
    place = tmp_path / "out"
    with results_folder(place, "d") as draft:
        fill(draft, "d")
    (place / "figures").write_text("a file where a folder is to be")
    (place / "extra").mkdir()
    (place / "extra" / "deep").write_text("in a folder where a file is to be")
    (place / "effort.png").write_text("mine")
    (place / "effort.kept1.png").write_text("mine, too")
    with results_folder(place, "d") as draft:
        fill(draft, "d")
        (draft / "figures").mkdir()
        (draft / "extra").touch()
        (draft / "effort.png").write_text("ours")
    assert (place / "figures").is_dir()
    assert (place / "figures.kept1").read_text() == "a file where a folder is to be"
    assert (place / "extra").is_file()
    assert (place / "extra.kept1" / "deep").read_text() == "in a folder where a file is to be"
    assert (place / "effort.png").read_text() == "ours"
    assert {path.read_text() for path in place.glob("effort.kept1*.png")} == {"mine", "mine, too"}


def test_only_what_is_in_the_folder_is_deleted_whatever_its_provenance_names(tmp_path: Path):
    place, beside = tmp_path / "out", tmp_path / "thesis.txt"
    beside.write_text("years of work")
    with results_folder(place, "d") as draft:
        fill(draft, "d")
    (place / "figures").symlink_to(tmp_path, target_is_directory=True)
    document = json.loads((place / PROVENANCE).read_text())
    names = ["data", "../thesis.txt", str(beside), "figures", "figures/thesis.txt", PROVENANCE]
    (place / PROVENANCE).write_text(json.dumps(document | {"files": names}))
    with results_folder(place, "d") as draft:
        fill(draft, "d")
    assert beside.read_text() == "years of work"
    assert sorted(path.name for path in place.iterdir()) == ["data", PROVENANCE]


def test_results_of_an_earlier_version_keep_strangers_below_what_it_named(tmp_path: Path):
    """Its provenance names only what lies at the top; what is in its folders may be anybody's, so all of it is kept."""
    place = tmp_path / "out"
    with results_folder(place, "d") as draft:
        fill(draft, "d")
    (place / "figures").mkdir()
    (place / "figures" / "mine.png").touch()
    document = json.loads((place / PROVENANCE).read_text())
    (place / PROVENANCE).write_text(json.dumps(document | {"files": ["data", "figures"]}))
    with results_folder(place, "d") as draft:
        fill(draft, "d")
    assert (place / "figures" / "mine.png").exists()


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
    with pytest.raises(InputError, match=r"is not a results folder: its provenance\.json is damaged, or not of"):
        provenance_of(tmp_path)
    (tmp_path / PROVENANCE).unlink()
    with pytest.raises(InputError, match="is not a results folder: it has no provenance"):
        provenance_of(tmp_path)
    with pytest.raises(InputError, match="is not a results folder: there is no such folder"):
        provenance_of(tmp_path / "none")


def test_the_folder_of_a_claim_names_the_sweeps_below_it(tmp_path: Path):
    (tmp_path / "claims" / "H1" / "base").mkdir(parents=True)
    (tmp_path / "claims" / "H1" / "base" / "manifest.json").touch()
    with pytest.raises(InputError, match=r"sweeps below it: .*claims/H1/base"):
        provenance_of(tmp_path / "claims")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="it is a file"):
        provenance_of(tmp_path / "file")


def test_of_two_commands_at_once_with_one_place_the_slower_is_refused_and_loses_nobody_s_results(tmp_path: Path):
    def written(digest: str) -> None:
        with results_folder(tmp_path / "out", digest) as draft:
            if digest == "slow":
                written("quick")
            (draft / PROVENANCE).write_text(json.dumps({"format": FORMAT, "digest": digest, "files": []}))

    with pytest.raises(InputError, match="another design, seed"):
        written("slow")
    assert provenance_of(tmp_path / "out")["digest"] == "quick"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
