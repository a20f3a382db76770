"""The history of submissions cannot be changed; and the first ready words for answers."""

from django.db import migrations

from openness.participation.append_only import add_triggers, drop_triggers

TEMPLATES = (
    ("message", "已经办好", "您反映的事已经办好：（写做了什么）。有不清楚的，请打电话。"),
    ("message", "正在办，哪天办好", "您反映的事正在办，（几月几日）以前办好。办好了在这里告诉您。"),
    ("message", "不归我们管", "这件事归（哪个单位）管，电话：（写电话）。我们已经转告。"),
    ("correction", "已经更正", "您说得对，已经更正，现在公开的是改过的。谢谢您。"),
    ("correction", "核对过，没有错", "我们核对了（什么材料），公开的没有错：（写理由）。"),
    ("objection", "采纳", "您的意见采纳了：（写怎么改）。"),
    ("objection", "不采纳，说明理由", "您的意见我们调查了，没有采纳，理由是：（写理由和依据）。"),
    ("request", "可以公开", "您申请的信息可以公开，随答复一起给您。"),
    (
        "request",
        "不予公开",
        "根据《中华人民共和国政府信息公开条例》第（几）条，您申请的信息不予公开，理由是：（写理由）。"
        "不服本答复，可以自收到之日起六十日内申请行政复议，也可以自收到之日起六个月内提起行政诉讼。",
    ),
)


def add_templates(apps, schema_editor):
    template = apps.get_model("participation", "AnswerTemplate")
    template.objects.bulk_create(template(kind=kind, name=name, text=text) for kind, name, text in TEMPLATES)


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_submissions")]
    operations = [
        migrations.RunPython(add_triggers, drop_triggers),
        migrations.RunPython(add_templates, migrations.RunPython.noop),
    ]
