"""Public addresses of powers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
