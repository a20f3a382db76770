"""The interface for departments: keys, limits, one answer for one key, every fault in Chinese, drafts only."""

import base64
import json
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document as Word

from openness.policies.models import DepartmentToken, HourCount, Policy, Sending
from openness.policies.services import tokens
from openness.policies.services.tokens import issue, revoke
from openness.units.refusal import Refused

from .conftest import TEXT

pytestmark = pytest.mark.django_db
POLICY = {
    "title": "关于发放高龄津贴的通知", "number": "船民发[2026]3号", "issuer": "船营区民政局", "genre": "notice", "issued_on": "2026-02-01", "text": TEXT,
    "tags": ["高龄津贴", "老人"], "audiences": ["elder"], "needs": ["money"], "least_age": 80,
}  # fmt: skip


@pytest.fixture
def key(county, people) -> str:
    return issue(county, "民政局", people["administrator"])[1]


@pytest.fixture
def send_in(client, key):
    def post(body, with_key=None, **headers):
        data = body if isinstance(body, bytes | str) else json.dumps(body)
        names = {"Authorization": f"Bearer {with_key or key}", **headers}
        return client.post("/api/policies/", data, content_type="application/json", headers=names)

    return post


def test_a_policy_that_is_sent_becomes_a_draft(send_in, county):
    answer = send_in(POLICY)
    assert answer.status_code == 201
    policy = Policy.objects.get()
    assert (policy.live, policy.unit, policy.department, policy.number) == (False, county, "民政局", "船民发〔2026〕3号")
    assert (policy.tag_words, policy.conditions) == (["高龄津贴", "老人"], [{"kind": "age", "least": 80}])
    assert answer.json()["id"] == policy.pk
    assert answer.json()["duplicates"] == []
    assert "审核公开" in answer.json()["message"]


def test_sent_again_under_the_same_key_nothing_is_stored_twice(send_in):
    first, again = (send_in(POLICY, **{"Idempotency-Key": "a-1"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Policy.objects.count() == Sending.objects.count() == 1
    other = send_in({**POLICY, "title": "别的"}, **{"Idempotency-Key": "a-1"})
    assert other.status_code == 409
    assert "请换一个" in str(other.json())


def test_what_is_there_already_is_named_and_nothing_is_lost(send_in, public):
    old = public()
    answer = send_in({**POLICY, "title": "换个标题", "number": "", "text": TEXT})
    assert answer.status_code == 201
    assert [(one["id"], one["why"], one["public"]) for one in answer.json()["duplicates"]] == [(old.pk, "正文几乎一样", True)]
    assert "好像已经有了" in answer.json()["message"]
    assert Policy.objects.count() == 2


def test_a_newer_version_says_what_it_replaces(send_in, public):
    old = public("老通知", number="船民发〔2024〕1号")
    assert send_in({**POLICY, "replaces": ["船民发[2024]1号"]}).json()["duplicates"] == []
    assert Policy.objects.exclude(pk=old.pk).get().replaces == [old.pk]


def test_a_word_file_is_read_into_the_text(send_in):
    made, buffer = Word(), BytesIO()
    for line in TEXT.splitlines():
        made.add_paragraph(line)
    made.save(buffer)
    file = {"name": "高龄津贴.docx", "content": base64.b64encode(buffer.getvalue()).decode()}
    answer = send_in({**{name: value for name, value in POLICY.items() if name != "text"}, "file": file})
    assert answer.status_code == 201, answer.json()
    policy = Policy.objects.get()
    assert policy.text.splitlines() == TEXT.splitlines()
    assert len(policy.files) == 1


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        (b"\xff", "", "不是 JSON"),
        ("[]", "", "最外层"),
        ({**POLICY, "titel": "x"}, "titel", "没有这一项"),
        ({**POLICY, "title": 3}, "title", "要是文字"),
        ({**POLICY, "title": ""}, "title", "这一项要填"),
        ({**POLICY, "number": "三号文"}, "number", "文号看不懂"),
        ({**POLICY, "issued_on": "2026年2月"}, "issued_on", "日期要像"),
        ({**POLICY, "tags": "老人"}, "tags", "文字的列表"),
        ({**POLICY, "least_age": "八十"}, "least_age", "整数"),
        ({**POLICY, "audiences": ["king"]}, "audiences", "没有“king”"),
        ({**POLICY, "tier": "moon"}, "tier", "没有“moon”"),
        ({**POLICY, "replaces": ["没有〔2020〕1号"]}, "replaces", "没有找到"),
        ({**POLICY, "text": " "}, "text", "写正文"),
        ({**POLICY, "file": {"name": "a.docx"}}, "file", "content"),
        ({**POLICY, "file": {"name": "a.docx", "content": "*"}}, "file", "Base64"),
        ({**POLICY, "file": {"name": "a.exe", "content": "YQ=="}}, "file", "Word、PDF"),
        ({**POLICY, "questions": ["一？", "二？", "三？", "四？"]}, "questions", "最多三个"),
    ],
)
def test_every_fault_is_a_sentence_at_its_field(send_in, body, field, said):
    answer = send_in(body)
    assert answer.status_code == 400
    assert said in " ".join(answer.json()["errors"][field])
    assert not Policy.objects.exists()


def test_without_a_key_with_a_wrong_one_or_a_stopped_one(client, send_in, key, people):
    assert client.post("/api/policies/", "{}", content_type="application/json").status_code == 401
    assert send_in(POLICY, with_key="wrong").status_code == 401
    revoke(DepartmentToken.objects.get(), people["administrator"])
    answer = send_in(POLICY)
    assert answer.status_code == 401
    assert "已经停用" in str(answer.json())
    assert client.get("/api/policies/").status_code == 405


def test_other_kinds_of_body_are_refused(client, key):
    answer = client.post("/api/policies/", POLICY["title"], content_type="text/plain", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 415


def test_so_many_an_hour_and_no_more(send_in, monkeypatch):
    monkeypatch.setattr(tokens, "MOST_AN_HOUR", 2)
    assert [send_in({"title": str(n)}).status_code for n in range(3)] == [400, 400, 429]
    assert send_in({}).headers["Retry-After"] == "3600"
    assert HourCount.objects.get().number == 2


def test_keys_are_kept_as_hashes_and_made_by_administrators_only(county, people):
    token, key = issue(county, "民政局", people["administrator"])
    assert key not in str(DepartmentToken.objects.filter(pk=token.pk).values())
    with pytest.raises(PermissionDenied):
        issue(county, "民政局", people["clerk"])
    with pytest.raises(PermissionDenied):
        revoke(token, people["auditor"])
    with pytest.raises(Refused, match="部门名称"):
        issue(county, " ", people["administrator"])
