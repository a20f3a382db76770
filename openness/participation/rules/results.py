"""How a request for information was answered: 政府信息公开条例 art. 36 to 39, and the line of the annual report that it counts in
(国办公开办函〔2021〕30号).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Result:
    """`line` is the key of the annual report's line; `refuses` asks for the ground and the way to object."""

    key: str
    label: Promise
    article: Promise
    line: str
    refuses: bool = True


_OTHERS = _("第三十条、第三十五条至第四十二条")
RESULTS: tuple[Result, ...] = (
    Result("already", _("已经主动公开，告诉在哪里看"), _("第三十六条第（一）项"), "granted", refuses=False),
    Result("given", _("可以公开，提供给申请人"), _("第三十六条第（二）项"), "granted", refuses=False),
    Result("partly", _("部分公开"), _("第三十七条"), "partly"),
    Result("secret", _("不予公开：国家秘密"), _("第三十六条第（三）项、第十四条"), "secret"),
    Result("forbidden", _("不予公开：其他法律行政法规禁止"), _("第三十六条第（三）项、第十四条"), "forbidden"),
    Result("stability", _("不予公开：危及国家安全、公共安全、经济安全、社会稳定"), _("第三十六条第（三）项、第十四条"), "stability"),
    Result("third_party", _("不予公开：保护第三方合法权益"), _("第三十六条第（三）项、第十五条"), "third_party"),
    Result("internal", _("不予公开：内部事务信息"), _("第三十六条第（三）项、第十六条"), "internal"),
    Result("process", _("不予公开：过程性信息"), _("第三十六条第（三）项、第十六条"), "process"),
    Result("files", _("不予公开：行政执法案卷"), _("第三十六条第（三）项、第十六条"), "files"),
    Result("none", _("信息不存在"), _("第三十六条第（四）项"), "not_held"),
    Result("not_ours", _("不归本机关，告诉找谁"), _("第三十六条第（五）项"), "not_held"),
    Result("repeated", _("重复申请，不重复处理"), _("第三十六条第（六）项"), "repeated"),
    Result("inquiry", _("工商、不动产登记等，按专门规定查"), _("第三十六条第（七）项"), "inquiry"),
    Result("to_be_made", _("没有现成信息，要另外制作"), _("第三十八条"), "to_be_made"),
    Result("unclear", _("补正后还不明确"), _("第三十条"), "unclear"),
    Result("petition", _("是信访、举报、投诉，告诉走什么渠道"), _("第三十九条"), "petition"),
    Result("publication", _("要的是公开出版物，告诉哪里有"), _("第三十九条"), "publication"),
    Result("excessive", _("没有正当理由大量反复申请"), _("第三十五条"), "excessive"),
    Result("confirm", _("要求确认或者重新出具已经拿到的信息"), _OTHERS, "confirm"),
    Result("not_corrected", _("逾期没补正，不再处理"), _("第三十条"), "not_corrected"),
    Result("not_paid", _("逾期没交信息处理费，不再处理"), _("第四十二条"), "not_paid"),
    Result("else", _("其他"), _OTHERS, "else"),
)
BY_KEY = {result.key: result for result in RESULTS}
NOT_CORRECTED = "not_corrected"
APPLICANTS = (
    ("person", _("自然人（个人）")),
    ("company", _("商业企业")),
    ("research", _("科研机构")),
    ("charity", _("社会公益组织")),
    ("legal", _("法律服务机构")),
    ("other", _("其他")),
)
FORMS = (("paper", _("纸面")), ("file", _("电子文件")), ("look", _("到现场看、抄")))
DELIVERIES = (("counter", _("自己来取")), ("post", _("邮寄")), ("email", _("电子邮件")))
