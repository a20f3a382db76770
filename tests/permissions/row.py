"""One line a address: of which thing it is asked, who gets the page, and which acts it takes from whom."""

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
    """What is posted, by whom it is taken, and by which line of `grants.py`."""

    body: dict[str, Any]
    by: str
    right: str = ""

    def taken_from(self, role: str) -> bool:
        return role in self.by.split()


@dataclass(frozen=True)
class Row:
    """`opens` names the roles that get `page`; other roles of the place get `others`, people of other places `outside`.

    `right` is the line of `grants.py` that `opens` must say the same as. Superusers get `page`.
    """

    thing: str
    opens: str
    page: str = "200"
    others: str = AWAY
    outside: str = GONE
    right: str = ""
    acts: dict[str, Act] = field(default_factory=dict)
    sees: str = ""
    of_county: bool = False  # the thing is the county's: the next village's people are of its place too

    def expected(self, role: str, *, inside: bool) -> str:
        if not inside and self.outside:
            return self.outside
        if role in self.opens.split():
            return self.page
        return self.others if role not in self.sees.split() else ONLY_POST if self.page == ONLY_POST else AWAY


def of(thing: str, opens: str, right: str = "", **more: Any) -> Row:
    """A page of one thing of one place."""
    return Row(thing, opens, right=right, **more)


def listing(opens: str, right: str = "", **more: Any) -> Row:
    """A page of nothing in particular: the role counts wherever it is held; what it lists is another test's."""
    return Row("", opens, right=right, outside="", **more)
