"""Public addresses of lists of powers."""

from django.urls import path

from .views.changes import atom, changes
from .views.entry import entry
from .views.lists import index, power_list, sheet

urlpatterns = [
    path("powers/", index, name="powers"),
    path("powers/changes/", changes, name="power_changes"),
    path("powers/changes/feed.atom", atom, name="power_changes_atom"),
    path("powers/<int:pk>/", power_list, name="power_list"),
    path("powers/<int:pk>/versions/<int:number>/", power_list, name="power_version"),
    path("powers/<int:pk>/versions/<int:number>/list.<str:kind>", sheet, name="power_sheet"),
    path("powers/<int:pk>/<str:key>/", entry, name="power_entry"),
]
