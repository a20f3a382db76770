"""Spot checks and rectification orders as they stand after what somebody did on a day of the past."""

from datetime import date, timedelta
from decimal import Decimal

from openness.disclosures.models import Disclosure
from openness.supervision.models import OrderState, Rectification, RectificationEvent, Sample, SpotCheck, Step
from openness.units.models import Unit

from .test_ledger import at


def sampled(disclosure: Disclosure, score: str | None, day: date, note: str = "") -> Sample:
    check = SpotCheck.objects.create(
        unit=disclosure.unit, name="例行抽查", seed="1", size=1, population=1, population_hash="0" * 64, made_by="监督 #1", made_at=at(day)
    )
    return Sample.objects.create(
        check_of=check, position=1, disclosure=disclosure, unit=disclosure.unit, judged_at=at(day), judged_by="监督 #1", note=note,
        score=None if score is None else Decimal(score),
    )  # fmt: skip


def ordered(
    unit: Unit, due_on: date, answered: date | None = None, state: str = OrderState.CLOSED, title: str = "三个月没有更新"
) -> Rectification:
    order = Rectification.objects.create(
        unit=unit, title=title, demand="补公开", state=state if answered else OrderState.ISSUED, due_on=due_on,
        issued_at=at(due_on - timedelta(days=14)),
    )  # fmt: skip
    if answered:
        RectificationEvent.objects.create(
            order=order, step=Step.ANSWER, state=OrderState.ANSWERED, note="补了", due_on=due_on, by="经办 #2", at=at(answered)
        )
    return order
