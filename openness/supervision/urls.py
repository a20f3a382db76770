from django.urls import path

from .views import notices, scores
from .views.item import item
from .views.progress import cells, progress
from .views.unit import catalogue, period, unit

urlpatterns = [
    path("u/<str:code>/", unit, name="unit"),
    path("u/<str:code>/catalogue.xlsx", catalogue, {"kind": "xlsx"}, name="unit_xlsx"),
    path("u/<str:code>/catalogue.csv", catalogue, {"kind": "csv"}, name="unit_csv"),
    path("u/<str:code>/periods/<int:pk>/", period, name="unit_period"),
    path("item/<int:pk>/", item, name="item"),
    path("progress/", progress, name="progress"),
    path("progress/cells/", cells, name="progress_cells"),
    path("progress/scores/", scores.index, name="progress_scores"),
    path("progress/scores/csv/", scores.download, name="progress_scores_csv"),
    path("progress/scores/method/", scores.method, name="progress_method"),
    path("progress/scores/recompute_scores.py", scores.script, name="progress_script"),
    path("progress/scores/<str:code>/", scores.of_unit, name="progress_score"),
    path("progress/scores/<str:code>/<slug:key>/", scores.rows, name="progress_score_rows"),
    path("progress/notices/", notices.index, name="progress_notices"),
    path("progress/notices/<int:pk>/", notices.notice, name="progress_notice"),
    path("progress/notices/<int:pk>/print/", notices.printed, name="progress_notice_print"),
    path("progress/notices/<int:pk>/xlsx/", notices.workbook, name="progress_notice_xlsx"),
    path("progress/<str:code>/", progress, name="progress_of"),
]
