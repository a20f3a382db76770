"""Column titles: every way in which issuers write them, and the one meaning each has.

A meaning is a key such as `level1` or `tier`; a tick column adds its choice after a colon (`tier:乡级`). The titles
are those of the catalogues named in docs/catalogue-import.md.
"""

import re
import unicodedata
from functools import lru_cache

_TIER = r"(?:国家|省|自治区|市|州|盟|县|区|旗|市区|乡|镇|街道?|镇街|乡镇|乡街|村|社区|居|村居|村社|组|市直|部门)级?(?:\((?:[省市州县区旗乡镇街道村居社区]+级?)\)级?)?"
_MAIN: tuple[tuple[str, str], ...] = (
    ("seq", r"序号?|编号|NO\.?|№"),
    ("field", r"(?:公开|试点|所属|所在|事项|涉及)*领域(?:名称|类别|分类)?|类别\(领域\)|领域\(类别\)"),
    ("level1", r"(?:公开)?(?:一级|1级|第一级|Ⅰ级)(?:公开)?(?:事项|指标|目录|项目|类别|分类|标题|栏目)?(?:名称)?|(?:公开)?事项\(?一级\)?"),
    ("level2", r"(?:公开)?(?:二级|2级|第二级|Ⅱ级)(?:公开)?(?:事项|指标|目录|项目|类别|分类|标题|栏目)?(?:名称)?|(?:公开)?事项\(?二级\)?"),
    ("level3", r"(?:公开)?(?:三级|3级|第三级|Ⅲ级)(?:公开)?(?:事项|指标|目录|项目|类别|分类|标题|栏目)?(?:名称)?|(?:公开)?事项\(?三级\)?"),
    ("item", r"(?:政务|村务|居务|党务|财务|信息)?(?:公开)?(?:事项|项目)(?:名称)?|(?:公开)?目录(?:名称)?|(?:公开)?事项\(一级[/、]?二级\)"),
    ("category", r"(?:公开|事项|目录|项目|信息)?(?:类别|分类|类型)(?:名称)?"),
    ("elements", r"(?:公开)?(?:信息)?(?:内容)?\(?(?:基本|具体|主要)?(?:内容)?要素\)?|(?:公开|主要|具体)内容(?:\(要素\)|及要素|和要素|与要素)?|内容"),
    ("basis", r"(?:公开|法律|法规|政策|法定|设定|文件|法律法规|主要|制度)*依据(?:名称|文件|及条款|条款)?"),
    ("time_limit", r"(?:公开|公布|发布|更新)?(?:时限|时间|期限|频次|频率|周期|时效)(?:要求)?|(?:公开|公布)(?:时间|时限|期限)[/、和及或]?(?:时限|频次|期限|周期)?"),
    ("publisher", r"(?:信息)?(?:公开|发布|责任|实施|公开责任|主管|编制)?(?:主体|责任主体|机构)|(?:公开|责任|发布|公开责任|实施)(?:单位|部门)(?:\(主体\))?"),
    ("channels", r"(?:信息)?(?:公开|发布)?(?:的)?(?:主要)?(?:(?:渠道|载体|途径|平台|场所|地点|位置|形式|方式)[和及与、/或]*(?:渠道|载体|途径|平台|场所|地点|形式|方式)|渠道|载体|途径|形式|场所|地点)"),
    ("audience", r"(?:公开|受众)?对象(?:范围)?|公开范围"),
    ("method", r"(?:公开)(?:方式|类型|属性|性质)|方式|属性"),
    ("tier", r"(?:公开)?(?:层级|级别|层次|级次)"),
)  # fmt: skip
_TICKS: tuple[tuple[str, str], ...] = (
    ("audience:全社会", r"(?:面向)?(?:全社会|社会公众|公众|全体社会)"),
    ("audience:特定群体", r"(?:面向)?(?:特定|部分|特殊)(?:群体|群众|对象|人群|人员|公众|群体\(.*\))"),
    ("method:主动公开", r"主动(?:公开)?"),
    ("method:依申请公开", r"依?申请(?:公开)?"),
)
_TIERS = re.compile(rf"{_TIER}(?:[/、,和及与·]?{_TIER})*")
_SURE_TIER = re.compile(r"[级/、,]|社区|街道|^村$|^镇$|^乡$|村居|乡镇")
_MAX_TITLE = 60
GROUPS = ("audience", "method", "tier", "channels")


def normalise(text: str) -> str:
    """Half width, no white space, no quotes or asterisks."""
    return re.sub(r"[\s\"'“”‘’*※:·\u200b-\u200f\ufeff\u00ad]+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def meaning(title: str) -> str:
    """The meaning of one column title, or "" when it is not one that the format knows."""
    if len(title) > _MAX_TITLE * 4:
        return ""
    plain = normalise(title)
    outer, bracket, inner = plain.partition("(")
    key = _lookup(plain) or (_lookup(outer) if bracket and plain.endswith(")") else "")
    own = _lookup(inner.removesuffix(")")) if key in GROUPS else ""
    return own if own.startswith(f"{key}:") else key


def _lookup(plain: str) -> str:
    if not plain or len(plain) > _MAX_TITLE:
        return ""
    for key, pattern in (*_TICKS, *_MAIN):
        if re.fullmatch(pattern, plain, re.IGNORECASE):
            return key
    if _TIERS.fullmatch(plain) and _SURE_TIER.search(plain):
        return f"tier:{plain}"
    return _of_parts(plain)


def _of_parts(plain: str) -> str:
    """公开主体/责任单位 is one column when both of its names mean the same."""
    parts = re.split(r"[/、]", plain)
    keys = {_lookup(part) for part in parts} if len(parts) > 1 else {""}
    return keys.pop() if len(keys) == 1 else ""


def is_main(key: str) -> bool:
    """Whether a meaning says on its own that a row is a header: tick titles also stand in data rows as words."""
    return bool(key) and ":" not in key


ITEM_KEYS = ("item", "level1", "level2", "level3")
_CHILD_LEVELS = (
    ("level1", r"一级.*|主项|大项|大类|类别|分类|事项类别|项目类别|类"),
    ("level2", r"二级.*|子项|小项|小类|具体事项|名称|事项名称|项目名称|事项"),
    ("level3", r"三级.*"),
)


def child_meaning(parent: str, title: str) -> str:
    """The meaning of a title under a group title, such as 主项 under 公开事项 or a channel's name under 公开渠道."""
    plain = normalise(title)
    if parent == "item":
        return next((key for key, pattern in _CHILD_LEVELS if re.fullmatch(pattern, plain)), "")
    own = meaning(title)
    if own.split(":")[0] == parent and own != parent:
        return own
    return f"{parent}:{title.strip()}" if parent in GROUPS else ""
