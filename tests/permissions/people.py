"""Who asks. Every name says the role and where it is held, seen from the village whose things are asked for."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.users.models import UserProfile

from openness.units.models import Delegation, Membership, Role, Unit

# name -> (role, unit). Inside: the unit covers the village. Beside: the next village or township. Elsewhere: the other county.
INSIDE = {
    "clerk": ("clerk", "搜登站村"),
    "clerk above": ("clerk", "搜登站镇"),
    "signer": ("signer", "搜登站村"),
    "reviewer": ("reviewer", "搜登站镇"),
    "supervisor": ("supervisor", "船营区"),
    "administrator": ("administrator", "船营区"),
    "auditor": ("auditor", "船营区"),
}
OUTSIDE = {
    "clerk beside": ("clerk", "半拉山村"),
    "signer beside": ("signer", "半拉山村"),
    "reviewer beside": ("reviewer", "大绥河镇"),
    "supervisor beside": ("supervisor", "大绥河镇"),
    "clerk elsewhere": ("clerk", "弓通村"),
    "administrator elsewhere": ("administrator", "龙潭区"),
    "auditor elsewhere": ("auditor", "龙潭区"),
}
# Over both counties: what belongs to no unit is theirs.
OVER_ALL = {"administrator over all": ("administrator", "吉林市"), "auditor over all": ("auditor", "吉林市")}
STAND_IN = "stand-in"  # has no role of one's own; does the clerk's work while the clerk is away
NOBODY = "nobody"  # an account, even Django's staff, without a role
SUPERUSER = "superuser"
OF_THE_VILLAGE = {"clerk", "signer", STAND_IN}  # who covers no more than the village


def role_of(person: str) -> str:
    """The role by which a person's rights are reckoned."""
    return "clerk" if person == STAND_IN else person.split(maxsplit=1)[0]


def everybody(tree: dict[str, Unit]) -> dict[str, Any]:
    people = {name: _account(name) for name in (*INSIDE, *OUTSIDE, *OVER_ALL, STAND_IN, NOBODY, SUPERUSER)}
    for name, (role, unit) in {**INSIDE, **OUTSIDE, **OVER_ALL}.items():
        Membership.objects.create(user=people[name], role=Role(role), unit=tree[unit])
    _stand_in(people["clerk"], people[STAND_IN], tree["搜登站村"])
    return people


def _account(name: str) -> Any:
    options = {"is_staff": name == NOBODY, "is_superuser": name == SUPERUSER}
    user = get_user_model().objects.create_user(name.replace(" ", "-"), password="x", **options)
    UserProfile.get_for_user(user)  # else Wagtail makes it with the first page
    return user


def _stand_in(giver: Any, taker: Any, unit: Unit) -> None:
    today: date = timezone.localdate()
    Delegation.objects.create(
        giver=giver, taker=taker, role=Role.CLERK, unit=unit, since=today, until=today + timedelta(days=9), reason="出差",
        made_by="x", made_at=timezone.now(),
    )  # fmt: skip
