"""M18 Knowledge: problems look for who knows, in records and over ties; both fade where nobody looks after them."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from ..portable import clip01
from ..rule import rule

MOST_HOPS = 64
"""Steps that a request could ever travel; its luck is numbered by asker and step."""

PARAMETERS = (
    Parameter(
        "problem_rate", "knowledge", 0.1, "Weekly chance of meeting a problem that only somebody else can solve.",
        unit="per week", why="About five a year that stop the work; swept 0 to 1.",
    ),
    Parameter(
        "problem_cost", "knowledge", 0.1, "Share of next week's output that an unanswered problem takes away.",
        why="Half a day lost; swept 0 to .5.",
    ),
    Parameter(
        "handling_cost", "knowledge", 0.02, "Attention that answering or passing on one request takes next week.",
        unit="share of attention per request", why="As much as one full contact; swept 0 to .1.",
    ),
    Parameter(
        "directory_start", "knowledge", 0.4, "Share of who knows what that a newcomer is right about.", static=True,
        source="Wegner1987", why="Titles and rumours tell less than half of it; swept .2 to .9.",
    ),
    Parameter(
        "directory_growth", "knowledge", 0.5, "Gaps in who knows what that are closed per unit of relational effort.",
        high=5.0, unit="per week", source="Wegner1987",
        why="With a tenth of the week for relationships half of the gap closes in a quarter; swept .1 to 2.",
    ),
    Parameter(
        "directory_decay", "knowledge", 0.01, "Share of who knows what that is out of date after a week.",
        unit="per week", source="Wegner1987", why="Slower than ties fade: two fifths in a year; swept 0 to .05.",
    ),
    Parameter(
        "directory_loss", "knowledge", 0.1, "Share of who knows what that a partner loses with a full tie to a leaver.",
        unit="share per strength", source="Wegner1987", why="One of about ten partners; swept 0 to .5.",
    ),
    Parameter(
        "record_store", "knowledge", 0.5, "Share of the problems whose answers are meant to be on record.",
        source="Moore2011", why="A design choice, here half: what can be written down; 0 = no records; swept 0 to 1.",
    ),
    Parameter(
        "record_start", "knowledge", 0.5, "Share of the records that are right at the start.", static=True,
        why="Neither new nor neglected; swept .2 to .9.",
    ),
    Parameter(
        "record_upkeep", "knowledge", 0.25, "Wrong records put right per unit of mean relational effort.", high=5.0,
        unit="per week", why="With the other defaults upkeep and decay roughly balance; swept .05 to 1.",
    ),
    Parameter(
        "record_decay", "knowledge", 0.01, "Share of the right records that go out of date in a week.",
        unit="per week", source="Moore2011", why="As fast as what people know of each other; swept 0 to .05.",
    ),
    Parameter(
        "engagement_space", "knowledge", 1.0, "Chance that a request may be passed on at all, at each step over a tie.",
        source="Moore2011", why="A design choice: 1 where people may ask across the organization; 0 = records only.",
    ),
    Parameter(
        "max_hops", "knowledge", 12, "Steps over ties after which a request is given up.", kind="integer", low=1,
        high=MOST_HOPS, unit="steps", why="Up and down again in a reporting line of seven levels; swept 2 to 30.",
    ),
)  # fmt: skip

MECHANISM = Mechanism(
    "M18", "knowledge", "Knowledge, records and help requests", "inform", PARAMETERS, ("problem_rate",),
    "With full directories every request in a pure hierarchy is answered, in as many steps as the tree has between the "
    "two; the top handles 1 - b n (n - 1) / (N (N - 1)) of them, for b branches of n members.",
    "DoddsWattsSabel2003",
)  # fmt: skip


@rule
def arises(u: float, problem_rate: float) -> bool:
    """Whether a member meets a problem this week."""
    return u < problem_rate


@rule
def on_record(u: float, record_store: float, accuracy: float) -> bool:
    """Whether the answer stands in the records, and rightly so."""
    return u < record_store * accuracy


@rule
def passes_on(u: float, directory: float, engagement_space: float) -> bool:
    """Whether who holds a request gets it one step further: knows to whom, and may."""
    return u < directory * engagement_space


@rule
def learn_who_knows(directory: float, relational: float, directory_growth: float, directory_decay: float) -> float:
    """Share of who knows what that a member is right about, 0..1, after a week."""
    return clip01(directory + directory_growth * relational * (1.0 - directory) - directory_decay * directory)


@rule
def miss_partner(directory: float, strength: float, directory_loss: float) -> float:
    """The same share, 0..1, after a partner of that tie strength has left."""
    return directory * (1.0 - directory_loss * strength)


@rule
def keep_records(
    accuracy: float, relational: float, record_store: float, record_upkeep: float, record_decay: float
) -> float:
    """Share of the records that are right, 0..1, after a week of `relational` effort per member."""
    return clip01(accuracy + record_upkeep * relational * record_store * (1.0 - accuracy) - record_decay * accuracy)


@rule
def unhindered(hindered: float, problem_cost: float) -> float:
    """Share of the possible output left, 0..1, to who waits for an answer (`hindered` 1) or does not (0)."""
    return 1.0 - problem_cost * hindered


@rule
def with_requests(contact_load: float, handled: float, handling_cost: float) -> float:
    """Share of attention, 0..1, that contacts and the requests handled last week take together."""
    return clip01(contact_load + handling_cost * handled)
