import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from engagesim import InputError, Scenario
from engagesim.design.copies import write_designs
from engagesim.store.folder import FORMAT, PROVENANCE, results_folder
from engagesim.store.provenance import checkout, sha256
from engagesim.store.rerun import Checked, checked, request_of
from engagesim.store.save import CompareRequest, Request, RunRequest, digest_of, save
from engagesim.structures.shipped import SHIPPED
from tests.small import STEPS, small

MACHINE, NEIGHBOURS = small("the_suggestion_machine"), small("neighbours_helping_neighbours")
RUN, PAIR = RunRequest(MACHINE, 3), CompareRequest((MACHINE, NEIGHBOURS), 4, 2, 2)


def kept(place: Path, request: Request) -> Path:
    with results_folder(place, digest_of(request)) as draft:
        save(draft, request, request.carry_out(), command="engagesim", started=datetime.now(UTC))
    return place


def again(folder: Path) -> dict[str, Checked]:
    return {file.name: file for file in checked(folder, request_of(folder).carry_out())}


def on_karate(folder: Path) -> Scenario:
    edges, roster = SHIPPED["karate"].write(folder)
    return MACHINE.changed(form="file", network_file=str(edges), roster_file=str(roster))


DECIDED = (
    "ranking", "scorecard", "costs", "worth", "pareto", "depends", "flips", "regret", "shortfalls", "withdrawal",
    "fates", "course", "periods",
)  # fmt: skip


@pytest.mark.parametrize(
    ("request_", "tables"),
    [
        (RUN, {"weeks.parquet", "organization.parquet", "members.parquet"}),
        (
            PAIR,
            {
                f"{name}.parquet"
                for name in (
                    "differences",
                    "levels",
                    "weeks",
                    "worlds",
                    "outcomes",
                    "outcomes_withdrawn",
                    "people",
                    *(f"decision_{name}" for name in DECIDED),
                )
            },
        ),
    ],
)
def test_the_same_request_gives_the_same_bytes_here_and_once_more(tmp_path: Path, request_: Request, tables: set[str]):
    first, second = kept(tmp_path / "a", request_), kept(tmp_path / "b", request_)
    assert {path.name for path in first.glob("*.parquet")} == tables
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in tables)
    assert {file.verdict for file in again(first).values()} == {"identical"}


def test_a_folder_can_be_moved_away_from_the_files_it_was_made_of(tmp_path: Path):
    design = on_karate(tmp_path / "network")
    kept(tmp_path / "out", RunRequest(design))
    kept(tmp_path / "pair", CompareRequest((design, NEIGHBOURS), 2))
    shutil.rmtree(tmp_path / "network")
    for name in ("out", "pair"):
        moved = (tmp_path / name).rename(tmp_path / f"{name} moved")
        files = again(moved)
        assert {"network/edges.csv", "network/roster.csv"} <= set(files)
        assert {file.verdict for file in files.values()} == {"identical"}


def test_changed_missing_and_differing_files_are_told_apart(tmp_path: Path):
    folder = kept(tmp_path / "out", RUN)
    (folder / "weeks.parquet").write_bytes(b"tampered")
    (folder / "members.parquet").unlink()
    design = folder / "scenario.toml"
    design.write_text(design.read_text().replace("capture_share = {", "capture_share = { # touched\n", 1))
    text = design.read_text().replace("# touched\n", "")
    design.write_text(text.replace("steps = 20", "steps = 21"))
    verdicts = {name: file.verdict for name, file in again(folder).items()}
    assert verdicts["weeks.parquet"] == verdicts["scenario.toml"] == "changed since it was written"
    assert verdicts["members.parquet"] == "missing"
    assert verdicts["organization.parquet"] == "comes out differently"


def test_provenance_says_what_made_the_results_and_holds_the_hash_of_every_file(tmp_path: Path):
    folder = kept(tmp_path / "out", PAIR)
    document = json.loads((folder / PROVENANCE).read_text())
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {PROVENANCE}
    hashes = document["designs"] | document["data"]
    assert set(hashes) == names
    assert all(sha256(folder / name) == known for name, known in hashes.items())
    assert document["request"] == {
        "kind": "compare", "arms": [MACHINE.name, NEIGHBOURS.name], "replicates": 4, "seed": 2, "worlds": 2,
        "aim": {"measure": "participation", "window": "late", "group": "everyone", "matters": 0.02, "budget": None,
                "fitted": []},
    }  # fmt: skip
    assert {"engagesim", "python", "platform", "libraries", "code", "git", "machine", "command", "started"} <= set(
        document
    )
    assert {"processor", "cores", "memory_gib"} <= set(document["machine"])


def test_tables_hold_what_was_found(tmp_path: Path):
    folder = kept(tmp_path / "out", RUN)
    run = RUN.carry_out()
    assert pd.read_parquet(folder / "weeks.parquet").equals(run.weeks)
    assert len(pd.read_parquet(folder / "members.parquet")) == 35
    assert list(pd.read_parquet(folder / "organization.parquet")["week"]) == list(range(1, STEPS + 1))


def test_everything_that_decides_the_outcome_is_in_the_digest():
    others = [
        RunRequest(MACHINE, 4), RunRequest(MACHINE, 3, "mesa"), RunRequest(NEIGHBOURS, 3),
        CompareRequest((MACHINE, NEIGHBOURS), 4, 2, 3), CompareRequest((NEIGHBOURS, MACHINE), 4, 2, 2),
        CompareRequest((MACHINE, NEIGHBOURS), 5, 2, 2), CompareRequest((MACHINE, NEIGHBOURS), 4, 1, 2), PAIR,
    ]  # fmt: skip
    assert len({digest_of(request) for request in (RUN, *others)}) == 1 + len(others)


def test_files_of_one_name_and_different_content_are_both_copied(tmp_path: Path):
    arms = []
    for name, text in (("a", "source,target\nx,y\n"), ("b", "source,target\nx,z\n"), ("c", "source,target\nx,y\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "edges.csv").write_text(text)
        arms.append((f"arms/{name}", MACHINE.changed(form="file", network_file=str(tmp_path / name / "edges.csv"))))
    out = tmp_path / "out"
    out.mkdir()
    assert {"network/edges.csv", "network/2_edges.csv"} <= set(write_designs(out, arms))
    for name, design in arms:
        assert Scenario.load(str(out / f"{name}.toml")).digest == design.digest


COMPARED = {"kind": "compare", "arms": ["one"], "replicates": 1, "seed": 0, "worlds": 1}
BROKEN = {
    "lacks 'seed'": {"request": {"kind": "run", "engine": "mesa"}},
    "lacks seed": {"request": {"kind": "run", "engine": "mesa", "seed": -1}},
    "lacks seed or": {"request": {"kind": "run", "engine": "mesa", "seed": 2**64}},
    "lacks engine": {"request": {"kind": "run", "engine": "gpu", "seed": 0}},
    "lacks 'kind'": {"request": {}},
    "lacks list indices": {"request": ["run"]},
    "lacks 'aim'": {"request": COMPARED},
    "lacks replicates": {"request": {**COMPARED, "replicates": 0}},
    "lacks worlds": {"request": {**COMPARED, "worlds": 0}},
    "lacks 'designs'": {"designs": {}},
    "lacks 'data'": {"data": {}},
    "lacks hashes": {"data": {"weeks.parquet": 5}},
}
"""What is said of a provenance with these parts."""


@pytest.mark.parametrize("message", BROKEN)
def test_broken_provenance_is_bad_input(tmp_path: Path, message: str):
    files = write_designs(tmp_path, [("scenario", MACHINE), ("arms/one", MACHINE)])
    sound = {"request": {"kind": "run", "engine": "mesa", "seed": 3}, "data": {"weeks.parquet": "0f"}}
    sound |= {"format": FORMAT, "designs": dict.fromkeys(files, "0f")}
    (tmp_path / PROVENANCE).write_text(json.dumps(sound))
    assert request_of(tmp_path) == RunRequest(Scenario.load(str(tmp_path / "scenario.toml")), 3, "mesa")
    (tmp_path / PROVENANCE).write_text(json.dumps(sound | BROKEN[message]))
    with pytest.raises(InputError, match=message):
        request_of(tmp_path)


def test_the_commit_is_that_of_the_package_not_of_a_project_around_it(tmp_path: Path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").touch()
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "around"], check=True)
    assert checkout(package) is None
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "inside"], check=True)
    assert checkout(package)["dirty"] is False  # type: ignore[index]
    (package / "new.py").touch()
    assert checkout(package)["dirty"] is True  # type: ignore[index]
