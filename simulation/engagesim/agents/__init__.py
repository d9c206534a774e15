"""The members as Mesa agents: what an employee, a customer and a partner do in a week, in the words of the theory.

This is the specification that people read, one file per part of the week; `member.py` puts the parts together. The
compiled engine runs the same rules in loops and must agree to the last bit. Where to read each step of `engagesim
steps`, from Monday to Sunday:

    design       organization.py: open_week
    decide       deciding.py: decide
    participate  participating.py: take_part
    create       deciding.py: create
    evaluate     evaluating.py: evaluate
    settle       pooling.py: meet; organization.py: settle
    meet         units.py: meet; meeting.py: encounter
    relate       tie.py: grow; relating.py: relate
    observe      relating.py: hear; valuing.py: find_out
    experience   receiving.py: receive; comparing.py: compare; experiencing.py: experience
    inform       asking.py: ask; informing.py: inform; organization.py: decide
    learn        learning.py: learn; code.py: learn_from
    measure      organization.py: conclude
    imitate      imitating.py: next_type
    come_and_go  going.py: leave; going.py: arrive; seeking.py: seeks_tie
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
