"""Where the numbers come from, and the command that makes them again."""

from __future__ import annotations

from ... import __version__
from ..cells import say
from ..parts import Code, Section, Told, Words


def section(told: Told) -> Section:
    """The section."""
    lead = say(
        "This command makes all of it again, with the same numbers to the last digit; engagesim rerun with the path of "
        "the results folder checks every byte.",
    )  # fmt: skip
    text = (
        f"engagesim {__version__}, seed {told.study.seed}, fingerprint {told.digest[:16] or '-'}. Versions, machine "
        "and the hash of every file stand in provenance.json beside this page; every number of this page stands in the "
        "tables decision_*.parquet there, and follows from outcomes.parquet, which holds every case."
    )
    return Section("reproduce", "Once more", lead, [Code(told.command), Words(text)])
