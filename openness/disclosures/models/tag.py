"""Which tags a disclosure has. A draft's stand in its revision; the rows here are those of the public version."""

from collections import defaultdict
from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase


class DisclosureTag(TaggedItemBase, models.Model):
    content_object = ParentalKey("disclosures.Disclosure", on_delete=models.CASCADE, related_name="tagged", verbose_name=_("公开内容"))

    objects: ClassVar[models.Manager["DisclosureTag"]] = models.Manager()

    class Meta:
        verbose_name = _("标签")
        verbose_name_plural = _("标签")


def tags_of(keys: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Key of a disclosure -> its tags in order; those without any are left out. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = DisclosureTag.objects.filter(content_object__in=keys).order_by("tag__name")
    for key, name in rows.values_list("content_object", "tag__name"):
        found[key].append(name)
    return {key: tuple(names) for key, names in found.items()}
