"""Many drafts at once: what saving the form once leaves of each, by batches; and their removal while nobody has gone on with them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, WorkflowState
from wagtail.signal_handlers import disable_reference_index_auto_update

from openness.pagecache.topics import changing

from ..models import Disclosure
from .places import towns_and_counties

_BATCH = 200


def create_drafts(texts: Sequence[Disclosure], user: Any, about: dict[str, Any], now: datetime | None = None) -> list[Disclosure]:
    """Store unsaved texts as drafts, each with its first version by `user` and a line in the history that holds `about`.

    Returns:
        The same, with `pk` and `latest_revision`. Units must be loaded. To be called within a transaction.
    """
    places = towns_and_counties(text.unit_id for text in texts)
    for text in texts:
        text.town_id, text.county_id = places[text.unit_id]
        text.live, text.has_unpublished_changes = False, True
        # Not saved yet: no version asks the database for them.
        text.tagged = list(text.tagged.all())  # type: ignore[misc]
    with changing(()):  # no public page shows a draft
        made = Disclosure.objects.bulk_create(texts, batch_size=_BATCH)
        _first_versions(made, user, about, now or timezone.now())
    return made


def _first_versions(made: Sequence[Disclosure], user: Any, about: dict[str, Any], now: datetime) -> None:
    kind = ContentType.objects.get_for_model(Disclosure)
    shared = {"content_type": kind, "user": user}
    versions = Revision.objects.bulk_create(
        [
            Revision(
                **shared,
                base_content_type=kind,
                object_id=str(text.pk),
                created_at=now,
                object_str=str(text),
                content=text.serializable_data(),
            )
            for text in made
        ],
        batch_size=_BATCH,
    )
    for text, version in zip(made, versions, strict=True):
        text.latest_revision = version
    Disclosure.objects.bulk_update(made, ["latest_revision"], batch_size=_BATCH)
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                **shared, object_id=str(text.pk), label=str(text)[:200], action="wagtail.create", timestamp=now,
                revision=text.latest_revision, content_changed=True, data=about,
            )
            for text in made
        ],
        batch_size=_BATCH,
    )  # fmt: skip


def ever_sent(keys: Collection[int]) -> set[int]:
    """Those among these texts that were sent in, also where they came back."""
    kind = ContentType.objects.get_for_model(Disclosure)
    states = WorkflowState.objects.filter(base_content_type=kind, object_id__in=[str(key) for key in keys])
    return {int(key) for key in states.values_list("object_id", flat=True)}


def remove_drafts(keys: Collection[int]) -> None:
    """Delete texts that never were public. Made by `create_drafts`, they have no rows in Wagtail's reference index, so none are looked for."""
    with changing(()), disable_reference_index_auto_update():
        Disclosure.objects.filter(pk__in=keys, first_published_at=None).delete()
