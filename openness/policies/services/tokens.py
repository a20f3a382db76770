"""Keys of departments: made by the administrator, shown once, kept as a hash, stopped at once."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.pagecache.topics import changing
from openness.units.admin.common import may_for
from openness.units.models import Unit
from openness.units.people import person
from openness.units.refusal import Refused

from ..models import DepartmentToken, HourCount
from .rights import TOKEN

MOST_AN_HOUR = 120
_BYTES, _HINT = 32, 6


class TooOften(Refused):
    """More requests in an hour than a key has."""


def issue(unit: Unit, department: str, user: Any) -> tuple[DepartmentToken, str]:
    """Returns the row and the key, which nobody can read again. Raises: PermissionDenied, Refused."""
    if not may_for(user, TOKEN, "add", unit):
        raise PermissionDenied
    if not department.strip():
        raise Refused(_("请写部门名称。"))
    key = secrets.token_urlsafe(_BYTES)
    values = {"department": department.strip()[:80], "digest": digest_of(key), "hint": key[:_HINT], "issued_by": person(user)}
    with changing(()):
        return DepartmentToken.objects.create(unit=unit, **values), key


def revoke(token: DepartmentToken, user: Any) -> None:
    """Raises: PermissionDenied."""
    if not may_for(user, TOKEN, "change", token.unit):
        raise PermissionDenied
    with changing(()):
        rows = DepartmentToken.objects.filter(pk=token.pk, revoked_at=None)
        rows.update(revoked_at=timezone.now(), revoked_by=person(user))


def token_of(key: str) -> DepartmentToken | None:
    """The token of a key that is in force; its unit is loaded. By its hash, so no comparison leaks a part of it."""
    rows = DepartmentToken.objects.select_related("unit").filter(revoked_at=None, unit__active=True)
    return rows.filter(digest=digest_of(key)).first() if key else None


@transaction.atomic
def count_request(token: DepartmentToken) -> None:
    """Raises: TooOften: the requests of this hour are used up."""
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    with changing(()):
        HourCount.objects.filter(token=token, hour__lt=hour - timedelta(days=1)).delete()
        HourCount.objects.get_or_create(token=token, hour=hour)
        HourCount.objects.filter(token=token, hour=hour).update(number=F("number") + 1)
        DepartmentToken.objects.filter(pk=token.pk).update(used_at=now)
    if HourCount.objects.get(token=token, hour=hour).number > MOST_AN_HOUR:
        raise TooOften(_("这个密钥一小时只能报 {n} 次，过一小时再报。").format(n=MOST_AN_HOUR))


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
