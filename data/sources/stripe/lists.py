"""Stripe's lists, page by page: expansions that the server knows, nested lists to their end, no entry twice."""

import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from data.errors import PermissionMissing, SourceUnreachable
from data.sources.stripe.client import Client, NotThere, Refused
from data.sources.stripe.resources import EXPANDED_WORDS, Chain, Nested, Resource

PAGE = 100

Object = dict[str, Any]


class Lists:
    """Lists of one account. `unseen` names what the key may not see inside other objects; `folded` the objects whose discounts
    the server shows by their ids alone, though they were asked for."""

    def __init__(self, client: Client, nested_pool: Executor) -> None:
        self.unseen: set[str] = set()
        self.folded: set[str] = set()
        self._client = client
        self._nested_pool = nested_pool
        self._agreed: dict[str, tuple[str, ...]] = {}
        self._agreeing = threading.Lock()

    def pages(self, resource: Resource, **filters: Any) -> Iterator[list[Object]]:
        """The pages of a list, newest object first, each object with its nested list complete."""
        for page in self._pages(resource.path, resource.words, resource.expand, {**resource.params, **filters}):
            if resource.nested:
                self._complete(page, resource.nested, resource.words)
            yield page

    def page(self, resource: Resource, after: str | None, **filters: Any) -> tuple[list[Object], bool]:
        """One page of a list, after the object `after`, and whether there is more."""
        params = {**resource.params, **filters, **({"starting_after": after} if after else {})}
        try:
            answer = self._page(resource.path, resource.words, resource.expand, params)
        except NotThere:
            if not resource.older_path:
                raise
            answer = self._page(resource.older_path, resource.words, resource.expand, params)
        if resource.nested:
            self._complete(answer["data"], resource.nested, resource.words)
        return answer["data"], bool(answer.get("has_more")) and bool(answer["data"])

    def one(self, resource: Resource, object_id: str) -> Object | None:
        """One object, expanded as in its list, with its nested list complete; None where it is gone."""
        chains = tuple(tuple(path.removeprefix("data.") for path in chain) for chain in resource.expand)
        try:
            found = self._expanded(f"{resource.path}/{object_id}", f"{resource.path}/one", resource.words, chains, {})
        except (NotThere, Refused):
            return None
        if resource.nested:
            self._complete([found], resource.nested, resource.words)
        return found

    def _complete(self, objects: list[Object], nested: Nested, words: str) -> None:
        short = [found for found in objects if _is_cut(found.get(nested.name))]
        # One alone is read here: this thread may be of the pool, and would wait for itself.
        read = map if len(short) == 1 else self._nested_pool.map
        for found, entries in zip(short, read(lambda found: self.entries(found["id"], nested, words), short), strict=True):
            found[nested.name]["data"] = entries
            found[nested.name]["has_more"] = False

    def entries(self, object_id: str, nested: Nested, words: str) -> list[Object]:
        """All entries of an object's nested list, with their discounts as deep as the server shows them."""
        path = nested.path.format(id=object_id)
        filters = {nested.owner: object_id} if nested.owner else {}
        return [entry for page in self._pages(path, words, nested.expand, filters, known_as=nested.path) for entry in page]

    def _pages(
        self, path: str, words: str, expand: tuple[Chain, ...], params: Object, known_as: str = ""
    ) -> Iterator[list[Object]]:
        after = None
        while True:
            answer = self._page(path, words, expand, {**params, **({"starting_after": after} if after else {})}, known_as)
            yield answer["data"]
            if not answer.get("has_more") or not answer["data"]:
                return
            after = answer["data"][-1]["id"]

    def _page(self, path: str, words: str, expand: tuple[Chain, ...], params: Object, known_as: str = "") -> Object:
        answer = self._expanded(path, known_as or path, words, expand, {"limit": PAGE, **params})
        entries = answer.get("data")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) and "id" in entry for entry in entries):
            raise SourceUnreachable(f"Stripe gave no usable list of {words}.")
        if entries and entries[-1]["id"] == params.get("starting_after"):
            raise SourceUnreachable(f"Stripe gives the same page of {words} again and again.")
        return answer

    def _expanded(self, path: str, known_as: str, words: str, chains: tuple[Chain, ...], params: Object) -> Object:
        """The answer with the expansions agreed on; agrees on them when the server refuses the newest ones."""
        expand = self._agreed.get(known_as, tuple(chain[0] for chain in chains))
        try:
            return self._unfolded(words, expand, self._client.get(path, words, **params, **_expand(expand)))
        except (Refused, PermissionMissing):
            if not expand:
                raise
        with self._agreeing:
            if self._agreed.get(known_as, expand) == expand:
                self._agreed[known_as] = self._agree(
                    path, words, chains, {**params, **({"limit": 1} if "limit" in params else {})}
                )
        expand = self._agreed[known_as]
        return self._unfolded(words, expand, self._client.get(path, words, **params, **_expand(expand)))

    def _unfolded(self, words: str, expand: tuple[str, ...], answer: Object) -> Object:
        """The answer, after a note of it where it leaves discounts that were asked for unshown."""
        if words not in self.folded and any(_is_folded(answer, path.split(".")) for path in expand if "discounts" in path):
            self.folded.add(words)
        return answer

    def _agree(self, path: str, words: str, chains: tuple[Chain, ...], params: Object) -> tuple[str, ...]:
        """The first path of each chain that the server takes; raises what it says to none at all."""
        self._client.get(path, words, **params)
        agreed = []
        for chain in chains:
            for candidate in chain:
                try:
                    self._client.get(path, words, **params, **_expand((candidate,)))
                except Refused:
                    continue
                except PermissionMissing:
                    self.unseen.add(EXPANDED_WORDS.get(candidate.rpartition(".")[2], words))
                    continue
                agreed.append(candidate)
                break
        return tuple(agreed)


def _expand(paths: tuple[str, ...]) -> Object:
    return {"expand": list(paths)} if paths else {}


def _is_folded(value: Any, path: list[str]) -> bool:
    """Whether discounts on this path are texts, ids that is."""
    if isinstance(value, list):
        return any(_is_folded(entry, path) for entry in value)
    if not isinstance(value, dict) or not path:
        return isinstance(value, str)
    return _is_folded(value.get(path[0]), path[1:] if path[0] != "discounts" else [])


def _is_cut(listed: Any) -> bool:
    if not isinstance(listed, dict) or not isinstance(listed.get("data"), list):
        return False
    return bool(listed.get("has_more")) or (listed.get("total_count") or 0) > len(listed["data"])
