"""Which field of matters (领域) a table is about, from its title or its sheet's name."""

import re
import unicodedata

# Only evidence for where a place name ends and a field begins; a field that is not here is as good as one that is.
KNOWN_FIELDS = (
    "重大建设项目", "公共资源交易", "义务教育", "户籍管理", "社会救助", "养老服务", "公共法律服务", "财政预决算", "就业创业", "就业", "社会保险",
    "国土空间规划", "农村集体土地征收", "生态环境", "国有土地上房屋征收与补偿", "国有土地上房屋征收", "保障性住房", "农村危房改造", "城市综合执法",
    "市政服务", "涉农补贴", "涉农资金", "公共文化服务", "医疗卫生", "卫生健康", "安全生产", "救灾生产", "救灾", "食品药品监管", "税收管理",
    "扶贫(乡村振兴)", "扶贫", "乡村振兴", "广播电视和网络视听", "旅游", "新闻出版版权", "统计", "自然资源", "交通运输", "医疗保障",
    "政府文件信息", "村务公开", "居务公开", "党务公开", "村级财务公开", "村民自治",
)  # fmt: skip
_GENERIC_SHEET = re.compile(
    r"(?:sheet|工作表|表|table|附件|附表|page|第?页)?[\s_-]*[\d一二三四五六七八九十]*\s*(?:\(\d+\))?(?:页)?|目录|总表|汇总表?|标准目录|公开目录|事项目录|"
    r"公开事项目录|基层政务公开标准目录|清单|封面|说明|正文|全部|数据|新建.*工作表",
    re.IGNORECASE,
)
_LIST_NAME = re.compile(
    r"(?:领域)?(?:的)?(?:基层)?(?:政务公开|政府信息公开|信息公开)?(?:标准化)?(?:(?<!务)公开)?(?:事项)?(?:标准|参考|指导|主动公开|全|基本|统一)*(?:目录|清单|指引|一览表)"
)
_GENERIC_FIELD = re.compile(
    r"(?:各?(?:乡镇|镇|乡|街道|村|社区|居|县|区|市)(?:级|\(社区\)|\(街道\))?|村居|基层|政务公开|重点|相关|有关|全部|所有|试点|各|\d+个(?:试点)?|的)*"
)
_PLACE_END = re.compile(r".*(?:村|社区|镇|乡|街道|县|[市区]|委会|委员会|办事处|单位|政府)")
_NAMED = re.compile(r"(?:公开|试点|所属|事项)?领域(?:名称)?[:：](?P<field>[^\s:：]{2,30})")
_NAME = r"[\u4e00-\u9fff](?:(?![省市州县区旗镇乡])[\u4e00-\u9fff])"
_PLACE_LEVELS = (
    _NAME + r"{1,7}?(?:省|自治区)",
    _NAME + r"{1,7}?(?:市|自治州|州|盟|地区)",
    _NAME + r"{0,9}?(?:自治县|县|(?<![地社])区)|" + _NAME + r"{1,9}?旗",
    _NAME + r"{1,9}?(?:街道办事处|街道|镇|乡|苏木)",
    _NAME + r"{0,13}?(?:村民委员会|居民委员会|村委会|居委会|社区居委会|村\(社区\)|(?:村|社区)(?=[村居党]务))",
    r"(?:人民政府|政府)(?!文件)",
)
_ENUMERATION = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分|、|[.．]|章|类)|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．)）])\s*[、.．:：]?"
)
_COUNT = re.compile(r"[(（](?:共|合计)?\s*\d+\s*[项条个](?:[^()（）]{0,6})[)）]$")


def field_of_title(title: str, sheet: str) -> str:
    """The field that a table's title names, or "".

    The title puts a place before it. Where the place ends is told by the sheet's own name, by the order of
    administrative suffixes, or by a field that is known.
    """
    named = _NAMED.match(title.strip())
    if named:
        return field_of_words(named["field"])
    head = _head(title)
    own = _plain(sheet)
    if own and not is_generic_sheet(sheet) and head.endswith(own):
        return own
    rest = _without_place(head)
    if _names_nothing(rest):
        return ""
    if rest != head or rest in KNOWN_FIELDS:
        return rest
    known = [name for name in KNOWN_FIELDS if rest.endswith(name) and len(name) >= 4]
    return max(known, key=len, default=rest)


def field_of_sheet(sheet: str) -> str:
    """The field that a sheet's name is, or "" when it is only a number or says that it is a catalogue."""
    if is_generic_sheet(sheet):
        return ""
    rest = _without_place(_head(sheet) if names_catalogue(sheet) else _plain(sheet))
    return "" if _names_nothing(rest) else rest


def _names_nothing(rest: str) -> bool:
    """Only a place, or words such as 乡镇 and 各: no field."""
    return bool(_GENERIC_FIELD.fullmatch(rest)) or (rest not in KNOWN_FIELDS and bool(_PLACE_END.fullmatch(rest)))


def is_generic_sheet(sheet: str) -> bool:
    return bool(_GENERIC_SHEET.fullmatch(sheet.strip()))


def field_of_words(words: str) -> str:
    """The field named by a cell of a 领域 column or by a section row: without its number, count and the word 领域."""
    plain = _plain(words)
    plain = _ENUMERATION.sub("", _COUNT.sub("", plain))
    return re.sub(r"(?<=.)领域$", "", plain) or plain


def names_catalogue(text: str) -> bool:
    """Whether a line reads like the title of a catalogue."""
    return bool(re.search(r"领域|目录|清单|公开标准|事项指引", text))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("《》")


def _head(title: str) -> str:
    """The words before 领域 or before the name of the list; "" when the title is neither."""
    plain = re.sub(r"^附[件表][\d一二三四五六七八九十]*(?:-\d+)?[:.、]?", "", _plain(title))
    plain = re.sub(r"^(?:\d{4}年版?|关于印发)", "", plain).strip("《》")
    if "领域" in plain:
        plain = plain.split("领域")[0]
    listed = _LIST_NAME.search(plain)
    if listed:
        return plain[: listed.start()]
    return plain if "领域" in _plain(title) else ""


def _without_place(head: str) -> str:
    """Strip administrative names from the highest down, each level once: 牟定县凤屯镇社会救助 -> 社会救助."""
    if head in KNOWN_FIELDS:
        return head
    for pattern in _PLACE_LEVELS:
        match = re.match(pattern, head)
        if match and head not in KNOWN_FIELDS:
            head = head[match.end() :]
    return head
