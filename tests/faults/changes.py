"""Everything that clerks and administrators do to what is public, at random: through the services, as the site does it."""

import random
from collections import Counter
from datetime import date

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.disclosures.services.bulk import publish_many
from openness.disclosures.services.take_down import withdraw
from openness.units.models import Unit

WORDS = ("低保名单", "村级财务收支", "宅基地审批", "高龄津贴", "耕地补贴")


class Clerk:
    """Changes one thing at a time. `did` counts what was done."""

    def __init__(self, village: Unit, item: Item, reviewer: object, seed: int) -> None:
        self.village, self.item, self.reviewer = village, item, reviewer
        self.chance = random.Random(seed)
        self.numbers = iter(self.chance.sample(range(1_000_000), 100_000))  # no title twice: a test asks for one and means this one
        self.made: list[int] = []
        self.did: Counter[str] = Counter()

    def change(self) -> None:
        act = self.chance.choices(
            (self.publish, self.correct, self.withdraw, self.draft_and_delete, self.hide_by_update, self.rename), (30, 25, 15, 10, 15, 2)
        )[0]
        act()
        self.did[act.__name__] += 1

    def publish(self) -> None:
        (made,) = publish_many([self._draft()], "经办人", "审核人")
        self.made.append(made.pk)

    def correct(self) -> None:
        disclosure = self._any()
        if disclosure is None:
            return
        disclosure.title, disclosure.change_note = self._title(), "有误"
        disclosure.save_revision().publish(user=self.reviewer)

    def withdraw(self) -> None:
        disclosure = self._any()
        if disclosure is not None:
            withdraw(disclosure, self.reviewer, "含有个人信息")

    def draft_and_delete(self) -> None:
        """Public rows without a receipt can go altogether."""
        bare = self._draft()
        bare.live = True
        Disclosure.objects.bulk_create([bare])
        if self.chance.random() < 0.8:
            Disclosure.objects.filter(pk=bare.pk).delete()

    def hide_by_update(self) -> None:
        some = self.chance.sample(self.made, min(3, len(self.made)))
        Disclosure.objects.filter(pk__in=some).update(live=self.chance.random() < 0.6)

    def rename(self) -> None:
        self.village.refresh_from_db()
        self.village.short_name = f"搜登站{self.chance.randrange(1000)}村"
        self.village.save()

    def _any(self) -> Disclosure | None:
        live = Disclosure.objects.public().filter(pk__in=self.chance.sample(self.made, min(5, len(self.made)))).order_by("pk")
        return live.select_related("unit", "item__field__standard").first()

    def _title(self) -> str:
        return f"{self.chance.choice(WORDS)}第{next(self.numbers)}号"

    def _draft(self) -> Disclosure:
        body = [{"type": "text", "id": f"{self.chance.randrange(2**60):032x}", "value": f"<p>{self._title()}</p>"}]
        item = Item.objects.select_related("field__standard").get(pk=self.item.pk)
        return Disclosure(unit=self.village, item=item, title=self._title(), formed_on=date(2026, 1, 5), body=body)
