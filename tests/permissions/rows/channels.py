"""What is done with a public text, 一文多村, 一起公开."""

from ..row import EVERY, GONE, Act, Row, listing, of, values

_POSTING, _BATCH, _BUNDLE = "channels.posting", "channels.batch", "channels.bundle"
_NOW = "channels_posting"

ROWS: dict[str, Row] = {
    "published": of(
        "public", EVERY, f"{_POSTING}.view",
        acts={
            "up": Act({"act": "up", "channel": values("free channel")}, "clerk", f"{_POSTING}.add", writes=_NOW),
            "down": Act({"act": "down", "posting": values("posting")}, "clerk", f"{_POSTING}.add", writes=_NOW),
            "void": Act({"act": "void", "posting": values("posting"), "note": "记错了"}, "clerk", f"{_POSTING}.add", writes=_NOW),
        },
    ),
    "walls": listing(EVERY, f"{_POSTING}.view"),
    "batches": listing(EVERY, f"{_BATCH}.view"),
    "batch_new": of(
        "town text", "clerk", f"{_BATCH}.add", others=GONE, of="town",
        acts={
            "send": Act(
                {"item": values("item"), "villages": values("next village"), "rows": "", "step": "send", "seen": values("town text, version")},
                "clerk", f"{_BATCH}.add", writes="channels_batch",
            )
        },
    ),
    "batch": of("batch", EVERY, f"{_BATCH}.view", of="town", acts={"take back": Act({}, "clerk", f"{_BATCH}.add", writes="channels_batch")}),
    "bundles": listing(
        EVERY, f"{_BUNDLE}.view",
        acts={"bundle": Act({"text": values("draft", "masked")}, "clerk reviewer", f"{_BUNDLE}.add", writes="channels_bundle", names_place=True)},
    ),
    "bundle": of(
        "bundle", EVERY, f"{_BUNDLE}.view", acts={"take apart": Act({"reason": "分开公开"}, "clerk reviewer", f"{_BUNDLE}.add", writes="channels_bundle")}
    ),
}  # fmt: skip
