"""Which channels a cell says were chosen, and when nobody can tell."""

import pytest

from catalog.reading.channels import STANDARD, read_channels

BOARD = "社区/企事业单位/村公示栏(电子屏)"


def boxes(chosen: set[str], yes: str, no: str, separator: str = "\n") -> str:
    return separator.join((yes if name in chosen else no) + name for name in STANDARD)


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("■", "□"),
        ("☑", "☐"),
        ("☒", "☐"),
        ("√", "□"),
        ("▇", "□"),
        ("●", "○"),
        ("R", "£"),
        ("R", "□"),
        ("t", "□"),
        ("■", "口"),
        ("□√", "□"),
        ("\uf052", "\uf0a3"),
        ("(√)", "( )"),
        ("■ ", "□ "),
        ("R", "口"),
    ],
)
@pytest.mark.parametrize("separator", ["\n", " ", "", "、"])
def test_a_full_list_of_boxes(yes: str, no: str, separator: str) -> None:
    chosen = {"政府网站", "发布会/听证会", BOARD}
    assert read_channels(boxes(chosen, yes, no, separator)) == (tuple(name for name in STANDARD if name in chosen), ())


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("■政府网站 ■会议", ("政府网站", "会议")),
        ("■政府网站\n■其他法律服务网", ("政府网站", "其他法律服务网")),
        ("√政府网站、√镇村公示公开栏", ("政府网站", "镇村公示公开栏")),
        ("政府网站■ 政府公报□ 其他□", ("政府网站",)),
        ("■社区/企事业单位/\n村公示栏（电子屏） □其他____", (BOARD,)),
        ("■政府网站、两微一端 □其他", ("政府网站", "两微一端")),
        ("R镇公告墙", ("镇公告墙",)),
        ("■政府网站 ■公开查阅点 (其余11个渠道为□)", ("政府网站", "公开查阅点")),
        ("■ 政府网站 □ 村务服务窗口", ("政府网站",)),
        ("政府网站/被征收范围内公告栏", ("政府网站", "被征收范围内公告栏")),
        ("入户/现场、发布会/听证会", ("入户/现场", "发布会/听证会")),
        (BOARD, (BOARD,)),
        ("政府网站/" + BOARD, ("政府网站", BOARD)),
        ("1.政府网站 2.村公示栏", ("政府网站", "村公示栏")),
        ("1、政府网站；2、村公示栏。", ("政府网站", "村公示栏")),
        ("政府网站 微信公众号\n公示栏等", ("政府网站", "微信公众号", "公示栏")),
        ("公开栏（村口、出入口）、政务服务窗口政府网站", ("公开栏（村口、出入口）", "政务服务窗口政府网站")),
        ("户口登记窗口", ("户口登记窗口",)),
        ("口头通知、公示栏", ("口头通知", "公示栏")),
        ("■口头通知 □其他", ("口头通知",)),
        ("“社区云”小程序、RSS订阅", ("“社区云”小程序", "RSS订阅")),
        ("(原文截断)", ("(原文截断)",)),
        ("", ()),
        (" \n", ()),
    ],
)
def test_lists(text: str, channels: tuple[str, ...]) -> None:
    assert read_channels(text) == (channels, ())


@pytest.mark.parametrize(
    "text",
    [
        boxes(set(), "■", "□"),
        "□便民服务站 □入户/现场",
        "○政府网站 ○公示栏",
        "口政府网站 口公示栏",
        "☒政府网站 ☑公示栏",
        "?政府网站 ?公示栏",
        "\ufffd政府网站 \ufffd公示栏",
        "政府网站 ■公示栏 □其他",
        "■政府网站 公示栏 □其他",
        "□政府网站 ■",
    ],
)
def test_nobody_can_tell(text: str) -> None:
    channels, problems = read_channels(text)
    assert channels == ()
    assert len(problems) == 1
