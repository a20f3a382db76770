"""One line a address: of which thing it is asked, who gets the page, and which acts it takes from whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ROLES = ("clerk", "signer", "reviewer", "supervisor", "administrator", "auditor")
EVERY = " ".join(ROLES)
AWAY = "away"  # Wagtail's "no permission": back to the front page with a message
LOGIN = "login"
GONE = "404"
ONLY_POST = "405"


@dataclass(frozen=True)
class Act:
    """What is posted, by whom it is taken, and by which line of `grants.py`. A value that can be called is given the things.

    `writes` is the table that the act of one who may writes to: it proves that the body is a real one. `names_place`: on a page of no one
    thing, the body names one of the village, so that people of other places are refused too.
    """

    body: dict[str, Any]
    by: str
    right: str = ""
    writes: str = ""
    names_place: bool = False

    def taken_from(self, role: str) -> bool:
        return role in self.by.split()

    def said(self, things: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
        return {name: value(things) if callable(value) else value for name, value in self.body.items()}


@dataclass(frozen=True)
class Row:
    """`opens` names the roles that get `page`; other roles of the place get `others`, people of other places `outside`.

    `right` is the line of `grants.py` that `opens` must say the same as. Superusers get `page`, and so does the `owner`, a person.
    """

    thing: str
    opens: str
    page: str = "200"
    others: str = AWAY
    outside: str = GONE
    right: str = ""
    acts: dict[str, Act] = field(default_factory=dict)
    sees: str = ""
    of: str = "village"  # a "town"'s thing is not of the village's own people; a "county"'s is of the next village's too
    owner: str = ""

    def expected(self, role: str, *, inside: bool) -> str:
        if not inside and self.outside:
            return self.outside
        if role in self.opens.split():
            return self.page
        return self.others if role not in self.sees.split() else ONLY_POST if self.page == ONLY_POST else AWAY


def values(*names: str) -> Callable[[Mapping[str, tuple[Any, ...]]], Any]:
    """The first value of the thing in a body; a list where there are several things."""
    return lambda things: things[names[0]][0] if len(names) == 1 else [things[name][0] for name in names]


def of(thing: str, opens: str, right: str = "", **more: Any) -> Row:
    """A page of one thing of one place."""
    return Row(thing, opens, right=right, **more)


def listing(opens: str, right: str = "", **more: Any) -> Row:
    """A page of nothing in particular: the role counts wherever it is held; what it lists is another test's."""
    return Row("", opens, right=right, outside="", **more)
