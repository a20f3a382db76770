"""What invented residents of the demo sent, in every stage that it can stand in: by the services that the forms and buttons use."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.participation.models import Kind, Source, Step, Submission
from openness.participation.services.handle import Act, take, take_as_sender
from openness.participation.services.receive import Sent, Wanted, receive, receive_for
from openness.units.models import Unit

if TYPE_CHECKING:
    from .desk import Cast

_VILLAGE, _OTHER_TOWN = "220204101200", "220204100"
_PHONE = "13900000000"


@dataclass(frozen=True)
class Story:
    """`reply` is empty while nobody has answered; `rating` is the resident's."""

    days_ago: int
    name: str
    text: str
    reply: str = ""
    rating: int = 0


STORIES = (
    Story(
        3,
        "示例李大娘",
        "村口的路灯坏了半个月，晚上接孩子看不见路，什么时候能修？",
        "路灯已经报修，本周五以前换好。换好以前村里晚上开着村部门口的灯。",
        3,
    ),
    Story(
        2,
        "示例张先生",
        "今年耕地补贴的名单在哪里看？我家五亩二分地，想对一对。",
        "名单在本村公开目录“涉农补贴”里，公示栏也贴了。对不上的，请到村部查台账。",
        2,
    ),
    Story(2, "示例王女士", "自来水一停就是半天，能不能提前说一声？"),
)
LATE = Story(16, "示例赵大爷", "我的高龄津贴上个月没到账，电话13900000000，请给查一查。")
PRIVATE = Story(1, "示例刘先生", "邻居盖房占了公共过道，不想让他知道是我说的。")


def play_participation(cast: "Cast", today: date) -> None:
    """Answered, waiting for the township, waiting for the clerk, overdue, not for the public; a correction, an objection, a request."""
    village, clerk, reviewer = Unit.objects.get(code=_VILLAGE), cast["jingban"], cast["shenhe"]
    for story in STORIES:
        row = _send(village, story)
        take(row, Step.SHOW, clerk, Act(public_text=story.text))
        if story.reply:
            take(row, Step.DRAFT, clerk, Act(note=story.reply))
            take(row, Step.APPROVE, reviewer)
            take_as_sender(row, Step.RATE, Act(rating=story.rating))
        else:
            take(row, Step.DRAFT, clerk, Act(note="停水前一天在村民群里和公示栏通知。"))
    _send(village, LATE)
    _send(village, PRIVATE, public=False)
    said = Sent(Kind.MESSAGE, village, "后街下水道堵了，请找人通一通。", "示例孙大娘", _PHONE, wants_public=True, source=Source.PHONE)
    receive_for(said, clerk)
    _about_texts(village, today)
    _ask(cast)


def _send(unit: Unit, story: Story, kind: Kind = Kind.MESSAGE, public: bool = True, **more: Any) -> Submission:
    sent = Sent(kind, unit, story.text, story.name, _PHONE, wants_public=public, **more)
    return receive(sent, timezone.now() - timedelta(days=story.days_ago))


def _about_texts(village: Unit, today: date) -> None:
    texts = Disclosure.objects.public().below(village)
    newest, notice = texts.newest().first(), Disclosure.objects.below(village.get_parent()).on_notice(today).first()
    if newest is not None and not newest.is_over:
        _send(village, Story(1, "示例周先生", "表里的合计和上面几行加起来差一块钱，请核对。"), Kind.CORRECTION, disclosure=newest)
    if notice is not None:
        _send(notice.unit, Story(0, "示例吴女士", "名单里漏了后街一户，他家也够条件。"), Kind.OBJECTION, disclosure=notice)


def _ask(cast: "Cast") -> None:
    wanted = Wanted(applicant="person", form="paper", delivery="counter")
    town = Unit.objects.get(code=_OTHER_TOWN)
    story = Story(1, "示例郑先生", "2026 年农村公路养护的合同和付款情况。")
    take(_send(town, story, Kind.REQUEST, public=False, wanted=wanted), Step.ACCEPT, cast["zhenban"])
