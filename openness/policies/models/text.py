"""What a policy and its interpretation have in common: drafts above the public version, a second person, withdrawing with a reason."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Revision, RevisionMixin

from openness.disclosures.fields import QuietForeignKey
from openness.pagecache.topics import changing
from openness.units.models import Unit

from ..shown import policies_shown_at

_OF_DRAFTS = frozenset({"latest_revision", "has_unpublished_changes"})


class Stage(models.TextChoices):
    WRITING = "writing", _("在写")
    SENT = "sent", _("等审核")
    RETURNED = "returned", _("退回来要改")
    DONE = "done", _("办完")


class PublicTextQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        return self.filter(live=True)


class PublicText(DraftStateMixin, RevisionMixin, models.Model):
    """Revisions are the drafts; the row is what is public, and, before the first publication, the newest draft.

    What is about the work and not of the text (stage, author, withdrawal) is the row's own: no revision brings an old one back.
    """

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    title = models.CharField(_("标题"), max_length=200)
    issuer = models.CharField(_("发文机关"), max_length=80)
    text = models.TextField(_("正文"), blank=True)
    files = models.JSONField(_("附件"), default=list, blank=True)  # keys of attachments, in order
    stage = models.CharField(_("办到哪一步"), max_length=8, choices=Stage.choices, default=Stage.WRITING)
    author = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人"))
    return_note = models.CharField(_("为什么退回"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, editable=False)
    withdrawn_reason = models.CharField(_("撤下原因"), max_length=300, blank=True, editable=False)

    of_row: ClassVar[tuple[str, ...]] = ("stage", "author_id", "return_note", "withdrawn_at", "withdrawn_reason")
    kind: ClassVar[str]
    category: ClassVar[str]  # in one-network search

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The row and its outbox row stand or fall together; what never was public changes no public page."""
        from ..search import tell

        shown = self._is_shown(kwargs.get("update_fields"))
        reach: AbstractContextManager[None] = policies_shown_at(self.unit) if shown else changing(())
        with reach, transaction.atomic():
            super().save(*args, **kwargs)
            if shown:
                tell(self.kind, [self.pk])

    def _is_shown(self, columns: Collection[str] | None) -> bool:
        """Whether a save changes a public page: not before the first publication, and not where only the draft goes on."""
        return self.first_published_at is not None and not (columns and _OF_DRAFTS.issuperset(columns))

    def with_content_json(self, content: dict[str, Any]) -> Any:
        text = super().with_content_json(content)
        for name in self.of_row:
            setattr(text, name, getattr(self, name))
        return text

    @property
    def draft(self) -> Any:
        """The newest version, public or not, with the row as it is now: a revision that was read before keeps an older row."""
        revision = self.newest_revision
        return revision.as_object() if revision else self

    @property
    def newest_revision(self) -> Revision | None:
        return Revision.objects.filter(pk=self.latest_revision_id).first()
