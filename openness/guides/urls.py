"""Public addresses of guides."""

from django.urls import path

from .views.guide import file, guide
from .views.listing import listing

urlpatterns = [
    path("guides/", listing, name="guides"),
    path("guides/<int:pk>/", guide, name="guide"),
    path("guides/<int:pk>/files/<int:file>/", file, name="guide_file"),
]
