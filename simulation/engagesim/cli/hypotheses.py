"""`engagesim hypotheses`: a verdict on every claim of the essays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Seed
from .output import FELL_SHORT, AsJson, print_json, print_table, resumable

if TYPE_CHECKING:
    from ..experiments.claims.claim import Claim
    from ..experiments.claims.finding import Finding, Size

RESULTS = "results/hypotheses"


def command(
    claims: Annotated[
        list[str] | None, typer.Argument(help="H1 to H20, R1 to R8, or files of claims.  [default: all]")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few replicates and worlds, no phase maps.")] = False,
    seed: Seed = 0,
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder of findings.")] = RESULTS,
    fresh: Annotated[bool, typer.Option("--fresh", help="Try again what is kept there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Try claims: verdict at base, share of uncertain worlds, what flips it, mechanism off, rival, label control.

    The runs of a claim are sweeps below the folder of findings (query and rerun take them); the same command goes on
    where it stopped. Exit code 1 only where a control fails: another label changes an outcome, or an emergent effect
    stays with its mechanism off.

    Example: engagesim hypotheses H1 H10 --quick
    """
    from ..experiments.claims.finding import FULL, QUICK
    from ..experiments.claims.keeping import summarize

    size = QUICK if quick else FULL
    asked, folder = chosen(claims or []), Path(out) / size.name
    with resumable(folder):
        findings = _tried(asked, folder, size, seed, fresh=fresh, as_json=as_json)
    path = summarize(folder, findings)
    show(findings, path, as_json=as_json)
    if any(finding.failures for finding in findings):
        raise typer.Exit(FELL_SHORT)


def chosen(names: list[str]) -> list[Claim]:
    """The claims named, or all.

    Raises:
        InputError: with every problem of every name and file.
    """
    from ..experiments.claims.reading import load_claim, shipped_claims
    from ..problems import InputError, Problem, nearest

    shipped = shipped_claims()
    found: list[Claim] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(names or shipped):
        path = shipped.get(name.upper(), name)
        try:
            if name.upper() not in shipped and not name.endswith(".toml"):
                raise InputError([Problem(name, None, "", f"no such claim{nearest(name.upper(), shipped)}")])
            found.append(load_claim(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _tried(
    claims: list[Claim], folder: Path, size: Size, seed: int, *, fresh: bool, as_json: bool
) -> list[Finding]:  # fmt: skip
    """Findings of all claims, each kept and told when it is finished."""
    from ..experiments.claims.keeping import find_out, kept, key_of_finding
    from ..experiments.claims.trial import runs_of
    from ..report.claim_words import lines
    from .progress import progress

    there = [not fresh and kept(folder, claim, key_of_finding(claim, size, seed)) for claim in claims]
    runs = [0 if found else runs_of(claim, size) for claim, found in zip(claims, there, strict=True)]
    findings = []
    with progress("runs", max(1, sum(runs)), as_json=as_json) as told:
        for i, claim in enumerate(claims):
            before = sum(runs[:i])
            heard = (lambda done, before=before: told(before + done)) if told else None
            findings.append(find_out(claim, folder, size, seed, fresh=fresh, heard=heard))
            if not as_json:
                typer.echo("\n" + "\n".join(lines(findings[-1].document)))
    return findings


def show(findings: list[Finding], path: Path, *, as_json: bool) -> None:
    """Print all findings as JSON, or as a table."""
    from ..report.claim_words import HEADER, row

    documents = [finding.document for finding in findings]
    if as_json:
        print_json({"hypotheses": [_short(document) for document in documents], "out": str(path)})
        return
    print_table("Claims and verdicts", HEADER, [row(document) for document in documents])
    typer.echo(f"\nFindings: {path.parent}")


def _short(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in ("worlds", "map")}
