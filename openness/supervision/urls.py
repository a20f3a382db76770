from django.urls import path

from .views.progress import cells, progress
from .views.unit import unit

urlpatterns = [
    path("u/<str:code>/", unit, name="unit"),
    path("progress/", progress, name="progress"),
    path("progress/cells/", cells, name="progress_cells"),
    path("progress/<str:code>/", progress, name="progress_of"),
]
