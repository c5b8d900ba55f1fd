"""The dashboard on a day that never ends, so that its demo is the same: `python -m tests.browser.fixed_day run app.py`.

The clock of the whole process stands still; whatever waits does so by the monotonic clock, which goes on.
"""

import sys
from datetime import UTC, datetime

import time_machine
from streamlit.web import cli

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)


def main() -> None:
    """Run Streamlit's own command line at that instant."""
    with time_machine.travel(DAY, tick=False):
        sys.argv[0] = "streamlit"
        cli.main()


if __name__ == "__main__":
    main()
