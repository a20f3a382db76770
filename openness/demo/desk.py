"""What supervisors and administrators of the demo have done: every act by the service that the desk's buttons use."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from catalog.models import Item
from openness.disclosures.periods import period_label
from openness.disclosures.services.bulk import publish_many
from openness.supervision.models import AnswerKind, Checklist, CheckName, Finding, FindingState, Obligation, Rectification, Step, Urging
from openness.supervision.services.annual import draft_report
from openness.supervision.services.declare import extend, waive
from openness.supervision.services.notice import draft_notice
from openness.supervision.services.notice import issue as issue_notice
from openness.supervision.services.quality import check_quality, judge_finding
from openness.supervision.services.rectify import Demand, issue, take
from openness.supervision.services.spot_check import NO, YES, Population, begin, judge_sample
from openness.supervision.services.terms import place_of
from openness.supervision.services.urge import answer, judge, urge
from openness.units.models import Unit
from openness.units.names import Kind

from .accounts import ACCOUNTS
from .channels import play_channels
from .lists import play_lists
from .participation import play_participation
from .policies import play_policies
from .reviews import play_reviews
from .screens import play_screens
from .signing import signed_on_paper
from .stories.flaws import flawed
from .stories.year import disclosure_of, ended_quarters

COUNTY = "220204"
_TOWN, _CLERK_S_VILLAGE, _CLERK_S_TOWN = "220204101", "220204101200", "220204100"
_LONG_AGO = timedelta(days=11)
_SAMPLES, _JUDGED = 12, 9
_NOTES = {2: "补贴标准没有写，群众看不出怎么算的。", 6: "标题没有写期次。"}


class Cast:
    """The people of the demo by account name."""

    def __init__(self) -> None:
        users = get_user_model().objects.filter(username__in=[account.username for account in ACCOUNTS])
        self._by_name = {user.get_username(): user for user in users}

    def __getitem__(self, name: str) -> Any:
        return self._by_name[name]


def play_desk(county: Unit, today: date) -> None:
    """Urging and its answers, waivers and an extension, orders in every state, a spot check, a notice, an annual report, checks."""
    cast, blanks = Cast(), _Blanks(county, today, spared=_CLERK_S_VILLAGE)
    play_urging(cast, blanks, today)
    play_waivers(cast, blanks, today)
    play_orders(cast, blanks)
    play_spot_check(cast, county, today)
    issue_notice(draft_notice(county, ended_quarters(today)[0], cast["jiandu"], today), cast["jiandu"])
    draft_report(Unit.objects.get(code=_CLERK_S_TOWN), ended_quarters(today)[0].last.year, cast["zhenban"], today)
    play_quality(cast)
    play_reviews(cast, today)
    play_channels(cast, today)
    play_participation(cast, today)
    play_screens(cast, today)
    play_policies(cast, today)
    play_lists(cast, today)


class _Blanks:
    """Cells long overdue, handed out once each, as widely over the units as there are."""

    def __init__(self, place: Unit, today: date, spared: str = "") -> None:
        cells = Obligation.objects.below(place).overdue(today - _LONG_AGO).exclude(period="").exclude(unit__code=spared)
        self.cells: list[Obligation] = list(cells.select_related("unit", "town", "item", "duty").order_by("-due_on", "duty", "pk"))

    def take(self, number: int, below: str = "") -> list[Obligation]:
        """Up to so many, of different units, of those whose code begins so."""
        found: dict[int, Obligation] = {}
        for cell in self.cells:
            if len(found) < number and cell.unit.code.startswith(below):
                found.setdefault(cell.unit_id, cell)
        taken = {cell.pk for cell in found.values()}
        self.cells = [cell for cell in self.cells if cell.pk not in taken]
        return list(found.values())


def play_urging(cast: Cast, blanks: _Blanks, today: date) -> None:
    """Some once, some twice without result, some an hour ago."""
    own = _Blanks(Unit.objects.get(code=_CLERK_S_VILLAGE), today).take(1)
    near = blanks.take(4, _CLERK_S_TOWN)
    far, fresh = blanks.take(4), blanks.take(2)
    now = timezone.now()
    _urge([*near, *far], cast, now - timedelta(days=9))
    _urge(far, cast, now - timedelta(days=7))
    _urge([*own, *fresh], cast, now - timedelta(hours=1))
    if len(near) == 4:
        _answers(cast, near, today)


def _urge(cells: Sequence[Obligation], cast: Cast, at: datetime) -> None:
    urge([cell.pk for cell in cells], cast["jiandu"], at)


def _answers(cast: Cast, cells: Sequence[Obligation], today: date) -> None:
    """One waits to be judged, one was returned, one was accepted; the last says nothing."""
    clerk, supervisor, until = cast["zhenban"], cast["jiandu"], today + timedelta(days=10)
    waiting, returned, accepted = (Urging.objects.get(cell=cell) for cell in cells[:3])
    answer(waiting, clerk, AnswerKind.LATER, "会计换人，正在交接账目。", until)
    judge(answer(returned, clerk, AnswerKind.LATER, "忙。", until), supervisor, passed=False, note="请写清楚为什么要延期。")
    judge(answer(accepted, clerk, AnswerKind.NIL, "这一期没有发生"), supervisor, passed=True)


def play_waivers(cast: Cast, blanks: _Blanks, today: date) -> None:
    for cell in blanks.take(3):
        waive(cell.unit, cell.duty, cell.period, cast["guanli"], "名单正在复核，经批准本期先不公开。", today + timedelta(days=60))
    for cell in blanks.take(1):
        extend(cell, cast["guanli"], "账目送第三方审计，审计完再公开。", today + timedelta(days=12))


def play_orders(cast: Cast, blanks: _Blanks) -> None:
    """One just issued, one answered, one sent back, one closed."""
    supervisor, reviewer = cast["jiandu"], cast["shenhe"]
    told = [_order_of(cell, supervisor) for cell in blanks.take(3, _TOWN)]
    for order in told[1:]:
        take(order, Step.ANSWER, reviewer, "账目已报镇里审核，三天内公开。")
    for order in told[2:]:
        take(order, Step.SEND_BACK, supervisor, "还没有看到公开，请先公开再答复。")
    town = Unit.objects.get(code=_TOWN)
    closed = issue(supervisor, Demand(town, "公示栏和网上的数字不一样", "请核对上季度高龄津贴的人数，把错的改过来。"))
    take(closed, Step.ANSWER, reviewer, "公示栏抄错一行，已经改正。")
    take(closed, Step.CLOSE, supervisor, "现场看过，一致了。")


def _order_of(cell: Obligation, supervisor: Any) -> Rectification:
    title = f"{place_of(cell)}“{cell.item.name}”{cell.period_label}没有公开"[:200]
    return issue(supervisor, Demand(cell.unit, title, "请公开，或说明原因。", cell=cell))


def play_spot_check(cast: Cast, county: Unit, today: date) -> None:
    """Most samples are judged, two have something to say of."""
    quarter = ended_quarters(today)[0]
    population = Population(county.code, quarter.first.isoformat(), today.isoformat())
    name = f"{period_label(quarter.code)}公开内容抽查"
    checklist = Checklist.objects.filter(active=True).order_by("pk")[0]
    check = begin(cast["jiandu"], name, population, _SAMPLES, f"{COUNTY}-{quarter.code}", checklist)
    for sample in check.samples.select_related("check_of")[:_JUDGED]:
        note = _NOTES.get(sample.position, "")
        answers = {str(number): YES for number in range(len(check.questions))} | ({"1": NO} if note else {})
        judge_sample(sample, cast["jiandu"], answers, note)


def publish_flawed(today: date, clerk: str, reviewer: str) -> int:
    """Texts that the machine's checks will find fault with. Returns how many."""
    villages = list(Unit.objects.get(code=_CLERK_S_TOWN).get_children().filter(kind=Kind.VILLAGE).exclude(short_name="东风村")[:5])
    items = {item.name: item for item in Item.objects.in_force().filter(field__standard__area=COUNTY).select_related("field__standard")}
    told = flawed([village.short_name for village in villages], ended_quarters(today)[0], today)
    now = timezone.now()
    drafts = [disclosure_of(villages[number], items[story.item], story, now) for number, story in told]
    publish_many(drafts, clerk, reviewer, signer=signed_on_paper)
    return len(drafts)


def play_quality(cast: Cast) -> None:
    """The machine has read one township (`check_quality` reads the rest); a person has looked at two findings."""
    check_quality(place=Unit.objects.get(code=_CLERK_S_TOWN))
    word = Finding.objects.filter(check_name=CheckName.WORD).order_by("pk").first()
    missing = Finding.objects.filter(check_name=CheckName.ELEMENT).order_by("pk").first()
    if word is not None:
        judge_finding(word, cast["jiandu"], FindingState.CONFIRMED)
    if missing is not None:
        judge_finding(missing, cast["jiandu"], FindingState.IGNORED, "补贴政策写在镇里的指南里，村里只登记。")
