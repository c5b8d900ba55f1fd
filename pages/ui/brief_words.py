"""What a brief's fields are called on a page, which of them belong together, and the words for values that are ids."""

from typing import NamedTuple


class Group(NamedTuple):
    """Facts that belong together: the heading, the colour of their marks, the fields."""

    title: str
    colour: str
    fields: tuple[str, ...]


GROUPS = (
    Group(
        "Who",
        "rgba(58, 105, 176, 0.22)",
        ("contact_name", "contact_first_name", "company", "email", "call_date", "decision_maker"),
    ),
    Group(
        "Money and terms",
        "rgba(244, 180, 106, 0.38)",
        ("budget", "sites", "hours_per_month", "start_date", "horizon_months", "payment_method", "prepay_months"),
    ),
    Group(
        "Needs and aims",
        "rgba(15, 118, 110, 0.24)",
        ("services", "volumes", "challenges", "goals", "growth_goal", "objections"),
    ),
)
LABELS = {
    "contact_name": "Name",
    "contact_first_name": "First name",
    "company": "Company",
    "email": "E-mail address",
    "call_date": "Day of the call",
    "decision_maker": "Decides alone",
    "budget": "Budget a month",
    "sites": "Sites",
    "hours_per_month": "Hours a month",
    "start_date": "Starts on",
    "horizon_months": "Months to the goal",
    "payment_method": "Pays by",
    "prepay_months": "Months paid ahead",
    "services": "Services asked for",
    "volumes": "Volumes",
    "challenges": "Challenges",
    "goals": "Goals",
    "growth_goal": "Wants to grow",
    "objections": "Objections",
}
PAYMENTS = {"card": "Card", "bank_transfer": "Bank transfer", "cheque": "Cheque", "direct_debit": "Direct debit"}
OBJECTIONS = {"money": "The price", "value": "What a retainer is good for", "results": "Whether there will be results"}
