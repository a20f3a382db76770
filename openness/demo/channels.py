"""What hangs on the walls of the demo, one notice that the township sent to its villages, two texts that are to be public together."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openness.channels.services.batches import Notice, items_for, send_out, villages_of
from openness.channels.services.bundles import bundle_up
from openness.channels.services.naming import channels_of
from openness.channels.services.posting import Up, put_up, take_off
from openness.channels.services.village_rows import cut_by_village
from openness.disclosures.models import Disclosure
from openness.disclosures.services.begin import begin
from openness.units.models import Unit

_VILLAGE, _TOWN = "220204101200", "220204100"
_ITEM = "村级重大事项和工程项目"
_HUNG, _DOWN = 12, 2
_NOTICE = "秋冬季森林防火巡护安排"
_WORDS = "<p>【村名】秋冬季森林防火巡护从即日起开始，巡护员和电话见下表，发现火情请马上打电话。</p>"


def play_channels(cast: Any, today: date) -> None:
    _hang(cast["jingban"], today)
    _send(cast["zhenban"], today)
    _bundle(cast["jingban"], today)


def _hang(clerk: Any, today: date) -> None:
    """Up on the day after publication; the oldest came down; the newest are still to go up, and some may come down."""
    texts = Disclosure.objects.public().filter(unit__code=_VILLAGE).select_related("unit", "item").order_by("-first_published_at")
    for number, text in enumerate(texts[3 : 3 + _HUNG]):
        published = timezone.localdate(text.first_published_at) if text.first_published_at else today
        posting = put_up(text, clerk, Up(channels_of(text)[0], min(published + timedelta(days=1), today)))
        if number >= _HUNG - _DOWN and posting.until and posting.until < today:
            take_off(posting, clerk, posting.until)


def _send(clerk: Any, today: date) -> None:
    """A draft of the township with a row for each village."""
    town = Unit.objects.get(code=_TOWN)
    villages = [one for one in villages_of(town) if one.kind == "village"]
    item = next((one for one in items_for(town) if one.name == _ITEM and one.binds_villages), None)
    if item is None or not villages:
        return
    source = _draft(town, item, f"{town}{_NOTICE}", _WORDS, clerk, today)
    rows = [["村名", "巡护员", "巡护地段"], *([one.short_name, "示例巡护员", f"{one.short_name}后山"] for one in villages)]
    send_out(Notice(source, item, villages, cut_by_village(rows, villages)), clerk)


def _bundle(clerk: Any, today: date) -> None:
    village = Unit.objects.get(code=_VILLAGE)
    item = next((one for one in items_for(village.get_parent()) if one.name == _ITEM), None)
    if item is None:
        return
    words = "<p>{what}经村民代表会议讨论通过，现予公开。</p>"
    pair = [
        _draft(village, item, f"{village}{what}", words.format(what=what), clerk, today) for what in ("道路硬化方案", "道路硬化方案的说明")
    ]
    bundle_up(pair, clerk)


def _draft(unit: Unit, item: Any, title: str, words: str, clerk: Any, today: date) -> Disclosure:
    made = begin(unit, item, "", today)
    made.title, made.author_id, made.live = title, clerk.pk, False
    made.body = [("text", words)]
    made.save()
    made.save_revision(user=clerk)
    return made
