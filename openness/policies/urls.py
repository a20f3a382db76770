"""Public addresses of policies."""

from django.urls import path

from .views.api import policies as api
from .views.library import feed, library
from .views.match import match
from .views.texts import interpretation, policy

urlpatterns = [
    path("policies/", library, name="policies"),
    path("policies/feed.atom", feed, name="policies_atom"),
    path("policies/match/", match, name="policies_match"),
    path("policies/<int:pk>/", policy, name="policy"),
    path("policies/interpretations/<int:pk>/", interpretation, name="interpretation"),
    path("api/policies/", api, name="policies_api"),
]
