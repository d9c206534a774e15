"""`engagesim demo`: an extractive and a contributive design on a real network, from files."""

from __future__ import annotations

from .options import Out, Replicates
from .output import AsJson

ARMS = ("the_suggestion_machine", "neighbours_helping_neighbours")
CLUB = "karate"


def command(out: Out = None, replicates: Replicates = 100, as_json: AsJson = False) -> None:
    """Compare an extractive with a contributive design among the members of a karate club, from files.

    The network is that of Zachary 1977; its files are kept in the results folder.

    Example: engagesim demo --out club
    """
    import tempfile
    from pathlib import Path

    from ..experiments.comparison import Study
    from ..store.save import CompareRequest
    from ..structures.shipped import SHIPPED
    from .compare import show
    from .options import design
    from .work import keep

    with tempfile.TemporaryDirectory() as folder:
        edges, roster = map(str, SHIPPED[CLUB].write(Path(folder)))
        arms = tuple(design(name, None, None, edges, roster) for name in ARMS)
        found, place = keep(CompareRequest(arms, replicates), "demo", out, figures=True, as_json=as_json)
    assert isinstance(found, Study)
    show(found, place, as_json=as_json)
