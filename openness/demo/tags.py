"""The demo's tags: words that people say, by the field of the item."""

from django.db import transaction
from taggit.models import Tag

from openness.disclosures.models import Disclosure, DisclosureTag
from openness.disclosures.services.publish import KIND
from search.outbox import touch

_BY_FIELD = {
    "社会救助": ("低保", "困难帮扶"),
    "村级财务": ("村里的账",),
    "居务公开": ("社区事务",),
    "宅基地和土地": ("宅基地",),
    "涉农补贴": ("种地补贴",),
    "养老服务": ("养老",),
    "农村危房改造": ("危房改造", "困难帮扶"),
    "社会保险": ("养老保险",),
}


@transaction.atomic
def give_tags() -> int:
    """Rows for everything public. Returns how many texts got one."""
    tags = {name: Tag.objects.get_or_create(name=name)[0] for names in _BY_FIELD.values() for name in names}
    rows = Disclosure.objects.public().filter(item__field__name__in=_BY_FIELD, tagged=None).values_list("pk", "item__field__name")
    found = dict(rows)
    DisclosureTag.objects.bulk_create(
        (DisclosureTag(content_object_id=key, tag=tags[name]) for key, field in found.items() for name in _BY_FIELD[field]), batch_size=500
    )
    touch(KIND, found)
    return len(found)
