"""Together or not at all: which texts, when the last of them is approved, and taking them apart."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure
from openness.disclosures.rules import Issue, PublishRefused
from openness.disclosures.services.override import letting_through
from openness.disclosures.services.publish import Publish
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.people import person
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models import Bundle, BundleText

LABEL = "channels.bundle"
MOST_TEXTS = 20


@transaction.atomic
def bundle_up(texts: Sequence[Disclosure], user: Any) -> Bundle:
    """Raises Refused: fewer than two, of several units, public already without a change, in another bundle, not the person's."""
    texts = list({text.pk: text for text in texts}.values())
    if not 2 <= len(texts) <= MOST_TEXTS:
        raise Refused(_("一起公开的要选两条以上，最多 {n} 条。").format(n=MOST_TEXTS))
    if len({text.unit_id for text in texts}) > 1:
        raise Refused(_("一起公开的要是同一个单位的。"))
    _may(texts[0].unit, user)
    keys = [text.pk for text in texts]
    rows = list(Disclosure.objects.select_for_update(of=("self",)).filter(pk__in=keys).defer("body").order_by("pk"))
    if done := [row.title for row in rows if row.live and not row.has_unpublished_changes]:
        raise Refused(_("已经公开了，不能再定：{titles}。").format(titles="、".join(done)))
    taken = BundleText.objects.filter(disclosure__in=keys, is_open=True).select_related("disclosure")
    if names := [one.disclosure.title for one in taken]:
        raise Refused(_("已经和别的定为一起公开：{titles}。").format(titles="、".join(names)))
    bundle = Bundle.objects.create(unit=texts[0].unit, made_by=person(user), made_at=timezone.now())
    BundleText.objects.bulk_create(BundleText(bundle=bundle, disclosure=row) for row in rows)
    return bundle


@transaction.atomic
def take_apart(bundle: Bundle, user: Any, reason: str) -> None:
    """What was approved and waited has to be sent in again: nobody approved it alone. Raises Refused: no reason, not open, not the person's."""
    _may(bundle.unit, user)
    row = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if not reason.strip():
        raise Refused(_("请写一句为什么拆开。"))
    if row.released_at or row.dissolved_at:
        raise Refused(_("这几条已经公开或者拆开了。"))
    row.dissolved_at, row.dissolved_by, row.reason = timezone.now(), person(user), reason.strip()[:200]
    row.save(update_fields=["dissolved_at", "dissolved_by", "reason"])
    BundleText.objects.filter(bundle=row).update(is_open=False)


def _may(unit: Unit, user: Any) -> None:
    if not user.is_superuser and not roles_of(user).cover(unit, roles_for(LABEL, "add")):
        raise Refused(_("这几条不归您定。"))


class Together:
    """A `Holder` of the disclosures app."""

    def hold(self, text: Disclosure, revision: Any, approver: Any) -> bool:
        own = BundleText.objects.filter(disclosure=text.pk, is_open=True).select_related("bundle").first()
        if own is None:
            return False
        bundle = Bundle.objects.select_for_update(of=("self",)).get(pk=own.bundle_id)  # two last approvals queue here
        Publish(text, revision, approver).check()
        self._note(own, revision, approver)
        members = list(bundle.texts.select_related("disclosure"))
        if all(one.is_ready for one in members):
            self._release(bundle, members)
        return True

    def waits(self, text: Disclosure) -> str:
        """Two queries for a text in an open bundle, one for every other."""
        own = BundleText.objects.filter(disclosure=text.pk, is_open=True).first() if text.pk else None
        if own is None:
            return ""
        others = list(BundleText.objects.filter(bundle=own.bundle_id).exclude(pk=own.pk).select_related("disclosure"))
        if not others:  # the rest was deleted
            return ""
        titles = "”“".join(one.disclosure.title for one in others)
        missing = sum(not one.is_ready for one in others)
        words = _("这一条定了和“{titles}”一起公开。") if not missing else _("这一条定了和“{titles}”一起公开，还有 {n} 条没有审完。")
        return words.format(titles=titles, n=missing)

    def _note(self, own: BundleText, revision: Any, approver: Any) -> None:
        own.revision, own.approver = revision.pk, approver.pk if approver else None
        own.approved_by, own.approved_at = person(approver), timezone.now()
        own.save(update_fields=["revision", "approver", "approved_by", "approved_at"])

    def _release(self, bundle: Bundle, members: Sequence[BundleText]) -> None:
        """All in the transaction of the last approval. The last approver's reason for letting through is not for the others' texts."""
        Bundle.objects.filter(pk=bundle.pk).update(released_at=timezone.now())
        BundleText.objects.filter(bundle=bundle).update(is_open=False)
        approvers = get_user_model().objects.in_bulk([one.approver for one in members if one.approver])
        with letting_through(""):
            for one in members:
                self._publish(one.disclosure, approvers.get(one.approver))

    def _publish(self, text: Disclosure, approver: Any) -> None:
        try:
            text.get_latest_revision().publish(user=approver)
        except PublishRefused as refused:
            said = [Issue("", _("“{title}”：{why}").format(title=text.title, why=one.sentence)) for one in refused.issues]
            raise PublishRefused(said) from refused
