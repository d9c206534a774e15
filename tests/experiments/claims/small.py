"""A claim small enough to try in a second."""

from pathlib import Path

from engagesim.experiments.claims.finding import Size

TINY = Size("tiny", 8, 10, 1, 3, 1, 4)

TEXT = """
id = "H1"
title = "More is asked, more is given"
class = "E"
source = "a test"
quote = "ask"
claim = "Who asks for more gets more."
fixed = ["steps", "employees"]

[set]
steps = 8
employees = 20
customers = 8
partners = 4

[arms.little]
scenario = "plain_organization"
set = { demand = { employee = 0.1 } }

[arms.much]
scenario = "plain_organization"
set = { demand = { employee = 0.8 } }

[[tests]]
name = "effort"
says = "Employees give more."
contrast = { much = 1, little = -1 }
outcome = "effort"
group = "employee"
direction = "up"
sesoi = 0.05
why = "A share."

[[tests]]
name = "customers"
says = "Customers give as much as before."
contrast = { much = 1, little = -1 }
outcome = "task_effort"
group = "customer"
direction = "same"
sesoi = 0.05
why = "A share."

[ablation]
set = { demand = 0.0 }
why = "Nothing is asked."

[[rivals]]
name = "less"
says = "Employees give less."
contrast = { much = 1, little = -1 }
outcome = "effort"
group = "employee"
direction = "down"
sesoi = 0.05
why = "A share."

[[rivals]]
says = "They only pretend."
untested = "Nobody pretends in the model."

[map]
test = "effort"
x = { key = "drain", low = 0.0, high = 0.1 }
y = { key = "imposed", low = 0.0, high = 1.0 }
"""


def write(folder: Path, text: str = TEXT) -> str:
    """Path of a file with the claim."""
    path = folder / "claim.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)
