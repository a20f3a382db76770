from django.urls import path

from .feeds import results_atom, results_json
from .suggest.views import suggest
from .views import search

app_name = "search"
urlpatterns = [
    path("", search, name="search"),
    path("results.json", results_json, name="json"),
    path("results.atom", results_atom, name="atom"),
    path("suggest", suggest, name="suggest"),
]
