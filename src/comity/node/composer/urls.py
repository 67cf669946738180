"""Addresses of letters."""

from django.urls import path

from comity.node.composer import views

app_name = "composer"
urlpatterns = [
    path("<str:case_id>/", views.of_case, name="of_case"),
    path("<str:case_id>/from-step/", views.from_step, name="from_step"),
    path("<str:case_id>/<str:letter_id>/", views.edit, name="edit"),
    path("<str:case_id>/<str:letter_id>/check/", views.check, name="check"),
    path("<str:case_id>/<str:letter_id>/read/", views.read, name="read"),
    path("<str:case_id>/<str:letter_id>/save/<str:form>/", views.save, name="save"),
    path("<str:case_id>/<str:letter_id>/do/<str:act>/", views.act, name="act"),
    path("<str:case_id>/<str:letter_id>/comment/", views.comment, name="comment"),
    path("<str:case_id>/<str:letter_id>/compare/<int:old>/<int:new>/", views.compare, name="compare"),
    path("<str:case_id>/<str:letter_id>/request/", views.to_request, name="to_request"),
]
