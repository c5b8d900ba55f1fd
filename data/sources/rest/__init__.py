"""What sources that answer over HTTP share: asking politely, with failures in words (web.py); keeping answers (reading.py)."""
