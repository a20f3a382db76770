from django.urls import path

from .suggest.views import suggest
from .views import search

app_name = "search"
urlpatterns = [path("", search, name="search"), path("suggest", suggest, name="suggest")]
