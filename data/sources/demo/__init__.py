"""A simulated Stripe account, and the agency that the demo shows with it."""

from data.sources.demo.spool import write_spool

__all__ = ["write_spool"]
