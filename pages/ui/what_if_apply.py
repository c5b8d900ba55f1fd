"""x"""

from data.pricing.what_if.book import Book
from data.pricing.what_if.scenario import Scenario


def apply(book: Book, scenario: Scenario) -> None:
    """x"""
