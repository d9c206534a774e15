"""The stakeholders of an organization."""

from __future__ import annotations

from .asking import Asking
from .deciding import Deciding
from .experiencing import Experiencing
from .going import Going
from .imitating import Imitating
from .learning import Learning
from .meeting import Meeting
from .receiving import Receiving
from .relating import Relating
from .seeking import Seeking
from .valuing import Valuing


class Member(
    Deciding, Relating, Valuing, Receiving, Experiencing, Asking, Learning, Meeting, Imitating, Going, Seeking
):
    """What all stakeholders share; in which order of the week, the list at the top of this folder says."""


class Employee(Member):
    """Works in the organization."""

    role = 0


class Customer(Member):
    """Uses what the organization makes, and talks with others who do."""

    role = 1


class Partner(Member):
    """Contributes from outside: supplier, freelancer, volunteer."""

    role = 2


STAKEHOLDERS: tuple[type[Member], ...] = (Employee, Customer, Partner)
"""Classes in the order of the role codes."""
