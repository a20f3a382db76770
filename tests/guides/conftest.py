"""A guide with every element, and the people around it."""

from typing import Any

import pytest

from openness.guides.models import ServiceGuide

MATERIAL = {
    "name": "居民身份证",
    "original": "both",
    "number": 1,
    "form": "paper",
    "issuer": "government",
    "when": "",
    "blank": None,
    "sample": None,
}
STEP = {"name": "受理", "who": "镇综合服务中心", "what": "当场看材料", "days": "当场"}
QUESTION = {"question": "要花钱吗？", "answer": "不花钱。"}
COMPLETE: dict[str, Any] = {
    "name": "农村村民宅基地审批", "also_called": "批宅基地 盖房子", "code": "220204101-XK-001", "matter": "licence", "theme": "house",
    "implementer": "搜登站镇人民政府", "basis": "《土地管理法》第六十二条", "conditions": "本村集体经济组织成员\n一户一宅", "place": "镇便民服务中心一楼 3 号窗口",
    "hours": "周一至周五 8:30–11:30", "phone": "0432-00000079", "complaint_phone": "12345", "legal_days": 20, "promised_days": 12,
    "result": "农村宅基地批准书", "visits": 1, "materials": [("material", MATERIAL)], "steps": [("step", STEP)], "questions": [("question", QUESTION)],
}  # fmt: skip


@pytest.fixture
def people(member, tree):
    town, county = tree["搜登站镇"], tree["船营区"]
    return {
        "clerk": member("clerk", town), "reviewer": member("reviewer", town), "administrator": member("administrator", county),
        "supervisor": member("supervisor", county), "auditor": member("auditor", county), "outsider": member("reviewer", tree["大绥河镇"]),
    }  # fmt: skip


@pytest.fixture
def guide(tree):
    """Not yet saved."""

    def make(**columns: Any) -> ServiceGuide:
        return ServiceGuide(**{"unit": tree["搜登站镇"], "live": False, **COMPLETE, **columns})

    return make


@pytest.fixture
def public(guide, people):
    def make(**columns: Any) -> ServiceGuide:
        made = guide(author=people["clerk"], **columns)
        made.save()
        made.save_revision(user=people["clerk"]).publish(user=people["reviewer"])
        made.refresh_from_db()
        return made

    return make
