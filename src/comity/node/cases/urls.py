"""Addresses of cases."""

from django.urls import path

from comity.node.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("new/", views.new, name="new"),
    path("<str:case_id>/", views.show, name="show"),
]
