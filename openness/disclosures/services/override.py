"""Going past a rule that can be gone past: 仍要交 of the writer, 放行 of a reviewer."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.override import RuleOverride, RuleRequest
from ..rules import Issue, Level, PublishRefused
from ..rules.issue import FEWEST_SIGNS
from ..rules.personal import mask
from .check import check
from .receipts import person
from .separation import may_approve, writers

if TYPE_CHECKING:
    from ..models import Disclosure

_LONGEST_REASON, _LONGEST_SENTENCE = 300, 500
# Between the approval and the publication lie methods of Wagtail that hand nothing on.
_GIVEN: ContextVar[str] = ContextVar("reason for letting through", default="")


@dataclass(frozen=True)
class Broken:
    """A broken rule before a reviewer, with what the writer said of it, if anything."""

    issue: Issue
    request: RuleRequest | None

    @property
    def overridable(self) -> bool:
        return self.issue.overridable


def ask(disclosure: "Disclosure", rules: Iterable[str], reason: str, user: Any) -> None:
    """Keep why the text was sent to review although it breaks these rules. Numbers of persons in the reason are masked."""
    kept = mask(reason.strip())[:_LONGEST_REASON]
    RuleRequest.objects.bulk_create(
        RuleRequest(disclosure_id=disclosure.pk, rule=rule, reason=kept, asked_by=person(user), asked_at=timezone.now())
        for rule in sorted(set(rules))
    )


def with_reasons(disclosure: "Disclosure", issues: Iterable[Issue]) -> list[Broken]:
    """Blocking issues with the latest reason of the writer; one query, and none where nothing is broken."""
    blocking = [issue for issue in issues if issue.blocks]
    if not blocking or not disclosure.pk:
        return [Broken(issue, None) for issue in blocking]
    rows = RuleRequest.objects.filter(disclosure=disclosure.pk).order_by("pk")
    latest = {row.rule: row for row in rows}
    return [Broken(issue, latest.get(issue.rule)) for issue in blocking]


def broken_rules(disclosure: "Disclosure") -> list[Broken]:
    """Of a version as it would be published now."""
    issues = check(disclosure, correcting=bool(disclosure.first_published_at), softest=Level.BLOCK)
    return with_reasons(disclosure, issues)


@contextmanager
def letting_through(reason: str) -> Iterator[None]:
    """What is published inside goes past broken rules for this reason of the approver; without one nothing is different."""
    token = _GIVEN.set(reason.strip())
    try:
        yield
    finally:
        _GIVEN.reset(token)


def let_through_as_asked(issues: Sequence[Issue], revision: Any, approver: Any) -> list[Issue]:
    """What still stands in the way: nothing where the approver gave a reason, whose rows are written now.

    Raises:
        PublishRefused: see `let_through`.
    """
    if not issues or approver is None or not _GIVEN.get():
        return list(issues)
    let_through(revision, approver, _GIVEN.get())
    return []


def let_through(revision: Any, user: Any, reason: str) -> list[RuleOverride]:
    """A reviewer takes the broken rules of this revision upon himself. Call in the transaction that publishes.

    Returns:
        The rows, one a sentence; none where nothing is broken.

    Raises:
        PublishRefused: a rule nobody can go past, no real reason, the own text, or not the person's to review.
    """
    disclosure = revision.as_object()
    broken = broken_rules(disclosure)
    if not broken:
        return []
    _may(disclosure, user)
    if fixed := [one.issue for one in broken if not one.overridable]:
        raise PublishRefused([*fixed, Issue("", _("这样的规则不能放行，要改好才能公开。"))])
    if len(reason.strip()) < FEWEST_SIGNS:
        raise PublishRefused([Issue("", _("请写明为什么放行，至少 {n} 个字。").format(n=FEWEST_SIGNS))])
    return [_row(disclosure, revision.pk, one, user, mask(reason.strip())[:_LONGEST_REASON]) for one in broken]


def _may(disclosure: "Disclosure", user: Any) -> None:
    """Like an approval: not the own text, and not what one has signed."""
    if user.is_superuser:
        return
    if user.pk in writers(disclosure):
        raise PublishRefused([Issue("", _("自己写的不能自己放行，请别的审核人来审。"))])
    if may_approve(user, disclosure) is None:
        raise PublishRefused([Issue("", _("只有本单位或上级单位的审核人能放行；自己签的字，也不能自己放行。"))])


def _row(disclosure: "Disclosure", revision: int, one: Broken, user: Any, reason: str) -> RuleOverride:
    return RuleOverride.objects.create(
        disclosure_id=disclosure.pk, unit_id=disclosure.unit_id, revision=revision, rule=one.issue.rule,
        sentence=one.issue.sentence[:_LONGEST_SENTENCE], clerk=one.request.asked_by if one.request else "",
        clerk_reason=one.request.reason if one.request else "", reviewer=person(user), reviewer_reason=reason, at=timezone.now(),
    )  # fmt: skip


def still_broken(issues: Sequence[Issue], disclosure: "Disclosure", revision: int) -> list[Issue]:
    """Without what a reviewer let through in this very revision, sentence by sentence. One query, and none where nothing is broken."""
    if not issues:
        return []
    rows = RuleOverride.objects.filter(disclosure=disclosure.pk, revision=revision)
    through = set(rows.values_list("rule", "sentence"))
    return [issue for issue in issues if not (issue.overridable and (issue.rule, issue.sentence[:_LONGEST_SENTENCE]) in through)]
