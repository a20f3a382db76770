"""Addresses, menu entries and front-page panels of what waits for signers and reviewers."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from openness.disclosures.services.waiting import REVIEW, SIGN

from . import reviews


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("waiting/review/", reviews.review_list, name="review_review"),
        path("waiting/sign/", reviews.sign_list, name="review_sign"),
    ]


@hooks.register("register_admin_menu_item")
def to_review() -> MenuItem:
    return reviews.WaitingMenuItem(REVIEW, 3)


@hooks.register("register_admin_menu_item")
def to_sign() -> MenuItem:
    return reviews.WaitingMenuItem(SIGN, 1)


@hooks.register("register_admin_menu_item")
def of_others() -> MenuItem:
    return reviews.OthersMenuItem()


@hooks.register("construct_homepage_panels")
def own_panels(request: HttpRequest, panels: list[Any]) -> None:
    reviews.own_panels(panels)
