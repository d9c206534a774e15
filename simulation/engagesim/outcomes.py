"""Every outcome by name, of whatever kind: weekly measures, distributions at the end, summaries of whole runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import distributions, measures, summaries
from .measures import Outcome

KINDS: Mapping[str, Mapping[str, Outcome[Any]]] = {
    "weekly": measures.BY_NAME,
    "end": distributions.BY_NAME,
    "whole": summaries.BY_NAME,
}
"""Outcomes by what they are taken over: each week, the members at the end, the whole run."""

BY_NAME: Mapping[str, Outcome[Any]] = {name: outcome for kind in KINDS.values() for name, outcome in kind.items()}
"""All of them."""

KIND_OF: Mapping[str, str] = {name: kind for kind, outcomes in KINDS.items() for name in outcomes}
"""What each outcome is taken over."""
