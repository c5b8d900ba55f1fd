"""What the command lines share: a parser that complains in a sentence, and one way in which every command ends."""

import argparse
import io
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from data.errors import AppError, InputError


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are a sentence and a hint, like every other error."""

    def error(self, message: str) -> NoReturn:
        """Raise the complaint as InputError."""
        raise InputError(f"{message[:1].upper()}{message[1:].rstrip('.')}.", f"See {self.prog} --help.")


def ended(run: Callable[[], None]) -> int:
    """Run a command and return its exit code: 0, 2 after one sentence on stderr, 130 where the user stopped it.

    Output is UTF-8 whatever the terminal speaks, so that a file written from it is whole.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        run()
        sys.stdout.flush()
    except AppError as error:
        return _said(str(error), 2)
    except KeyboardInterrupt:
        return _said("Stopped. A sync goes on from here when it is run again.", 130)
    except BrokenPipeError:  # whoever read standard output, as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _said(f"A file could not be read or written: {error.strerror}. Check the disk and the folder's rights.", 2)
    return 0


def _said(text: str, code: int) -> int:
    print(text.strip(), file=sys.stderr)
    return code
