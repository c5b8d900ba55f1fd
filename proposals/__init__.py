"""Documents: what is read from a sales call and what is written to a client."""
