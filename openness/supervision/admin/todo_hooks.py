"""The clerk's addresses and the four entries of the clerk's menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import handbook, todo


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("todo/", todo.todo, name="todo"),
        path("todo/<int:pk>/nil/", todo.nil, name="todo_nil"),
        path("handbook/", handbook.handbook, name="handbook"),
    ]


@hooks.register("register_admin_menu_item")
def todo_item() -> MenuItem:
    return todo.TodoMenuItem()


@hooks.register("register_admin_menu_item")
def mine_item() -> MenuItem:
    return todo.MineMenuItem()


@hooks.register("register_admin_menu_item")
def handbook_item() -> MenuItem:
    return todo.HandbookMenuItem()


@hooks.register("construct_main_menu", order=10_000)
def four_entries(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    todo.cut_menu(request, menu_items)
