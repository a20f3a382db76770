"""What goes out to walls and villages, what is brought in from files, what residents send: things of the village, or of its township."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from openness.channels.services.batches import Notice, send_out
from openness.channels.services.bundles import bundle_up
from openness.channels.services.naming import channels_of
from openness.channels.services.posting import Up, put_up
from openness.disclosures.models import Disclosure
from openness.imports.models import ImportJob, Kind
from openness.imports.services.advance import advance
from openness.imports.services.decide import begin_import
from openness.imports.services.receive import receive
from openness.participation.models import AnswerTemplate, Step, Submission
from openness.participation.models import Kind as Matter
from openness.participation.services.handle import Act, take
from openness.participation.services.receive import Sent
from openness.participation.services.receive import receive as take_in
from openness.policies.services.entry import enter, enter_interpretation
from openness.policies.services.tokens import issue
from openness.units.models import Unit

from .writing import SECRET, Values, write

HEAD = "单位,公开事项,标题,信息形成日期,内容"
TABLE = f"{HEAD}\n搜登站村,宅基地审批情况,导入的稿子,2026-01-05,本季度批准宅基地两户，都已经公示过，没有人提意见。\n".encode()
ARTICLES = "标题,正文,发布日期\n修路情况,本村修了三公里路，账目在村委会可以查。,2018-03-05\n".encode()


def outward(tree: dict[str, Unit], people: dict[str, Any], texts: dict[str, Disclosure]) -> dict[str, Values]:
    village, public = tree["搜登站村"], texts["public"]
    hangs, free = channels_of(public)  # the board, and one that nothing is written down of
    notice = write(tree["搜登站镇"], public.item, people["clerk above"], "发给各村的")
    together = [write(village, public.item, people["clerk"], f"一起公开的第{n}份") for n in (1, 2)]
    return {
        "posting": (put_up(public, people["clerk"], Up(hangs)).pk,), "free channel": (free,), "item": (public.item_id,),
        "town text": (notice.pk,), "town text, version": (notice.latest_revision_id,), "next village": (tree["半拉山村"].code,),
        "batch": (send_out(Notice(notice, public.item, [village]), people["clerk above"]).pk,),
        "bundle": (bundle_up(together, people["clerk"]).pk,),
    }  # fmt: skip


def brought_in(village: Unit, clerk: Any) -> dict[str, Values]:
    """A job of each step at which somebody may press a button."""
    done = _checked(clerk, TABLE.replace("导入的".encode(), "导入过的".encode()))
    begin_import(done, "all")
    advance(done.pk)
    return {
        "job": (_checked(clerk, TABLE).pk,), "job done": (done.pk,), "job at work": (_received(clerk, Kind.TABLE, TABLE).pk,),
        "job to map": (_received(clerk, Kind.ARTICLES, ARTICLES).pk,), "kind of import": ("table",), "village": (village.pk,),
    }  # fmt: skip


def _received(clerk: Any, kind: Kind, lines: bytes) -> ImportJob:
    return receive(clerk, kind, ContentFile(lines, f"{SECRET}.csv"))


def _checked(clerk: Any, lines: bytes) -> ImportJob:
    job = _received(clerk, Kind.TABLE, lines)
    advance(job.pk)
    return ImportJob.objects.get(pk=job.pk)


def from_residents(village: Unit, clerk: Any) -> dict[str, Values]:
    """A message whose answer waits for the township, and words to answer with."""
    sent: Submission = take_in(Sent(kind=Matter.MESSAGE, unit=village, text=f"{SECRET}说的路", name="李大娘", phone="13900000001"))
    take(sent, Step.DRAFT, clerk, Act(note="下周就修。"))
    words = AnswerTemplate.objects.create(name="收到", text="您的留言收到了。")
    return {"submission": (sent.pk,), "template": (words.pk,)}


def from_departments(village: Unit, people: dict[str, Any]) -> dict[str, Values]:
    """A draft of a policy, its interpretation, and the key of a department."""
    columns = {
        "title": f"{SECRET}修路",
        "issuer": "搜登站村",
        "text": "一、把村里的路修好，年底以前修完。",
        "issued_on": timezone.localdate(),
    }
    policy = enter(village, columns, people["clerk"])
    words = {"title": f"{SECRET}解读", "issuer": "搜登站村", "text": "年底以前把路修好，大家都方便。"}
    text = enter_interpretation(village, words, [policy], people["clerk"])
    token, _key = issue(village, "民政局", people["administrator"])
    return {"policy": (policy.pk,), "interpretation": (text.pk,), "department key": (token.pk,)}
