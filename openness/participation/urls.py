"""Public addresses of what residents send."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
