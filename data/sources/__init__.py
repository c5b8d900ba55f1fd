"""Sources: where facts come from, one module each, all behind the same protocol."""
