from django.urls import path

from .views import proof
from .views.catalog import catalog
from .views.disclosure import disclosure, table
from .views.file_words import file_words
from .views.go import go
from .views.media import media

urlpatterns = [
    path("go/", go, name="go"),
    path("catalog/", catalog, name="catalog"),
    path("d/<int:pk>/", disclosure, name="disclosure"),
    path("d/<int:pk>/table/<int:number>.xlsx", table, {"kind": "xlsx"}, name="table_xlsx"),
    path("d/<int:pk>/table/<int:number>.csv", table, {"kind": "csv"}, name="table_csv"),
    path("d/<int:pk>/files/<int:attachment>/", file_words, name="file_words"),
    path("d/<int:pk>/changes/<int:seq>/", proof.changes, name="changes"),
    path("d/<int:pk>/receipt/", proof.newest, name="newest_receipt"),
    path("receipt/", proof.find, name="find_receipt"),
    path("receipt/<str:code>-<int:seq>/", proof.receipt, name="receipt"),
    path("media/<path:path>", media, name="media"),
]
