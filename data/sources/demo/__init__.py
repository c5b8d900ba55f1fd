"""A simulated Stripe account, and the agency that the demo shows with it."""
