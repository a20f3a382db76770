from django.urls import path

from .export import results_csv, results_xlsx
from .feeds import results_atom, results_json, results_json_feed
from .suggest.views import suggest
from .views import search

app_name = "search"
urlpatterns = [
    path("", search, name="search"),
    path("results.json", results_json, name="json"),
    path("results.atom", results_atom, name="atom"),
    path("feed.json", results_json_feed, name="json_feed"),
    path("results.csv", results_csv, name="csv"),
    path("results.xlsx", results_xlsx, name="xlsx"),
    path("suggest", suggest, name="suggest"),
]
