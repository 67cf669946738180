"""Addresses of requests."""

from django.urls import path

from comity.node.requests.views import incoming, lists, one

app_name = "requests"
urlpatterns = [
    path("", lists.all_requests, name="list"),
    path("incoming/", incoming.register, name="incoming"),
    path("<str:case_id>/", lists.of_case, name="of_case"),
    path("<str:case_id>/<str:request_id>/", one.show, name="show"),
    path("<str:case_id>/<str:request_id>/papers/<int:paper_id>/", one.paper, name="paper"),
    path("<str:case_id>/<str:request_id>/<str:act>/", one.act, name="act"),
]
