"""What a new installation starts with; administrators change it in the admin."""

from datetime import date
from typing import Any

from django.db import connections

SINCE = date(2020, 1, 1)
STEPS = (-7, -1, 0, 1, 7, 30)
TERMS = {"urge_reply": 3, "urges": 2, "escalate": 3, "order": 10, "recheck": 5, "sign": 2, "review": 2, "review_up": 5}
QUESTIONS = (
    ("标题写明了单位、事项和期次", 10),
    ("公开的内容写全了目录里的要素", 30),
    ("数字能对上", 20),
    ("没有露出个人信息", 20),
    ("群众看得懂", 20),
)
# Slips of the pinyin keyboard in names and words that village notices are full of. Nothing political; staff add their own.
WORDS = {
    "村名委员会": "村民委员会", "居名委员会": "居民委员会", "村民委员回": "村民委员会", "人民政俯": "人民政府", "村务监督委员回": "村务监督委员会",
    "农业农村布": "农业农村部", "公式期": "公示期", "公视期": "公示期", "侯选人": "候选人", "宅基第": "宅基地", "一是一议": "一事一议", "底保户": "低保户",
    "最低生活保证金": "最低生活保障金", "布署": "部署", "按装": "安装", "座落于": "坐落于", "拔款": "拨款", "帐目": "账目", "帐户": "账户", "截止目前": "截至目前",
    "登陆网站": "登录网站", "不可抗拒力": "不可抗力",
}  # fmt: skip


def fill_in(using: str = "default", **_kwargs: Any) -> None:
    """Into tables that are empty only: what was changed stays changed."""
    from .models import Checklist, ErrorWord, Question, ReminderStep, Term

    if Term._meta.db_table not in connections[using].introspection.table_names():
        return  # migrated back to before these tables
    if not ReminderStep.objects.using(using).exists():
        ReminderStep.objects.using(using).bulk_create(ReminderStep(days=days, since=SINCE) for days in STEPS)
    if not Term.objects.using(using).exists():
        Term.objects.using(using).bulk_create(Term(name=name, number=number, since=SINCE) for name, number in TERMS.items())
    if not ErrorWord.objects.using(using).exists():
        ErrorWord.objects.using(using).bulk_create(ErrorWord(word=word, suggestion=right) for word, right in WORDS.items())
    if not Checklist.objects.using(using).exists():
        made = Checklist.objects.using(using).create(name="通用抽查表")
        rows = enumerate(QUESTIONS)
        Question.objects.using(using).bulk_create(
            Question(checklist=made, text=text, weight=weight, sort_order=n) for n, (text, weight) in rows
        )
