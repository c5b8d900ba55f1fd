"""A crew: threads that share out work which makes more work, until all is done or one of them fails."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Crew:
    """Runs tasks on a few threads. A task may submit others; the first failure keeps those not begun from starting."""

    def __init__(self, size: int, on_failure: Callable[[], None]) -> None:
        self._size = size
        self._pool = ThreadPoolExecutor(size, thread_name_prefix="extract")
        self._on_failure = on_failure
        self._open = 0
        self._failure: BaseException | None = None
        self._changed = threading.Condition()

    def submit(self, task: Callable[[], None]) -> None:
        """Have `task` done as soon as a thread is free."""
        with self._changed:
            self._open += 1
        self._pool.submit(self._do, task)

    @property
    def has_idle(self) -> bool:
        """Whether a thread has nothing to do."""
        return self._open < self._size

    def finish(self) -> None:
        """Wait until no task is left; raises the first failure."""
        with self._changed:
            while self._open:
                # A wait without an end could not be interrupted from the keyboard on Windows.
                self._changed.wait(0.5)
        if self._failure:
            raise self._failure

    def close(self) -> None:
        """Let the threads end; tasks that have not begun are dropped."""
        self._pool.shutdown(cancel_futures=True)

    def _do(self, task: Callable[[], None]) -> None:
        failure = None
        if not self._failure:
            try:
                task()
            except BaseException as error:
                failure = error
        with self._changed:
            self._open -= 1
            if failure and not self._failure:
                self._failure = failure
                self._on_failure()
            self._changed.notify_all()
