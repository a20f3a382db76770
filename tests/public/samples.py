"""One or more examples of every public page, found in the demo as a reader would find them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A page of the demo: `path`, then each time the first link on the page that fits the next of `hops`; `more` stands behind the last."""

    path: str
    hops: tuple[str, ...] = ()
    more: str = ""

    @property
    def label(self) -> str:
        return self.hops[-1] + self.more if self.hops else self.path


def at(*paths: str) -> tuple[Sample, ...]:
    return tuple(Sample(path) for path in paths)


def linked(path: str, *links: str, more: str = "") -> tuple[Sample, ...]:
    """An example for each of the links."""
    return tuple(Sample(path, (link,), more) for link in links)


def through(path: str, *hops: str) -> tuple[Sample, ...]:
    """One example, some links away."""
    return (Sample(path, hops),)


_DISCLOSURE = r"/d/\d+/"
_NEWEST = "/search/?sort=newest"
_TOWN = "/u/220204101/"

# address name -> its examples
SAMPLES: dict[str, tuple[Sample, ...]] = {
    "wagtail_serve": (*at("/", "/?town=220204101", "/ko/", "/hant/"), *linked("/", r"/help/", r"/accessibility/", r"/privacy/")),
    "site_map": at("/map/"),
    "policies": at("/policies/", "/policies/?q=补贴"),
    "policies_match": at("/policies/match/"),
    "policy": linked("/policies/", r"/policies/\d+/"),
    "interpretation": linked("/search/?q=解读", r"/policies/interpretations/\d+/"),
    "guides": at("/guides/", "/guides/?q=低保"),
    "guide": linked("/guides/", r"/guides/\d+/"),
    "powers": at("/powers/"),
    "power_changes": at("/powers/changes/"),
    "power_list": linked("/powers/", r"/powers/\d+/"),
    "power_version": through("/powers/", r"/powers/\d+/", r"/powers/\d+/versions/\d+/"),
    "power_entry": through("/powers/", r"/powers/\d+/", r"/powers/\d+/\d[\w-]+/"),
    "subscription_new": at("/subscriptions/new/?q=低保"),
    "subscription_sent": at("/subscriptions/sent/"),
    "subscriptions_none": at("/subscriptions/none/"),
    "changes": through("/u/220204100201/", _DISCLOSURE, _DISCLOSURE + r"changes/\d+/"),
    "find_receipt": at("/receipt/"),
    "receipt": through(_NEWEST, _DISCLOSURE, r"/receipt/\w+-\d+/"),
    "file_words": through("/search/?q=第一轮排查", _DISCLOSURE, _DISCLOSURE + r"files/\d+/"),
    "search:search": at(_NEWEST, "/search/?q=低保", "/search/?q=没有这种东西的", "/search/?q=村里的账&field=财务管理"),
    "messages": at("/messages/"),
    "message_new": at("/messages/new/"),
    "message_follow": at("/messages/follow/"),
    "message": linked("/messages/", r"/messages/[\d-]+/"),
    "correction_new": linked(_NEWEST, _DISCLOSURE, more="wrong/"),
    "objection_new": linked("/", _DISCLOSURE + "objection/"),
    "requests": at("/requests/"),
    "request_new": at("/requests/new/"),
    "catalog": at("/catalog/"),
    "item": linked("/catalog/", r"/item/\d+/"),
    "disclosure": (*linked("/", _DISCLOSURE), *linked("/search/?q=财务收支", _DISCLOSURE)),
    "board": linked(_NEWEST, _DISCLOSURE, more="board/"),
    "unit": at("/u/220204/", "/ko/u/220204101200/", _TOWN, "/u/220204101200/", "/u/220204101200/?state=late", "/u/220204101200/?by=month"),
    "unit_period": linked("/u/220204101200/", r"/u/220204101200/periods/\d+/"),
    "progress": at("/progress/"),
    "progress_of": at("/progress/220204101/"),
    "progress_cells": at("/progress/cells/?place=220204&state=overdue"),
    "progress_scores": at("/progress/scores/"),
    "progress_method": at("/progress/scores/method/"),
    "progress_score": at("/progress/scores/220204101/"),
    "progress_score_rows": linked("/progress/scores/220204101/", r"/progress/scores/220204101/[a-z-]+/"),
    "progress_notices": at("/progress/notices/"),
    "progress_notice": linked("/progress/notices/", r"/progress/notices/\d+/"),
    "progress_notice_print": linked("/progress/notices/", r"/progress/notices/\d+/", more="print/"),
}

# address name -> why it has no example
NOT_A_PAGE: dict[str, str] = {
    "search:json": "data",
    "guide_file": "a file",
    "power_changes_atom": "a feed",
    "power_sheet": "a file",
    "table_xlsx": "a file",
    "table_csv": "a file",
    "newest_receipt": "sends on to a receipt",
    "subscription_confirm": "its address is in a mail only: tests/browser/test_subscriptions.py",
    "subscription_stop": "its address is in a mail only: tests/browser/test_subscriptions.py",
    "subscriptions_mine": "its address is in a mail only: tests/browser/test_subscriptions.py",
    "search:json_feed": "a feed",
    "search:csv": "a file",
    "search:xlsx": "a file",
    "policies_atom": "a feed",
    "policies_api": "data",
    "robots": "words for machines",
    "sitemap": "for machines",
    "sitemap_part": "for machines",
    "unit_xlsx": "a file",
    "unit_csv": "a file",
    "search:atom": "a feed",
    "search:suggest": "data",
    "healthz": "a word for machines",
    "go": "sends on to a unit's page",
    "media": "a file",
    "board_pdf": "a file",
    "progress_scores_csv": "a file",
    "progress_script": "a file",
    "progress_notice_xlsx": "a file",
    "message_sent": "read once, right after sending: tests/browser/test_participation.py",
    "wagtaildocs_serve": "a file",
    "wagtaildocs_authenticate_with_password": "Wagtail's, and no collection has a password",
    "wagtailcore_authenticate_with_password": "Wagtail's, and no page has a password",
    "wagtailcore_login": "Wagtail's, and no page asks for it",
}
