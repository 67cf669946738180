"""Addresses of the node."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("comity.node.home.urls")),
    path("", include("comity.node.running.urls")),
    path("account/", include("comity.node.people.signin_urls")),
    path("language/", set_language, name="set_language"),
    path("people/", include("comity.node.people.urls")),
    path("audit/", include("comity.node.audit.urls")),
    path("cases/", include("comity.node.cases.urls")),
    path("evidence/", include("comity.node.artifacts.urls")),
    path("plans/", include("comity.node.plans.urls")),
    path("requests/", include("comity.node.requests.urls")),
    path("letters/", include("comity.node.composer.urls")),
    path("", include("comity.node.precheck.urls")),
    path("vault/", include("comity.node.vault.urls")),
    path("atlas/", include("comity.node.atlas.urls")),
    path("directory/", include("comity.node.directory.urls")),
    path("oversight/", include("comity.node.oversight.urls")),
    path("webhooks/", include("comity.node.webhooks.urls")),
    path("api/", include("comity.node.api.urls")),
]
