"""What the words in front of a number say it is."""

import re

_REACH = 20
_SERIALS = (
    "订单|单据|流水|凭证|票据|发票|项目|工程|合同|协议|招标|投标|采购|公文|索引|批准|批次|许可|备案|档案|案卷|登记|注册|信用|机构|组织|设备|仪表|序列|产品|"
    "快递|运单|物流|图书|标准书|电表|水表|房产|不动产|宗地|地块|地籍|图斑|林权|权证|交易|业务|受理|办件|查询|任务|报表|条形|二维|核销|申报|车架|发动机|存单"
)
_SERIAL = re.compile(
    rf"(?:(?:{_SERIALS})[^,。;\n]{{0,4}}(?:号|码|单)|(?<!证)编号|编码|代码|序号|单号|文号|书号|ISBN|IMEI|(?i:serial|order|no\.?))(?:是|为)?[ :.#(\[]*[A-Za-z-]{{0,8}}$"
)
_AMOUNT = re.compile(r"(?:\.\d{1,2})?[ )]?(?:元(?!旦)|万|亿|吨|公斤|千克|斤|亩|平方|立方|公里|米|%|％|株|册|千瓦|度)")
_SUM = re.compile(r"金额|合计|总计|小计|收入|支出|余额|产值|面积|元")
_MONEY = re.compile(r"[¥￥$][ ]?$")
_OF_PERSON = re.compile(r"身份|证件|银行|卡|账|帐|手机|电话|微信|支付宝|联系")
_OFFICE_PHONE = re.compile(
    r"(?:单位|咨询|监督|举报|投诉|服务|值班|办公|报名|业务|受理|公开|报修|维修|求助|预约|反映|客服|抢修|报警|应急|救援|24 ?小时)[^,。;\n]{0,6}(?:电话|手机|热线|号码|方式|专线)|热线|办公室"
)
_OFFICE = (
    "村委会|居委会|委员会|村部|政府|办公室|办事处|中心|服务站|工作站|派出所|司法所|卫生院|卫生室|供电所|水站|水厂|物业|学校|医院|公司|合作社|信用社|银行|营业|管理所|财政所|"
    "大队|支部|党委|纪委|公示栏|经办人|负责人|联络员|网格员|村医|河长|林长|路长|书记|主任|会计|科长|所长|站长|院长|校长|镇长|乡长|科员|干事|工作人员|民警"
)
_OFFICER = re.compile(rf"(?:{_OFFICE})")
_RESIDENT = re.compile(
    r"户主|村民|居民|申请人|本人|家属|患者|对象|低保户|脱贫户|贫困户|监护人|家长|学生|身份证|受益人|家庭|住址|配偶|子女|种植户|养殖户|农户|领取人|死者|当事人|信访人"
)
_POST = re.compile(r"^[^\n]{0,10}(?:书记|主任|委员|会计|文书|网格员|村医|河长|联络员|科长|所长|站长|镇长|乡长|干事|民警)$", re.MULTILINE)
_CLAUSE = re.compile(r"[。;；!！?？\n]")


def is_serial(before: str) -> bool:
    """An order number, a code of a project, an index number, as the words directly in front say."""
    window = before[-_REACH:]
    found = _SERIAL.search(window)
    return bool(found) and not _OF_PERSON.search(found[0] if found else "")


def is_amount(before: str, after: str) -> bool:
    return bool(_AMOUNT.match(after) or _MONEY.search(before))


def is_sum(heading: str) -> bool:
    """A column of sums or sizes."""
    return bool(_SUM.search(heading)) and not _OF_PERSON.search(heading)


def is_of_office(before: str) -> bool:
    """A telephone that is meant for everybody: for advice or complaints, or of an office or somebody in it."""
    clause = _CLAUSE.split(before)[-1]
    said = list(_OFFICE_PHONE.finditer(clause))
    if said:
        return not _RESIDENT.search(clause[said[-1].end() :])
    return bool(_OFFICER.search(clause)) and not _RESIDENT.search(clause)


def is_of_post(row: str) -> bool:
    """A row of a table in which somebody has an office. `row` has a cell a line."""
    return bool(_POST.search(row))
