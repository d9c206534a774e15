"""The first mechanisms in mesa-frames: members and ties as polars frames, one expression per rule."""

from __future__ import annotations

from functools import partial

import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from protocol import Result, Work, answer, stepwise

UNIT = 2.0**-30
LEAST_STRENGTH = 1e-6
OF_PARTNERS = ("visible", "effort", "effort_relational", "attention", "spill_rate")
OF_ONESELF = ("effort", "effort_relational", "attention", "spill_rate")


def down(x: pl.Expr) -> pl.Expr:
    """`x` rounded down to the grid of value."""
    return (x / UNIT).floor() * UNIT


class Members(AgentSetPolars):
    """All employees, one row each, and their ties, one row for each end."""

    def __init__(self, model: EngagementModel, work: Work) -> None:
        super().__init__(model)
        size = len(work.start) - 1
        ids = pl.int_range(size, dtype=pl.Int64, eager=True).alias("unique_id")
        self.add(pl.DataFrame({"unique_id": ids, **work.members}))
        degree = pl.Series(work.start[1:] - work.start[:-1])
        self.ties = pl.DataFrame({
            "source": pl.select(ids.repeat_by(degree).explode()).to_series(),
            "target": work.neighbour,
            "strength": work.strength,
        })  # fmt: skip

    def step(self) -> None:
        """One week."""
        self.decide()
        self.create()
        self.relate()
        self.experience()

    def decide(self) -> None:
        """How much to contribute, and with what kind of effort."""
        w, motivation, belief = self.model.levers, pl.col("motivation"), pl.col("belief")
        own, follow = (1.0 - w.norm_weight) * motivation, w.norm_weight * pl.col("conditional_slope")
        hump, kind = pl.when(belief <= 0.5).then(belief).otherwise(1.0 - belief), pl.col("cooperation_type")
        given = (
            pl.when(kind == 0).then(0.0).when(kind == 1).then(own + follow * belief)
            .when(kind == 2).then(own + follow * hump).otherwise(motivation)
        )  # fmt: skip
        voluntary = (motivation + w.conditionality * (given - motivation)).clip(0.0, 1.0)
        asked = (w.demand * (w.imposed + (1.0 - w.imposed) * pl.col("involvement"))).clip(0.0, 1.0)
        possible = (1.0 - pl.col("exhaustion")) * (1.0 - pl.col("contact_load"))
        effort, task = pl.col("effort"), pl.col("effort_task")
        seen = w.visibility_task * task + w.visibility_relational * pl.col("effort_relational")
        self.agents = (
            self.agents.with_columns(effort=pl.min_horizontal(voluntary + (1.0 - voluntary) * asked, possible))
            .with_columns(effort_task=effort * w.task_share)
            .with_columns(effort_relational=effort - task)
            .with_columns(effort=task + pl.col("effort_relational"), visible=seen)
        )

    def create(self) -> None:
        """Turn effort into value and split it."""
        w, strength = self.model.levers, pl.col("tie_strength")
        quality = w.quality_floor + (1.0 - w.quality_floor) * pl.col("motivation")
        support = pl.col("help_received") / (pl.col("help_received") + w.help_half)
        value = ((pl.col("skill") * quality) * pl.col("effort_task")) * (1.0 + w.help_value * support)
        rate = pl.when(strength > LEAST_STRENGTH).then(pl.col("spilled") / strength).otherwise(0.0)
        self.agents = (
            self.agents.with_columns(value=down(value))
            .with_columns(
                own=down(pl.col("value") * w.own_share),
                spilled=down(pl.col("value") * max(0.0, (1.0 - w.own_share) - w.capture_share)),
            )
            .with_columns(spill_rate=rate, attention=(1.0 - strength * w.tie_attention).clip(0.0, 1.0))
        )

    def relate(self) -> None:
        """Let ties grow and fade, and take in what comes over them."""
        w, t, s = self.model.levers, pl.col, pl.col("strength")
        source, target = self.ties["source"], self.ties["target"]
        seen = self.ties.with_columns(
            *(self.agents[name].gather(target).alias(f"their_{name}") for name in OF_PARTNERS),
            *(self.agents[name].gather(source).alias(f"my_{name}") for name in OF_ONESELF),
        )
        joint, contact = t("my_effort_relational") * t("their_effort_relational"), t("my_effort") * t("their_effort")
        growth = (w.tie_growth_deep * joint + w.tie_growth_shallow * contact) * (
            t("my_attention") * t("their_attention")
        )
        grown = (s + growth * (1.0 - s) - w.tie_decay * s).clip(0.0, 1.0)
        week = seen.with_columns(before=s, strength=grown).select(
            "source", "target", "strength",
            weighted=s * t("their_visible"), helped=s * t("their_effort_relational"), contacts=contact,
            spilled_in=down(t("their_spill_rate") * t("before")), given=down(t("my_spill_rate") * t("before")),
        )  # fmt: skip
        self.ties = week.select("source", "target", "strength")
        sums = week.group_by("source", maintain_order=True).agg(
            tie_strength=s.sum(), weighted=t("weighted").sum(), help_received=t("helped").sum(),
            contacts=t("contacts").sum(), spilled_in=t("spilled_in").sum(), given=t("given").sum(),
        )  # fmt: skip
        names = [name for name in sums.columns if name != "source"]
        kept = self.agents.drop(names, strict=False)
        joined = kept.join(sums, left_on="unique_id", right_on="source", how="left", maintain_order="left")
        self.agents = joined.with_columns(t(name).fill_null(0.0) for name in names)

    def experience(self) -> None:
        """Motivation, exhaustion and belief answer to the week."""
        w, strength, motivation = self.model.levers, pl.col("tie_strength"), pl.col("motivation")
        autonomy = 1.0 - w.demand * w.imposed * (1.0 - pl.col("involvement"))
        satisfaction = (autonomy + w.competence_base + strength / (strength + w.relatedness_half)) / 3.0
        aim = (1.0 - w.disposition) * satisfaction + w.disposition * pl.col("disposition")
        load = (w.contact_cost * pl.col("contacts")).clip(0.0, 1.0)
        drained = w.drain * (pl.col("effort") + load) * (1.0 - w.buffer * satisfaction)
        norm = pl.when(strength > 0.0).then(pl.col("weighted") / strength).otherwise(pl.col("belief"))
        self.agents = self.agents.with_columns(
            delivered=(pl.col("own") + (pl.col("spilled") - pl.col("given"))) + pl.col("spilled_in"),
            motivation=(motivation + w.need_rate * (aim - motivation)).clip(0.0, 1.0),
            contact_load=load,
            exhaustion=(pl.col("exhaustion") + drained - w.rest * pl.col("exhaustion")).clip(0.0, 1.0),
            belief=pl.col("belief") + w.belief_update * (norm - pl.col("belief")),
        )


class EngagementModel(ModelDF):
    """An organization."""

    def __init__(self, work: Work) -> None:
        super().__init__(work.seed)
        self.levers = work.levers
        self.members = Members(self, work)
        self.agents += self.members
        self.weekly: list[pl.DataFrame] = []

    def step(self) -> None:
        """One week."""
        self.agents.do("step")
        (self.members,) = self.agents._agentsets
        self.weekly.append(self.members.agents.select(pl.col("effort", "motivation").mean().name.prefix("mean_")))

    def result(self) -> Result:
        """State of the members and weekly means."""
        names = ("motivation", "exhaustion", "belief", "tie_strength", "help_received", "value", "contact_load")
        weekly = pl.concat(self.weekly)
        state = {name: self.members.agents[name].to_numpy() for name in names}
        return {**state, **{name: weekly[name].to_numpy() for name in weekly.columns}}


if __name__ == "__main__":
    answer("mesa-frames", partial(stepwise, EngagementModel))
