from django.urls import path

from .views.progress import cells, progress

urlpatterns = [
    path("progress/", progress, name="progress"),
    path("progress/cells/", cells, name="progress_cells"),
    path("progress/<str:code>/", progress, name="progress_of"),
]
