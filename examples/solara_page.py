"""The Mesa model in SolaraViz: an example for Mesa users, apart from `engagesim app`.

Needs more packages than engagesim itself; these versions were tried together:

    pip install engagesim "solara==1.58.2" "solara-assets==1.58.2" "ipyvue<2" "ipyvuetify<2"
    solara run examples/solara_page.py

Without solara-assets, Solara's page loads its interface from the network. The model is the readable one, some hundred
times slower than the compiled engine of `engagesim app`, so organizations are small here.
"""

from __future__ import annotations

import matplotlib.figure
import numpy as np
import solara
from mesa.visualization import Slider, SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

from engagesim import EngagementModel
from engagesim.parameter import ROLES
from engagesim.web.layout import layout

SCENARIOS = ["the_suggestion_machine", "neighbours_helping_neighbours", "badges_on_top", "thank_you_and_training"]
COLOURS = {"employee": "#0072B2", "customer": "#E69F00", "partner": "#009E73"}
MARKERS = {"employee": "o", "customer": "s", "partner": "^"}


@solara.component
def Network(model: EngagementModel) -> None:  # noqa: N802  # components are written like classes
    """Members by role, as large as their effort; ties as strong as they are. Places are computed, not searched for."""
    update_counter.get()  # draw anew after every step
    x, y = layout(model.seats)
    figure = matplotlib.figure.Figure(figsize=(7, 5), layout="constrained")
    axes = figure.subplots()
    axes.set_axis_off()
    axes.invert_yaxis()
    place = {member: i for i, member in enumerate(model.members)}
    for tie in model.ties:
        ends = [place[tie.one], place[tie.other]]
        axes.plot(x[ends], y[ends], color="0.75", linewidth=1.5 * tie.strength, zorder=0)
    for code, role in enumerate(ROLES):
        here = [i for i, member in enumerate(model.members) if member.role == code and member.active]
        effort = np.array([model.members[i].effort for i in here])
        axes.scatter(x[here], y[here], s=12 + 90 * effort, c=COLOURS[role], marker=MARKERS[role], label=role)
    axes.legend(loc="lower right", frameon=False)
    solara.FigureMatplotlib(figure)


class SmallOrganization(EngagementModel):
    """An organization small enough to be drawn anew every week; SolaraViz wants every parameter by name."""

    def __init__(
        self, scenario: str = SCENARIOS[0], capture_share: float = 0.5, return_share: float = 0.2, seed: int = 1
    ) -> None:
        super().__init__(
            scenario, seed=int(seed), employees=40, customers=40, partners=10, own_share=0.1,
            capture_share=capture_share, return_share=return_share,
        )  # fmt: skip


page = SolaraViz(
    SmallOrganization(),
    components=[Network, make_plot_component(["participation", "trust"]), make_plot_component("value_created")],
    model_params={
        "scenario": {"type": "Select", "value": SCENARIOS[0], "values": SCENARIOS, "label": "Design"},
        "capture_share": Slider("Share that the organization takes", 0.5, 0.0, 0.8, 0.05),
        "return_share": Slider("Share of it that is paid back", 0.2, 0.0, 1.0, 0.05),
        "seed": {"type": "InputText", "value": 1, "label": "Seed: the same seed is the same luck"},
    },
    name="engagesim",
)
page  # noqa: B018  # what solara shows
