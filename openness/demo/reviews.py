"""Texts of the demo's clerk that are on their way: one waits to be signed, one for the township, one came back with words."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import TaskState

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.disclosures.services.signing import Paper, record_paper
from openness.units.models import Unit

_VILLAGE = "220204101200"
_PROJECT, _SPECIAL, _WELFARE = "村级重大事项和工程项目", "其他/专项公开", "本村公益事业的兴办和筹资筹劳方案以及建设承包方案的实施情况"
_SIGNED_BY = "王某、李某某"
_WAITED = timedelta(days=6)


def play_reviews(cast: Any, today: date) -> None:
    village = village_of_the_demo()
    clerk, signer, reviewer = cast["jingban"], cast["qianzi"], cast["shenhe"]
    _sent(
        village,
        _PROJECT,
        "村部屋面维修工程施工单位公示",
        "经村民代表会议同意，屋面维修请本镇施工队承做，工期二十天，造价三万二千元。",
        clerk,
        today,
    )
    special = _sent(
        village, _SPECIAL, "机动地发包收入专项公开", "今年发包机动地三十亩，每亩四百元，收入一万二千元，已存入村集体账户。", clerk, today
    )
    record_paper(special, clerk, Paper(_SIGNED_BY, today))
    _waited(special)
    returned = _sent(village, _WELFARE, "文化广场建设筹资筹劳方案", "广场建设投工投劳二百个工日。", clerk, today)
    _act(returned, signer, "approve")
    _act(returned, reviewer, "reject", comment="每户出几个工、怎么以资代劳，请写清楚再交。")


def village_of_the_demo() -> Unit:
    return Unit.objects.get(code=_VILLAGE)


def _sent(village: Unit, item: str, title: str, words: str, clerk: Any, today: date) -> Disclosure:
    found = Item.objects.in_force().filter(field__standard__area=village.code[:6], binds_villages=True, at_village=True)
    made = Disclosure(
        unit=village, item=next(one for one in found.select_related("field__standard") if one.name == item), title=title, author=clerk,
        formed_on=today - timedelta(days=9), body=[("text", f"<p>{words}</p>")], live=False,
    )  # fmt: skip
    made.save()
    made.save_revision(user=clerk)
    made.get_workflow().start(made, clerk)
    _waited(made)
    return made


def _waited(text: Disclosure) -> None:
    morning = timezone.localtime().replace(hour=9, minute=20) - _WAITED
    TaskState.objects.for_instance(text).filter(status=TaskState.STATUS_IN_PROGRESS).update(started_at=morning)


def _act(text: Disclosure, user: Any, action: str, **data: str) -> None:
    state = text.current_workflow_task_state
    if state is not None:
        state.task.specific.on_action(state, user, action, **data)
