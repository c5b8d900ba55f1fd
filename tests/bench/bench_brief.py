"""What reading a call's notes costs beside a fixed count in plain Python, measured in turns, so that a busy machine shows.

Reach on a quiet core: under 50 ms for 2,000 characters once warm, under 300 ms the first time, growth no worse than the length.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from data.pricing.price_book import load
from proposals.brief import brief

ROOT = Path(__file__).parents[2]
NOTES = ROOT / "tests" / "proposals" / "notes" / "eighth_set.json"
LENGTHS = (500, 1_000, 2_000, 4_000, 8_000)
COUNT = 500_000
COLD = """
import datetime, sys, time
text = sys.stdin.read()
start = time.perf_counter()
from data.pricing.price_book import load
from proposals.brief import brief
brief(text, load("wordpress_care"), datetime.date(2026, 3, 16))
print(time.perf_counter() - start)
"""


def main() -> None:
    """Print the time for notes of growing length, beside that of the count."""
    book = load("wordpress_care")
    whole = "\n\n".join(note["text"] for note in json.loads(NOTES.read_text(encoding="utf-8"))["notes"])
    for length in LENGTHS:
        read = _best(lambda text=whole[:length]: brief(text, book, date(2026, 3, 16)))
        count = _best(lambda: sum(range(COUNT)))
        print(f"{length:6,} characters {1000 * read:7.1f} ms = {read / count:5.1f} × counting to {COUNT:,}")
    with tempfile.TemporaryDirectory() as compiled:
        cold = [_cold(whole[:2_000], compiled) for _ in range(4)]
    print(f"the first time, imports and signals read: {1000 * min(cold[1:]):.0f} ms")
    print(f"and where the modules are not compiled yet: {1000 * cold[0]:.0f} ms")


def _cold(text: str, compiled: str) -> float:
    """Seconds of a new process, its compiled modules kept in that folder as an installed program keeps them."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", COLD], input=text, capture_output=True, text=True, cwd=ROOT, check=True,
        env=ours | {"PYTHONPYCACHEPREFIX": compiled},
    )  # fmt: skip
    return float(done.stdout)


def _best(run: Callable[[], object]) -> float:
    run()
    found = []
    for _ in range(7):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


if __name__ == "__main__":
    main()
