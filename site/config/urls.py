"""All addresses. Wagtail's pages come last: they match whatever is left."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from openness.supervision.admin.todo import front
from openness.units.login import LimitedLogin

urlpatterns = [
    path("admin/", front),
    path("admin/login/", LimitedLogin.as_view(), name="wagtailadmin_login"),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("search/", include("search.urls")),
    path("", include("openness.pages.urls")),
    path("", include("openness.channels.urls")),
    path("", include("openness.participation.urls")),
    path("", include("openness.policies.urls")),
    path("", include("openness.guides.urls")),
    path("", include("openness.powers.urls")),
    path("", include("openness.subscriptions.urls")),
    path("", include("openness.disclosures.urls")),
    path("", include("openness.supervision.urls")),
    path("", include(wagtail_urls)),
]
