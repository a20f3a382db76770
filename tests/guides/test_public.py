"""A guide on its way to residents: published by a second person, found, read, its forms taken away, withdrawn with a reason."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openness.disclosures.models import Attachment
from openness.disclosures.rules import PublishRefused
from openness.guides import search
from openness.guides.models import ServiceGuide
from openness.guides.services.publish import withdraw
from openness.units.refusal import Refused

from .conftest import MATERIAL

pytestmark = pytest.mark.django_db


def text(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def test_the_short_answer_comes_before_the_elements(client, public):
    page = text(client, public(online_url="https://zwfw.jl.gov.cn/x").get_absolute_url())
    order = [
        page.index(words)
        for words in (
            "居民身份证",
            "镇便民服务中心一楼 3 号窗口",
            "12 个工作日",
            "不收费",
            "去省一网通办办理",
            "一样一样勾",
            "设定依据",
            "监督电话",
        )
    ]
    assert order == sorted(order)
    assert 'href="https://zwfw.jl.gov.cn/x"' in page


def test_a_draft_is_unknown_and_a_change_waits_for_the_reviewer(client, guide, public, people):
    draft = guide()
    draft.save()
    draft.save_revision()
    text(client, draft.get_absolute_url(), 404)
    live = public()
    live.place = "二楼"
    revision = live.save_revision(user=people["clerk"])
    assert "二楼" not in text(client, live.get_absolute_url())
    revision.publish(user=people["reviewer"])
    assert "二楼" in text(client, live.get_absolute_url())


def test_nobody_publishes_their_own_and_nothing_incomplete_goes_out(guide, people):
    made = guide(author=people["administrator"])
    made.save()
    with pytest.raises(PublishRefused, match="自己写的"):
        made.save_revision().publish(user=people["administrator"])
    made.phone = ""
    with pytest.raises(PublishRefused, match="没有写联系电话"):
        made.save_revision().publish(user=people["reviewer"])
    assert not ServiceGuide.objects.public().exists()


def test_a_withdrawn_guide_answers_with_its_reason_and_comes_back(client, public, people):
    made = public()
    with pytest.raises(PublishRefused, match="写明原因"):
        made.unpublish(user=people["reviewer"])
    withdraw(made, people["reviewer"], "改由县里办")
    assert "改由县里办" in text(client, made.get_absolute_url(), 410)
    assert not search.build([str(made.pk)])
    again = ServiceGuide.objects.get(pk=made.pk)
    again.save_revision().publish(user=people["reviewer"])
    text(client, made.get_absolute_url())
    with pytest.raises(Refused, match="不能删"):
        ServiceGuide.objects.get(pk=made.pk).delete()


def test_the_forms_of_a_public_guide_are_taken_away_and_no_others(client, guide, public, tree):
    def attachment(**columns) -> Attachment:
        return Attachment.objects.create(title="表", file=ContentFile(b"form", "form.txt"), **columns)

    form, other = attachment(unit=tree["搜登站镇"]), attachment(unit=tree["搜登站镇"])
    made = public(materials=[("material", {**MATERIAL, "blank": form})])
    url = f"/guides/{made.pk}/files/{form.pk}/"
    assert url in text(client, made.get_absolute_url())
    response = client.get(url)
    assert (b"".join(response.streaming_content), response["X-Content-Type-Options"]) == (b"form", "nosniff")
    text(client, f"/guides/{made.pk}/files/{other.pk}/", 404)
    Attachment.objects.filter(pk=form.pk).update(private=True)
    text(client, url, 404)


def test_the_list_by_place_by_who_by_theme_and_by_words(client, public, tree):
    public()
    public(name="小餐饮登记", also_called="开小吃店", theme="business", audience="business", unit=tree["船营区"], code="X1")
    public(name="高龄津贴", also_called="", theme="aged", unit=tree["搜登站村"], code="X2")

    def names(query: str) -> set[str]:
        page = text(client, f"/guides/?{query}")
        return {name for name in ("农村村民宅基地审批", "小餐饮登记", "高龄津贴") if f">{name}</a>" in page}

    assert names("") == {"农村村民宅基地审批", "小餐饮登记", "高龄津贴"}
    assert names(f"unit={tree['搜登站镇'].code}") == {"农村村民宅基地审批", "小餐饮登记", "高龄津贴"}
    assert names(f"unit={tree['搜登站村'].code}") == {"农村村民宅基地审批", "小餐饮登记", "高龄津贴"}
    assert names(f"unit={tree['大绥河镇'].code}") == {"小餐饮登记"}
    assert names("who=business") == {"小餐饮登记"}
    assert names("theme=aged") == {"高龄津贴"}
    assert names("q=盖房子") == {"农村村民宅基地审批"}
    assert names("q=盖房子 小吃") == set()
    assert names("q=%00&who=x&theme=y&unit=z&page=x") == {"农村村民宅基地审批", "小餐饮登记", "高龄津贴"}


def test_search_knows_what_is_public_by_the_words_of_residents(public):
    made = public()
    document = search.build([str(made.pk)])[str(made.pk)]
    assert (document.title, document.number, document.place[-1]) == (made.name, made.code, "220204101")
    assert all(words in document.body for words in ("盖房子", "居民身份证", "12 个工作日", "一楼 3 号窗口"))
    assert [one.key for one in search.search_plain("盖房子", 5)] == [str(made.pk)]


def test_pages_cost_the_same_queries_with_more_guides_and_rows(client, public):
    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            text(client, url)
        return len(seen)

    made = public()
    urls = ("/guides/", f"/guides/?unit={made.unit.code}&q=宅基地", made.get_absolute_url())
    text(client, "/guides/")
    before = [cost(url) for url in urls]
    for number in range(12):
        public(code=f"N{number}")
    made.materials = [("material", {**MATERIAL, "name": f"第{n}份"}) for n in range(9)]
    made.save_revision().publish()
    assert [cost(url) for url in urls] == before
    assert max(before) < 14
