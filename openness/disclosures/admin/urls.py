"""Addresses of the clerk's form beside those of its view set."""

from django.urls import path

from .guide import item_guide
from .paste import read_table
from .plain import PlainEdit, PlainNew

urlpatterns = [
    path("forms/read-table/", read_table, name="disclosure_read_table"),
    path("forms/guide/", item_guide, name="disclosure_item_guide"),
    path("forms/plain/", PlainNew.as_view(), name="disclosure_plain_new"),
    path("forms/plain/<int:pk>/", PlainEdit.as_view(), name="disclosure_plain"),
]
