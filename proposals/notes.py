"""Notes as they come from a file or a pipe: bytes of several encodings to text, or one sentence why not."""

import codecs
import sys
from pathlib import Path

from data.errors import InputError

MOST = 50_000  # characters; an hour's call gives some 10,000
BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word or zip file",
    b"{\\rtf": "a rich-text file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
}
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read(source: str) -> str:
    """The text of a notes file, or of standard input for `-`; InputError where it can't be read or is no note."""
    if source == "-":
        return decoded(sys.stdin.buffer.read(4 * MOST + 4), "Standard input")
    path = Path(source)
    try:
        with path.open("rb") as file:
            return decoded(file.read(4 * MOST + 4), path.name)
    except FileNotFoundError as error:
        raise InputError(
            f"There is no file “{source}”.", "Name a text file with your call notes, or - for standard input."
        ) from error
    except IsADirectoryError as error:
        raise InputError(f"“{source}” is a folder.", "Name a text file with your call notes.") from error
    except OSError as error:
        raise InputError(f"“{source}” can't be read: {error.strerror}.", "Check its permissions.") from error


def decoded(raw: bytes, name: str) -> str:
    """The text in those bytes: UTF-8 (with or without its mark), UTF-16, else Windows-1252.

    Raises InputError for a file that is no text, an empty one, and one of more than MOST characters.
    """
    for start, what in BINARY.items():
        if raw.startswith(start):
            raise InputError(f"{name} is {what}, not text.", "Copy the notes into a text file, or paste them.")
    text = _text(raw, name)
    if not text.strip():
        raise InputError(f"{name} holds no notes.", "Write down what was said on the call, then try again.")
    if len(text) > MOST:
        raise InputError(f"{name} holds more than {MOST:,} characters.", "Keep the notes of one call, and leave out the rest.")
    return text


def _text(raw: bytes, name: str) -> str:
    marked = next((encoding for mark, encoding in MARKS.items() if raw.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", *_without_mark(raw), "cp1252"]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError(f"{name} is in no encoding known here.", "Save it as UTF-8 text.")


def _without_mark(raw: bytes) -> list[str]:
    """UTF-16 without its mark shows by zero bytes in every second place."""
    head = raw[:2000]
    if head[1::2].count(0) > len(head) // 4:
        return ["utf-16-le"]
    return ["utf-16-be"] if head[::2].count(0) > len(head) // 4 else []
