from django.urls import path

from .views import healthz, size

urlpatterns = [path("size/", size, name="size"), path("healthz", healthz, name="healthz")]
