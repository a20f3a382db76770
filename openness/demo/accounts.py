"""The people of the demo: invented accounts, one for each role."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from openness.units.models import Membership, Role, Unit

PASSWORD = "shifan-2026"  # noqa: S105  (printed by `make run`; the demo holds no secret)


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    role: Role
    unit: str


ACCOUNTS = (
    Account("jingban", "示例经办人", Role.CLERK, "220204101200"),
    Account("shenhe", "示例审核人", Role.REVIEWER, "220204101"),
    Account("jiandu", "示例监督人", Role.SUPERVISOR, "220204"),
    Account("guanli", "示例县级管理员", Role.ADMINISTRATOR, "220204"),
    Account("zhenban", "示例镇经办人", Role.CLERK, "220204100"),
    Account("qianzi", "示例签字人", Role.SIGNER, "220204101200"),
    Account("xianban", "示例县级经办人", Role.CLERK, "220204"),
    Account("xianshen", "示例县级审核人", Role.REVIEWER, "220204"),
    Account("shenji", "示例审计人", Role.AUDITOR, "220204"),
)


def create_accounts() -> None:
    """Idempotent; a password that somebody changed stays changed."""
    for account in ACCOUNTS:
        user, made = get_user_model().objects.get_or_create(username=account.username, defaults={"first_name": account.name})
        if made:
            user.set_password(PASSWORD)
            user.save()
        Membership.objects.get_or_create(user=user, unit=Unit.objects.get(code=account.unit), role=account.role)
