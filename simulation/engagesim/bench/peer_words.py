"""Side by side in words: rows of tables, and what they mean."""

from __future__ import annotations

from .timing import Row
from .words import between, short

SIZE_HEAD = (
    "members", "weeks", "library", "threads", "ns per member-week", "range", "times engagesim's", "same numbers",
    "to build, s", "first week, s",
)  # fmt: skip
GAME_HEAD = ("library", "µs per turn", "range", "times engagesim's", "cooperators at the end", "same level")
START_HEAD = ("library", "s from the shell to the result", "range")
LINES_HEAD = ("library", "lines for the model", "lines for the game")
ABSENT_HEAD = ("library", "why it is absent", "how to get it")


def size_rows(document: Row) -> list[list[str]]:
    """A row for each size, library and number of threads."""
    return [
        [
            f"{c['members']:,}", str(c["weeks"]), f"{c['title']} {c['version']}", str(c["threads"]),
            short(c["ns_per_member_week"]), between(c["ns_per_member_week_range"]), short(c["ratio_to_engagesim"]),
            sameness(c), short(c["build_seconds"]), short(c["first_week_seconds"]),
        ]
        for c in document["cases"]
    ]  # fmt: skip


def sameness(case: Row) -> str:
    """Whether the numbers are the same, and how exactly."""
    if case["library"] == "engagesim" and case["threads"] == 1:
        return "what the others are held against"
    if not case["same"]:
        return f"NO: {max(case['state_difference'], case['weekly_difference']):.1e} apart"
    return "to the last bit" if case["same_bits"] else f"within {case['state_difference']:.0e}"


def game_rows(document: Row) -> list[list[str]]:
    """A row for each library that plays the game."""
    return [
        [
            f"{g['title']} {g['version']}", short(g["us_per_turn"]), between(g["us_per_turn_range"]),
            short(g["ratio_to_engagesim"]), f"{g['cooperators']:.3f} ± {g['standard_error']:.3f}", likeness(g),
        ]
        for g in document["games"]
    ]  # fmt: skip


def likeness(game: Row) -> str:
    """Whether the level of cooperation is statistically that of engagesim."""
    apart = f"{game['standard_errors_apart']:.1f} standard errors apart"
    return ("yes, " if game["same"] else "NO, ") + apart


def start_rows(document: Row) -> list[list[str]]:
    """A row for each library, and one for a start of engagesim with nothing compiled."""
    rows = [[s["title"], short(s["seconds"]), between(s["seconds_range"])] for s in document["starts"]]
    cold = [s["cold_seconds"] for s in document["starts"] if s["cold_seconds"] is not None]
    return [*rows, *(["engagesim, nothing compiled yet", short(c), "once per machine"] for c in cold)]


def line_rows(document: Row) -> list[list[str]]:
    """A row for each library."""
    n = document["lines"]
    return [
        [
            "engagesim",
            f"{n['engagesim_scenario']} of a scenario; {n['engagesim_rules']} of rules that are in the package",
            f"{n['engagesim_game_scenario']} of a scenario",
        ],
        ["Mesa", str(n["mesa"]), ""],
        ["AgentPy", str(n["agentpy"]), ""],
        ["mesa-frames", str(n["mesa_frames"]), ""],
        ["EGTtools", "", str(n["egttools"])],
    ]


def absent_rows(document: Row) -> list[list[str]]:
    """A row for each library that could not be used."""
    return [[a["title"], a["reason"], a["install"]] for a in document["absent"]]


def sentences(document: Row) -> list[str]:
    """What the figures mean, one sentence for each size, and one for each game."""
    sizes = sorted({case["members"] for case in document["cases"]})
    return [*(_size_sentence(document, members) for members in sizes), *map(_game_sentence, document["games"][1:])]


def _size_sentence(document: Row, members: int) -> str:
    others = [
        f"{case['title']} {short(case['ratio_to_engagesim'])}"
        for case in document["cases"]
        if case["members"] == members and case["threads"] == 1 and case["library"] != "engagesim"
    ]
    if not others:
        return f"{members:,} members: no other library is installed."
    return f"{members:,} members, one thread, times as long as engagesim for the same numbers: {', '.join(others)}."


def _game_sentence(game: Row) -> str:
    slower = game["ratio_to_engagesim"] >= 1.0
    times = short(game["ratio_to_engagesim"] if slower else 1.0 / game["ratio_to_engagesim"])
    who = f"{game['title']} takes {times} times as long" if slower else f"engagesim takes {times} times as long"
    return (
        f"Pairwise game, one turn of one member at a time: {who}. engagesim computes the week of all "
        f"{game['members']} members for each turn, {game['title']} only the turn."
    )
