"""How much one page, and all pages together, may ask for; every bound of the application stands here once."""

from __future__ import annotations

PROTOCOL = 1
"""Version of the protocol of docs/page.md."""

MEMBERS = 20_000
"""Members of a design at most."""
TIES = 400_000
"""Ties of a design at most."""
WEEKS = 1_040
"""Weeks of a run at most: twenty years."""
MESSAGE = 2_048
"""Bytes of a command at most, but of one that opens designs."""
OPENING = 48_000
"""Bytes of a command that opens designs at most: two of them, each with all the changes that it may have."""
FRAME = 65_536
"""Bytes above which a websocket message is not even read: the connection ends."""
UPLOAD = 4_000_000
"""Bytes of an uploaded file at most."""
UPLOADS = 20
"""Files of one session at most; older ones make room."""
SESSIONS = 8
"""Pages open at the same time, unless the command line says otherwise."""
CONNECTIONS = 256
"""Connections of any kind at the same time; one more is turned away."""
FAREWELL = 2
"""Seconds that connections have to end when the server stops."""
RATE = 200.0
"""Commands a second that a page may send for long."""
BURST = 400.0
"""Commands that it may send at once."""
PATIENCE = 2_000
"""Commands beyond the rate after which the connection ends."""
SPEED = 1_000.0
"""Weeks a second at most."""
FRAMES = 60.0
"""Frames a second at most."""
UNSEEN = 2
"""Frames on the way that the page has not acknowledged, at most."""
IDLE = 900.0
"""Seconds without any message after which a session ends."""
SLOW = 30.0
"""Seconds after which a browser that takes nothing, or a simulation that answers nothing, is given up."""
MEMORY = 1_500_000_000
"""Bytes that a session may take beyond what the engine takes by itself."""
CHECKPOINTS = 40_000_000
"""Bytes of saved states of a design, from which weeks of the past are computed again."""
HISTORY = 24_000_000
"""Bytes of members' histories of a design."""
CHANGES = 200
"""Scheduled changes of a design at most."""
REPLICATES = 400
"""Runs with other luck at most."""
BAND_MEASURES = 6
"""Measures that are followed in them at most."""
TIES_DRAWN = 60_000
"""Ties that are sent to be drawn at most."""
TIES_TOLD = 200
"""Ties of one member that are listed at most, the strongest."""
REPLAY = 8_000_000
"""Bytes of the node states of a replay before packing, at most."""
FOUND = 20
"""Members that a search names at most."""


def stated(sessions: int) -> dict[str, float]:
    """The bounds that a page is told; `sessions` is how many pages the server keeps."""
    return {
        "members": MEMBERS, "weeks": WEEKS, "designs": 2, "message": MESSAGE, "upload": UPLOAD, "speed": SPEED,
        "frames": FRAMES, "rate": RATE, "changes": CHANGES, "replicates": REPLICATES, "band_measures": BAND_MEASURES,
        "idle": IDLE, "sessions": sessions,
    }  # fmt: skip
