"""What the command line of agreements is given: days, amounts, pairs and files, each refused in a sentence."""

import argparse
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.money import minor_digits, to_minor
from proposals.agreement.record import LARGEST_SCAN


def day(given: str) -> dt.date:
    """A day as 2026-01-15."""
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{given}” is no date; write it as 2026-01-15") from None


def pair(given: str) -> tuple[str, str]:
    """The two sides of NAME=VALUE."""
    name, sign, value = given.partition("=")
    if not sign or not name:
        raise InputError(f"“{given[:60]}” is no NAME=VALUE.", "Write it as uptime=99.9.")
    return name.strip(), value.strip()


def minor(price: str, currency: str) -> int:
    """An amount in major units as minor ones."""
    try:
        amount = to_minor(price, currency)
    except ArithmeticError:
        raise InputError(f"“{price[:40]}” is no amount.", "Write it as 350 or 350.50.") from None
    if len(price.partition(".")[2]) > minor_digits(currency):
        raise InputError(f"“{price[:40]}” has more decimals than {currency.upper()}.", "Write it as 350 or 350.50.")
    return amount


def fields(path: Path) -> Mapping[str, Any]:
    """The fields of a JSON file."""
    try:
        raw = json.loads(text(path))
    except ValueError as error:
        raise InputError(f"{path.name} can’t be read as JSON.", "Begin from `agreement show ID --format json`.") from error
    if not isinstance(raw, dict):
        raise InputError(f"{path.name} holds no terms.", "Begin from `agreement show ID --format json`.")
    return raw


def text(path: Path) -> str:
    """The text of a file in UTF-8."""
    try:
        return content(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not in UTF-8.", "Save it as UTF-8 text.") from error


def content(path: Path) -> bytes:
    """The bytes of a file."""
    try:
        if path.stat().st_size > LARGEST_SCAN:
            raise InputError(f"{path.name} is too large.", f"It may hold up to {LARGEST_SCAN // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"“{path}” can’t be read: {error.strerror}.", "Name a file that is there.") from error


def write(path: Path, given: bytes) -> None:
    """Write a file in one step, for its owner alone, and print its name."""
    waiting = path.with_name(f".{path.name}.part")
    try:
        waiting.write_bytes(given)
        waiting.chmod(0o600)
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise InputError(f"“{path}” can’t be written: {error.strerror}.", "Name a file in a folder that is there.") from error
    print(path)
