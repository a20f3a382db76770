"""What is private only beside a person's name: illness and disability, day of birth, home, a child's school."""

import re
from collections.abc import Iterator

from .kinds import NAMES, Finding, Kind, Severity, found
from .names import name_in, name_in_row, short
from .signs import Words

_CLAUSES, _HAN = re.compile(r"[。;；!！?？\n]"), re.compile(r"[\u4e00-\u9fff]")
_DISEASES = (
    "癌|肿瘤|白血病|尿毒症|肾衰|肝硬化|艾滋|HIV|乙肝|丙肝|肝炎|肺结核|梅毒|性病|精神分裂|精神病|精神障碍|精神异常|抑郁症|躁狂|双相|癫痫|智力障碍|痴呆|阿尔茨海默|脑瘫|脑梗|脑出血|中风|偏瘫|瘫痪|"
    "高血压|糖尿病|冠心病|心脏病|心肌梗|心衰|脑血栓|帕金森|红斑狼疮|血友病|再生障碍|再障|地中海贫血|尘肺|肺心病|股骨头坏死|强直性|类风湿|透析|化疗|放疗|流产|不孕|自闭症|孤独症|唐氏|先天性"
)
_ILL = re.compile(rf"患[^,。;；\n]{{0,10}}?[病癌瘤症炎障硬衰梗残]|罹患|确诊|{_DISEASES}")
_DISABLED = re.compile(
    r"(?:视力|听力|言语|肢体|智力|精神|多重)(?:残疾)?[ ]?(?:[一二三四1-4]级|残疾)|[一二三四1-4]级(?:残疾|伤残|精神)|残疾(?:等级|类别|证号)[是为:]{0,2}[^,。;\n]{0,4}[一二三四1-4]级|伤残[一二三四五六七八九十]{1,2}级"
)
_GENERAL = re.compile(
    r"标准|每月|每人|知识|防治|预防|讲座|筛查|义诊|宣传|管理率|人次|名额|条件|范围|政策|项目|下列|以下|办法|规定|患者健康|目录|名单如下"
)
_DAY = r"(?:19|20)\d{2}[ ]?[年./-][ ]?\d{1,2}[ ]?[月./-][ ]?\d{1,2}[ ]?日?"
_BORN = re.compile(rf"(?:出生(?:日期|时间|年月日|年月)?|生日|生于)[于为是:]{{0,2}}[ ]?{_DAY}|{_DAY}(?:出)?生(?![产效活成育])")
_ONLY_DAY, _BIRTH_HEADING = re.compile(rf"[ ]*(?:{_DAY}|(?:19|20)\d{{6}})(?:[ T]00:00(?::00)?)?[ ]*"), re.compile(r"出生|生日")
_NUMBER = r"[\d一二三四五六七八九十]{1,6}"
_HOME = re.compile(
    rf"(?:号楼|栋|幢|座|#楼|楼)[^,。;；\n]{{0,8}}?{_NUMBER}(?:室|号|户)|{_NUMBER}(?:单元|门)[ ]?{_NUMBER}(?:室|号|户)?|"
    rf"(?:组|屯|社|街|路|巷|胡同|弄|里|村|大院|小区)[ ]?{_NUMBER}(?:-{_NUMBER}|之{_NUMBER})?(?:号(?!楼|线|地|文|令|公告|井|泵|机)|门牌)|门牌号?(?:为|是|:)?[ ]?{_NUMBER}"
)
_ADDRESS_LABEL = re.compile(r"家庭(?:住址|地址)|住址|现住|居住(?:于|在|地)|户籍(?:地址|地)|家住|住[在于]?|收件地址|通讯地址")
_HOME_LABEL = re.compile(r"家庭(?:住址|地址)|住址|户籍地址|居住地址")
_PLACE_OF_OFFICE = re.compile(
    r"地点|办公|位于|坐落|工程|施工|项目|中标|公司|中心|村委会|居委会|政府|法定代表|注册地|服务站|窗口|邮编|受理|征收|公示栏|诊所|卫生室|学校|超市|商店"
)
_CHILD = re.compile(r"儿童|未成年|孤儿|学生|幼儿|婴儿|小学生|中学生|留守|困境|学龄|新生儿|就读[^,。;\n]{0,12}(?:小学|中学|幼儿园|年级)")
_SCHOOL = re.compile(rf"(?:小学|中学|幼儿园|学校|一中|二中|三中|实验校|[一二三四五六七八九初高]年级|年级|{_NUMBER}班|监护人|就读|出生|岁)")


def about_people(words: Words) -> Iterator[Finding]:
    for start, clause in _clauses(words.letters):
        if not _HAN.search(clause) and not words.heading:
            continue
        for kind, span in _said(words, clause):
            name = name_in(clause) or name_in_row(words.row)
            if name and not (kind is Kind.HEALTH and _GENERAL.search(clause)):
                yield _finding(kind, name, (start + span[0], start + span[1]))
            elif not name and kind is Kind.ADDRESS and _HOME_LABEL.search(f"{words.heading}:{clause}"):
                yield _finding(kind, "", (start + span[0], start + span[1]))


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for stop in _CLAUSES.finditer(text):
        if stop.start() > start:
            yield start, text[start : stop.start()]
        start = stop.end()
    if start < len(text):
        yield start, text[start:]


def _said(words: Words, clause: str) -> Iterator[tuple[Kind, tuple[int, int]]]:
    """The first of each kind; one clause about one person needs no more."""
    ill = _ILL.search(clause) or _DISABLED.search(clause)
    if ill:
        yield Kind.HEALTH, ill.span()
    born = _BORN.search(clause) or (_BIRTH_HEADING.search(words.heading) and _ONLY_DAY.fullmatch(clause))
    if born:
        yield Kind.BIRTH_DATE, born.span()
    home = _HOME.search(clause)
    if home and _is_home(words, clause):
        yield Kind.ADDRESS, home.span()
    child = _CHILD.search(f"{words.heading}\n{words.row}\n{clause}") and _SCHOOL.search(clause)
    if child:
        yield Kind.CHILD, child.span()


def _is_home(words: Words, clause: str) -> bool:
    said = f"{words.heading}:{clause}"
    return bool(_ADDRESS_LABEL.search(said)) or not _PLACE_OF_OFFICE.search(said)


def _finding(kind: Kind, name: str, span: tuple[int, int]) -> Finding:
    return found(kind, Severity.WARN, span, f"{short(name) if name else ''}（{NAMES[kind]}）")
