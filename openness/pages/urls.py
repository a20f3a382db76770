from django.urls import path

from .views.health import healthz
from .views.machines import robots, sitemap, sitemap_index
from .views.site_map import site_map

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemap, name="sitemap_part"),
    path("map/", site_map, name="site_map"),
]
