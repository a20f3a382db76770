"""Public addresses of the board sheets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
