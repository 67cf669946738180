"""Addresses of cases."""

from django.urls import path

from comity.node.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("new/", views.new, name="new"),
    path("<str:case_id>/", views.show, name="show"),
    path("<str:case_id>/title/", views.rename, name="rename"),
    path("<str:case_id>/turn/", views.turn, name="turn"),
    path("<str:case_id>/members/", views.members, name="members"),
    path("<str:case_id>/members/<str:username>/end/", views.end_member, name="end_member"),
]
