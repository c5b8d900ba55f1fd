"""A clock for the reader: a sync believes that it runs at a chosen instant, so that what it saw is dated by it."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, tzinfo
from types import SimpleNamespace
from unittest.mock import patch

READERS = (
    "data.spool",
    "data.spool_files",
    "data.sync",
    "data.landing",
    "data.warehouse",
    "data.sources.stripe.extract",
    "data.sources.stripe.changes",
)


@contextmanager
def standing_at(seconds: int) -> Iterator[None]:
    """Inside, the modules that read and land take `seconds` (Unix) for now."""

    class Standing(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Standing":
            return cls.fromtimestamp(seconds, tz)

    clock = SimpleNamespace(time=lambda: float(seconds), monotonic=time.monotonic, sleep=time.sleep)
    with ExitStack() as stack:
        for name in READERS:
            module = sys.modules.get(name)
            if hasattr(module, "datetime"):
                stack.enter_context(patch(f"{name}.datetime", Standing))
            if hasattr(module, "time"):
                stack.enter_context(patch(f"{name}.time", clock))
        yield
