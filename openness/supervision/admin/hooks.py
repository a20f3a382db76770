"""The desk's addresses."""

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from ..models import Obligation
from . import cell, desk

register_permission_policy(Obligation, cell.POLICY)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("supervision/", desk.desk, name="supervision_desk"),
        path("supervision/cells/", desk.cells, name="supervision_cells"),
        path("supervision/cells.xlsx", desk.workbook, name="supervision_workbook"),
        path("supervision/cell/<int:pk>/", cell.cell, name="supervision_cell"),
    ]
