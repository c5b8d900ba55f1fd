"""What can fall due, one subject a file: its kinds, and the items that it reads from the facts.

A new subject is a file here (`KINDS`, and `items(facts)`) and one line in data/calendar.py.
"""
