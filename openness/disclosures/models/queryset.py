"""Questions asked of all disclosures; and changes to many at once, which tell the search index like every other change."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models, transaction

from openness.units.models import Unit
from search.outbox import touch

if TYPE_CHECKING:
    from .disclosure import Disclosure


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def public(self) -> "DisclosureQuerySet":
        return self.filter(live=True)

    def for_lists(self) -> "DisclosureQuerySet":
        """What a list shows, without the body."""
        return self.select_related("unit", "item__field").defer("body", "unit__address", "item__raw", "item__elements", "item__basis")

    def newest(self) -> "DisclosureQuerySet":
        return self.order_by("-first_published_at", "-pk")

    def on_notice(self, today: date) -> "DisclosureQuerySet":
        """Public notices whose period runs today, soonest end first."""
        return self.public().filter(notice_from__lte=today, notice_until__gte=today).order_by("notice_until", "pk")

    def below(self, unit: Unit) -> "DisclosureQuerySet":
        """Of this unit and of all units below it, by the columns kept for it."""
        column = {3: "county", 4: "town", 5: "unit"}.get(unit.level)
        return self.filter(**{column: unit.pk}) if column else self.filter(unit__path__startswith=unit.path)

    def update(self, **columns: Any) -> int:
        """As Django's, and the outbox rows in the same transaction. The rows are locked first, so that it is these that change."""
        with transaction.atomic(using=self.db):
            keys = [row.pk for row in self.select_related(None).select_for_update(of=("self",)).only("pk")]
            changed = super(DisclosureQuerySet, self.filter(pk__in=keys)).update(**columns)
            touch(_kind(), keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable["Disclosure"], *args: Any, **options: Any) -> list["Disclosure"]:
        """As Django's, and the outbox rows in the same transaction.

        Raises:
            NotImplementedError: with `ignore_conflicts`, which does not tell what was written.
        """
        if options.get("ignore_conflicts"):
            _refuse("bulk_create(ignore_conflicts=True)")
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **options)
            touch(_kind(), [disclosure.pk for disclosure in made])
        return made

    def _raw_delete(self, using: str | None) -> NoReturn:
        """Rows deleted without a signal would stay in the index."""
        _refuse("_raw_delete")

    _raw_delete.alters_data = True  # type: ignore[attr-defined]


def _kind() -> str:
    from ..services.publish import KIND

    return KIND


def _refuse(what: str) -> NoReturn:
    raise NotImplementedError(
        f"Disclosure.objects.{what} would leave the search index behind the database; use update(), delete() or bulk_create()"
    )
