"""What-if: what a pricing decision would bring, on the actual book of clients.

`book` is what stands today, `scenario` what would be changed. `plan` puts the two together once, as what each client is
worth in each month; `projection` plays that many times, `closed_form` computes its exact mean, `answers` says what it means.
"""

from data.pricing.what_if.book import Book, Client, Line, Tier
from data.pricing.what_if.churn import Churn
from data.pricing.what_if.closed_form import closed_form
from data.pricing.what_if.projection import Projection, project
from data.pricing.what_if.scenario import Choice, Costs, Move, Scenario

__all__ = [
    "Book",
    "Choice",
    "Churn",
    "Client",
    "Costs",
    "Line",
    "Move",
    "Projection",
    "Scenario",
    "Tier",
    "closed_form",
    "project",
]
