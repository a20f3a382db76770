"""A guide in each state, and lists of powers of the village at each step."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openness.guides.models import ServiceGuide
from openness.powers.models import Kind, ListVersion, PowerList, PowerUpload
from openness.powers.rules.content import Content
from openness.powers.services.drafts import describe, save_entry, start_from_current
from openness.units.models import Unit
from tests.guides.conftest import COMPLETE

from .writing import SECRET, Values

_ENTRY = Content(f"{SECRET}第一项", "licence", "X-1", "《森林法》第五十六条", "村委会")


def guides_and_lists(tree: dict[str, Unit], people: dict[str, Any]) -> dict[str, Values]:
    village, clerk = tree["搜登站村"], people["clerk"]
    guide, public, scheduled = (_guide(village, clerk) for _n in range(3))
    public.get_latest_revision().publish(user=people["reviewer"])
    scheduled.go_live_at = timezone.now() + timedelta(days=9)
    scheduled.save_revision(user=clerk).publish(user=people["reviewer"])
    draft = _draft(PowerList.objects.create(unit=village, kind=Kind.POWERS), clerk)
    return {
        "guide": (guide.pk,), "guide, revision": (guide.pk, guide.latest_revision_id), "guide, two versions": (guide.pk, "earliest", "latest"),
        "public guide": (public.pk,), "guide, scheduled": (scheduled.pk, ServiceGuide.objects.get(pk=scheduled.pk).latest_revision_id),
        "power draft": (draft.pk,), "power entry": (draft.entries.get().pk,), **_to_begin(tree, clerk),
    }  # fmt: skip


def _guide(village: Unit, clerk: Any) -> ServiceGuide:
    made = ServiceGuide(unit=village, live=False, author=clerk, **{**COMPLETE, "name": f"{SECRET}指南"})
    made.save()
    made.save_revision(user=clerk)
    return made


def _draft(power_list: PowerList, clerk: Any) -> ListVersion:
    draft = start_from_current(power_list, clerk)
    describe(draft, clerk, in_force_from=date(2026, 1, 1), document_number="1号", basis="")
    save_entry(draft, _ENTRY, clerk)
    return draft


def _to_begin(tree: dict[str, Unit], clerk: Any) -> dict[str, Values]:
    """Of the same village, with a list of the other kind: nothing written yet, and a sheet that waits."""
    licences = PowerList.objects.create(unit=tree["搜登站村"], kind=Kind.LICENCES)
    upload = PowerUpload.objects.create(power_list=licences, owner=clerk, file_name=f"{SECRET}.csv", rows=[_ENTRY.as_dict()])
    return {"power list without a draft": (licences.pk,), "power upload": (upload.pk,)}
