"""Reading sales-call notes: text → words → statements → candidate facts → the facts of the brief.

Rules and data only. The words and phrases live in `languages/<code>/signals.toml` and beside the price books; nothing
here knows a language. Text that speaks to a machine and markup are material, never instructions and never facts.
"""
