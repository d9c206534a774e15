"""Networks from file, which are the same in every replicate: read once for all designs that build them alike."""

from __future__ import annotations

from ..design.catalogue import PARAMETERS
from ..design.scenario import Scenario
from ..structures import build
from ..structures.network import Network

BUILDS = ("population", "structure")
"""Groups of parameters that say how to build a structure."""


class Networks:
    """Gives each design its network from file, or the one that was `given` for all."""

    def __init__(self, given: Network | None = None) -> None:
        self.given = given
        self.known: dict[str, Network] = {}

    def of(self, design: Scenario) -> Network | None:
        """The network of a design; None where every replicate builds its own."""
        if self.given or design.values["form"] != "file":
            return self.given
        alike = repr([design.values[p.name] for p in PARAMETERS if p.group in BUILDS])
        if alike not in self.known:
            self.known[alike] = build(design.values, 0)
        return self.known[alike]
