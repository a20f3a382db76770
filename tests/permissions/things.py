"""What is asked for: one of everything, of one village, as tuples of the values that addresses take."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, Revision, Site, Task, UploadedFile, Workflow

from catalog.models import Item, Standard, Upload
from openness.disclosures.models import Attachment, Disclosure, MaskedOriginal, Photo
from openness.disclosures.periods import period_of
from openness.disclosures.services.masking import mask_draft
from openness.disclosures.services.signing_rules import NewRule, add_rule
from openness.disclosures.services.take_down import withdraw
from openness.supervision.models import AnnualReport, Checklist, ErrorWord, Finding, ReminderStep, Term
from openness.supervision.services.notice import draft_notice
from openness.supervision.services.quality import check_quality
from openness.supervision.services.rectify import Demand, issue
from openness.supervision.services.spot_check import Population, begin
from openness.supervision.services.urge import urge
from openness.units.models import Delegation, HandOver, Membership, Unit
from search.models import PinnedAnswer, Synonym
from tests.catalog.test_admin import DEMO as CATALOGUE
from tests.conftest import make_item
from tests.disclosures.test_files import picture
from tests.personal.test_finding import IDENTITY
from tests.supervision.blanks import blank
from tests.supervision.test_ledger import limited
from tests.supervision.test_quality import put

from .lists import guides_and_lists
from .traffic import brought_in, from_departments, from_residents, outward
from .writing import Values, write

STATES = ("draft", "to sign", "to approve", "returned", "public", "withdrawn", "scheduled", "masked")


def everything(tree: dict[str, Unit], people: dict[str, Any]) -> dict[str, Values]:
    village = tree["搜登站村"]
    texts = texts_in_every_state(tree, people)
    parts: list[dict[str, Values]] = [
        {"": (), "session of draft": ("disclosures", "disclosure", texts["draft"].pk, 1)},
        {state: (text.pk,) for state, text in texts.items()},
        _parts_of_texts(texts),
        _files(village, people["clerk"]),
        _of_units(people, village),
        _of_supervision(people, village, texts["public"]),
        outward(tree, people, texts),
        brought_in(village, people["clerk"]),
        from_residents(village, people["clerk"]),
        {"item in force": (texts["public"].item_id,), "village itself": (village.pk,)},
        guides_and_lists(tree, people),
        from_departments(village, people),
        _of_the_site(people, village),
        _of_wagtail(people),
    ]
    things = {name: values for part in parts for name, values in part.items()}
    assert len(things) == sum(map(len, parts)), "two things have one name"
    return things


def texts_in_every_state(tree: dict[str, Unit], people: dict[str, Any]) -> dict[str, Disclosure]:
    village, clerk = tree["搜登站村"], people["clerk"]
    signed, free = make_item(name="财务收支", field="村级财务"), make_item(name="宅基地审批情况", channels=["村务公开栏", "村民微信群"])
    add_rule(tree["船营区"], people["administrator"], NewRule("village", "supervision", "组织法", timezone.localdate(), field="村级财务"))
    texts = {state: _text(village, signed if state == "to sign" else free, clerk, state) for state in STATES}
    for state in ("to sign", "to approve", "returned"):
        texts[state].get_workflow().start(texts[state], clerk)
    returned = _again(texts["returned"])
    returned.current_workflow_task_state.task.specific.on_action(
        returned.current_workflow_task_state, people["reviewer"], "reject", comment="请补日期"
    )
    for state in ("public", "withdrawn"):
        texts[state].get_latest_revision().publish(user=people["reviewer"])
    withdraw(_again(texts["withdrawn"]), people["reviewer"], "写错了")
    texts["scheduled"].go_live_at = timezone.now() + timedelta(days=9)
    texts["scheduled"].save_revision(user=clerk).publish(user=people["superuser"])
    mask_draft(_again(texts["masked"]), clerk)
    return {state: _again(text) for state, text in texts.items()}


def _text(village: Unit, item: Any, clerk: Any, state: str) -> Disclosure:
    named = f"联系人的身份证{IDENTITY}。" if state == "masked" else ""
    return write(village, item, clerk, f"第{STATES.index(state)}份", named)


def _again(text: Disclosure) -> Disclosure:
    return Disclosure.objects.get(pk=text.pk)


def _parts_of_texts(texts: dict[str, Disclosure]) -> dict[str, Values]:
    """A state's revision, the pair that is compared, the step of the review."""
    parts: dict[str, Values] = {}
    for state, text in texts.items():
        parts[f"{state}, revision"] = (text.pk, text.latest_revision_id)
        parts[f"{state}, two versions"] = (text.pk, "earliest", "latest")
        review = text.workflow_states.order_by("-pk").first()
        step = text.current_workflow_task_state
        parts[f"{state}, review"] = (text.pk, review.pk if review else 1)
        parts[f"{state}, step"] = (text.pk, "approve", step.pk if step else 1)
        parts[f"{state}, task"] = (text.pk, step.task_id if step else 1)
    original = MaskedOriginal.objects.filter(disclosure=texts["masked"], is_main=True).get()
    return {**parts, "original": (original.pk,)}


def _files(village: Unit, clerk: Any) -> dict[str, Values]:
    paper = Attachment.objects.create(title="名单", file=ContentFile(b"list", "list.txt"), unit=village)
    sheet = Attachment.objects.create(title="签字单", file=ContentFile(b"sheet", "sheet.pdf"), unit=village, private=True)
    photo = Photo.objects.create(title="公示栏", file=picture(), unit=village)
    return {
        "attachment": (paper.pk,), "signed sheet": (sheet.pk,), "photo": (photo.pk,), "photo, cut": (photo.pk, "width-100"),
        "sent attachment": (_sent(Attachment, clerk),), "sent photo": (_sent(Photo, clerk),),
    }  # fmt: skip


def _sent(model: type[Any], clerk: Any) -> int:
    """A file of the page for many files, whose form is not filled in yet: nobody's but the sender's."""
    kind = ContentType.objects.get_for_model(model)
    return UploadedFile.objects.create(for_content_type=kind, file=picture(), uploaded_by_user=clerk).pk


def _of_units(people: dict[str, Any], village: Unit) -> dict[str, Values]:
    names = {"unit": village, "leaver_name": "甲", "taker_name": "乙", "made_by": "丙", "made_at": timezone.now()}
    handed = HandOver.objects.create(leaver=people["nobody"], taker=people["clerk"], **names, moved={"memberships": [], "parts": {}})
    own = Membership.objects.get(user=people["signer"])
    return {"membership": (own.pk,), "delegation": (Delegation.objects.get().pk,), "hand-over": (handed.pk,)}


def _of_supervision(people: dict[str, Any], village: Unit, text: Disclosure) -> dict[str, Values]:
    watcher = people["supervisor"]
    late = blank(village, timezone.localdate() - timedelta(days=12))
    wrong = put(village, limited("财务", "每季度的首个月20日"), title="公式期公告")
    check_quality()
    check = begin(watcher, "抽查", Population("220204", "2020-01-01", "2030-01-01"), 1, "s", Checklist.objects.first())
    notice = draft_notice(village, period_of(timezone.localdate(), "quarter"), watcher)
    report = AnnualReport.objects.create(unit=village, year=2025, drafted_by="甲", drafted_at=timezone.now())
    return {
        "cell": (late.pk,), "urging": (urge([late.pk], watcher).made[0].pk,), "place": (village.code,), "place, indicator": (village.code, "on-time"),
        "order": (issue(watcher, Demand(village, "问题", "要求", disclosure=text)).pk,), "check": (check.pk,),
        "sample": (check.samples.get().pk,), "finding": (Finding.objects.filter(disclosure=wrong).first().pk,), "notice": (notice.pk,),
        "report": (report.pk,), "indicator": ("on-time",),
    }  # fmt: skip


def _of_the_site(people: dict[str, Any], village: Unit) -> dict[str, Values]:
    Item.objects.update(raw={"cells": {}})
    upload = Upload.objects.create(
        file=ContentFile(CATALOGUE.read_bytes(), "a.xlsx"), name="a.xlsx", area="220204", series="标准目录", uploaded_by="x"
    )
    return {
        "synonym": (Synonym.objects.create(word="试验词", term="试验").pk,),
        "pinned": (PinnedAnswer.objects.create(title="办事", words="办事", text="见这里", url="/").pk,),
        "reminder": (ReminderStep.objects.first().pk,), "term": (Term.objects.first().pk,),
        "checklist": (Checklist.objects.first().pk,), "word": (ErrorWord.objects.first().pk,),
        "standard": (Standard.objects.get().pk,), "upload": (upload.pk,), "rule": ("personal",),
    }  # fmt: skip


def _of_wagtail(people: dict[str, Any]) -> dict[str, Values]:
    page, site = Page.objects.filter(depth=2).first(), Site.objects.first()
    assert page, "the site has a first page"
    revision: Revision = page.save_revision()
    workflow, task = Workflow.objects.first(), Task.objects.first()
    assert workflow
    assert task
    return {
        "no upload": (1,), "a tag's model": ("taggit", "tag"), "page": (page.pk,), "page, step": (page.pk, "approve", 1), "page, revision": (page.pk, revision.pk), "site": (site.pk,), "workflow": (workflow.pk,), "task": (task.pk,),
    }  # fmt: skip


def values_of(slots: tuple[str, ...], things: dict[str, Values]) -> Values:
    """For Wagtail's patterns: something that is there for each parameter, by its name."""
    first = {
        "page_id": "page", "parent_page_id": "page", "page_to_move_id": "page", "destination_id": "page", "page_pk": "page",
        "workflow_pk": "workflow", "task_id": "task", "site_pk": "site",
    }  # fmt: skip
    words = {"app_label": "disclosures", "app_name": "disclosures", "model_name": "disclosure", "action": "delete", "action_name": "approve",
             "content_type_app_name": "pages", "content_type_model_name": "textpage", "revision_id": things["page, revision"][1],
             "revision_id_a": "earliest", "revision_id_b": "latest"}  # fmt: skip
    return tuple(things[first[slot]][0] if slot in first else words.get(slot, 1) for slot in slots)
