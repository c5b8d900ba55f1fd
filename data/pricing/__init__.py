"""Tiers, prices and services, and what changing them would do."""
