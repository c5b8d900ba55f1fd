"""Facts: where revenue and care data come from, how they are kept, and the figures they give."""
