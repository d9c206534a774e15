"""What sections of a report are made of: paragraphs, lists, tables and figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..experiments.notes import labels
from .cells import Teller

if TYPE_CHECKING:
    from markupsafe import Markup

    from ..experiments.choice.decision import Decision
    from ..experiments.comparison import Study
    from .style import Drawn

Text = Any
"""A string (which the page escapes), Markup, or a Cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption, heads of the columns, rows whose first cell names them; `folded` where a figure says most."""

    caption: Text
    header: tuple[str, ...]
    rows: list[tuple[Text, ...]]
    folded: bool = False
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure."""

    drawn: Drawn
    kind: str = "figure"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: Text
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: list[Text]
    kind: str = "points"


@dataclass(frozen=True, slots=True)
class Code:
    """A command to type."""

    text: str
    kind: str = "code"


Part = Table | Figure | Words | Points | Code


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the page."""

    name: str
    title: str
    lead: Markup | str
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """A comparison as sections tell it.

    Attributes:
        study: what was found.
        decision: what follows for the choice.
        called: what to call each design.
        teller: looks up numbers.
        command: the command line that asked.
        digest: fingerprint of everything that decides what is found.
    """

    study: Study
    decision: Decision
    called: dict[str, str]
    teller: Teller
    command: str
    digest: str

    @property
    def baseline(self) -> str:
        """Title of the baseline."""
        return self.called[self.decision.names[0]]

    @property
    def others(self) -> tuple[str, ...]:
        """Names of the designs but the baseline."""
        return self.decision.names[1:]

    @property
    def ranked(self) -> list[str]:
        """Names of all designs, the best mean first."""
        ranking = self.decision.tables["ranking"]
        return [str(arm) for arm in ranking.sort_values("behind", kind="stable")["arm"]]


def told(study: Study, command: str, digest: str = "") -> Told:
    """`study` made ready for sections; it has a decision."""
    assert study.decision is not None
    return Told(study, study.decision, labels(study.arms), Teller(study.decision.tables), command, digest)
