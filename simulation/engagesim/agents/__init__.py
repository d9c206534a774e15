"""The members as Mesa agents: what an employee, a customer and a partner do in a week, in the words of the theory.

This is the specification that people read, one file per part of the week; `member.py` puts the parts together. The
compiled engine runs the same rules in loops and must agree to the last bit.
"""

from .levers import Levers
from .member import STAKEHOLDERS, Customer, Employee, Member, Partner
from .offer import Offer
from .organization import Organization
from .tie import Tie
from .units import Unit

__all__ = [
    "STAKEHOLDERS",
    "Customer",
    "Employee",
    "Levers",
    "Member",
    "Offer",
    "Organization",
    "Partner",
    "Tie",
    "Unit",
]
