"""Expansion: an answer holds ids unless a path asks for the object itself, four levels deep at most."""

from collections.abc import Sequence
from typing import Any

from data.sources.demo.shapes import cut_nested
from data.sources.demo.snapshot import Snapshot

LEVELS = 4
_ON_REQUEST = {"price": ("tiers", "currency_options"), "coupon": ("applies_to", "currency_options"), "invoice": ("payments",)}

Object = dict[str, Any]


class TooDeep(ValueError):
    """You cannot expand more than 4 levels of a property."""


class NotExpandable(ValueError):
    """This property cannot be expanded."""


def answer(snapshot: Snapshot, payload: Object, paths: Sequence[str], *, cut: bool = True) -> Object:
    """The object as an answer holds it, with these paths expanded; paths of a list start with `data`.

    Raises TooDeep for a path of more than four levels, NotExpandable for one that leads nowhere.
    """
    for path in paths:
        if len(path.split(".")) > LEVELS:
            raise TooDeep(path)
    tree: Object = {}
    for path in paths:
        branch = tree
        for part in path.split("."):
            branch = branch.setdefault(part, {})
    return _expanded(snapshot, payload, tree, cut)


def _expanded(snapshot: Snapshot, payload: Object, tree: Object, cut: bool) -> Object:
    shown = cut_nested(payload) if cut else dict(payload)
    for key in _ON_REQUEST.get(str(payload.get("object")), ()):
        if key not in tree:
            shown.pop(key, None)
    for key, value in shown.items():
        branch = tree.get(key, {})
        if key in tree and isinstance(value, str | list):
            shown[key] = _resolve(snapshot, value, branch, cut)
        elif isinstance(value, dict) and not key.startswith("previous"):
            shown[key] = _expanded(snapshot, value, branch, cut)
        elif isinstance(value, list) and key != "data" and value and isinstance(value[0], dict):
            shown[key] = [_expanded(snapshot, one, {}, cut) for one in value]
        elif key == "data" and isinstance(value, list):
            shown[key] = [_expanded(snapshot, one, branch, cut) for one in value]
    missing = [key for key in tree if key not in shown and payload.get("object") != "event"]
    if missing and payload.get("object"):
        raise NotExpandable(".".join(missing))
    return shown


def _resolve(snapshot: Snapshot, value: Any, branch: Object, cut: bool) -> Any:
    if isinstance(value, list):
        return [_resolve(snapshot, one, branch, cut) for one in value]
    if isinstance(value, dict):
        return _expanded(snapshot, value, branch, cut)
    found = snapshot.by_id.get(value)
    return value if found is None else _expanded(snapshot, found, branch, cut)
