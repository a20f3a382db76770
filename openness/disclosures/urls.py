from django.urls import path

from .views.catalog import catalog, item
from .views.disclosure import disclosure
from .views.go import go
from .views.media import media

urlpatterns = [
    path("go/", go, name="go"),
    path("catalog/", catalog, name="catalog"),
    path("item/<int:pk>/", item, name="item"),
    path("d/<int:pk>/", disclosure, name="disclosure"),
    path("media/<path:path>", media, name="media"),
]
