"""Two versions of a list: what is new (新增), gone (取消) or changed (调整), by code, then by name. Pure."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .content import Content

_ALIKE = 0.6
_MOST_PAIRS = 40_000  # of what may be renamed: above it the list is another list
Pair = tuple[Content, Content]
Key = Callable[[Content], Hashable]


@dataclass(frozen=True)
class Adjusted:
    before: Content
    after: Content

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """(column, before, after) of what changed, in the order of the columns."""
        old, new = self.before.as_dict(), self.after.as_dict()
        return [(name, old[name], new[name]) for name in old if old[name] != new[name]]


@dataclass(frozen=True)
class Hint:
    """Something for a person to look at; it changes no class. `kind` is renamed, split, merged or reused."""

    kind: str
    one: Content
    others: tuple[Content, ...]


@dataclass(frozen=True)
class Comparison:
    """Every entry of either version stands in exactly one of the four."""

    added: tuple[Content, ...]
    removed: tuple[Content, ...]
    adjusted: tuple[Adjusted, ...]
    same: tuple[Content, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.adjusted)

    def hints(self) -> list[Hint]:
        return [*_reused(self.adjusted), *_relatives(self.removed, self.added)]


def compare(old: Sequence[Content], new: Sequence[Content]) -> Comparison:
    """Keys (`Content.key`) must be unique within each version; import and form see to that."""
    left, right, pairs = list(old), list(new), []
    for key in (_by_code, _by_kind_and_name, _by_name):
        found, left, right = _matched(left, right, key)
        pairs += found
    place = {id(entry): number for number, entry in enumerate(new)}
    pairs.sort(key=lambda pair: place[id(pair[1])])
    return Comparison(
        added=tuple(right), removed=tuple(left),
        adjusted=tuple(Adjusted(*pair) for pair in pairs if pair[0] != pair[1]), same=tuple(after for before, after in pairs if before == after),
    )  # fmt: skip


def applied(old: Sequence[Content], change: Comparison) -> list[Content]:
    """The old version with the change made: the entries of the new one, in no certain order. Raises ValueError where it does not fit."""
    entries = list(old)
    for gone in change.removed:
        entries.remove(gone)
    for one in change.adjusted:
        entries[entries.index(one.before)] = one.after
    return [*entries, *change.added]


def _by_code(entry: Content) -> Hashable:
    return entry.key if entry.code else None


def _by_kind_and_name(entry: Content) -> Hashable:
    return (entry.matter, entry.plain_name)


def _by_name(entry: Content) -> Hashable:
    return entry.plain_name


def _matched(left: Sequence[Content], right: Sequence[Content], key: Key) -> tuple[list[Pair], list[Content], list[Content]]:
    """The pairs that this key names on both sides, once on each; and what is left of both."""
    one, other = _unique(left, key), _unique(right, key)
    pairs = [(one[name], other[name]) for name in one if name in other]
    taken = {id(entry) for pair in pairs for entry in pair}
    return pairs, [entry for entry in left if id(entry) not in taken], [entry for entry in right if id(entry) not in taken]


def _unique(entries: Sequence[Content], key: Key) -> dict[Hashable, Content]:
    times = Counter(map(key, entries))
    return {key(entry): entry for entry in entries if key(entry) and times[key(entry)] == 1}


def _reused(adjusted: Sequence[Adjusted]) -> Iterator[Hint]:
    """A code that now names something else may be a slip of the sheet."""
    for one in adjusted:
        if one.before.name != one.after.name and not _alike(one.before, one.after):
            yield Hint("reused", one.before, (one.after,))


def _relatives(removed: Sequence[Content], added: Sequence[Content]) -> Iterator[Hint]:
    if len(removed) * len(added) > _MOST_PAIRS:
        return
    near = {gone: tuple(new for new in added if gone.matter == new.matter and _alike(gone, new)) for gone in removed}
    parents = Counter(new for found in near.values() for new in found)
    for gone, found in near.items():
        if len(found) > 1:
            yield Hint("split", gone, found)
        elif found and parents[found[0]] == 1:
            yield Hint("renamed", gone, found)
    for new, number in parents.items():
        sources = tuple(gone for gone, found in near.items() if found == (new,))
        if number > 1 and len(sources) > 1:
            yield Hint("merged", new, sources)


def _alike(one: Content, other: Content) -> bool:
    """Most of the shorter name's characters are in the longer one, in order."""
    first, second = one.plain_name, other.plain_name
    common = sum(block.size for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks())
    return bool(first and second) and common >= _ALIKE * min(len(first), len(second))
