"""Addresses of facts and plans."""

from django.urls import path

from comity.node.plans import views

app_name = "plans"
urlpatterns = [
    path("<str:case_id>/", views.plan, name="newest"),
    path("<str:case_id>/facts/", views.facts, name="facts"),
    path("<str:case_id>/ask/", views.ask, name="ask"),
    path("<str:case_id>/uninvolved/", views.uninvolved, name="uninvolved"),
    path("<str:case_id>/<int:number>/", views.version, name="version"),
    path("<str:case_id>/<int:number>/progress/", views.progress, name="progress"),
    path("<str:case_id>/<int:number>/report/", views.report, name="report"),
    path("<str:case_id>/<int:number>/data/", views.data, name="data"),
]
