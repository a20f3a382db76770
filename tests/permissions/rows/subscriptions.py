"""邮件订阅: numbers of the whole site, so only for who covers every county."""

from ..row import Act, Row, listing

ROWS: dict[str, Row] = {
    "subscriptions_followed": listing("", acts={"stop": Act({"row": "1", "reason": "有人乱订"}, "")}),
}
