"""Addresses of facts and plans."""

from django.urls import path

from comity.node.plans.views import plan, ties

app_name = "plans"
urlpatterns = [
    path("<str:case_id>/", plan.plan, name="newest"),
    path("<str:case_id>/facts/", plan.facts, name="facts"),
    path("<str:case_id>/ask/", plan.ask, name="ask"),
    path("<str:case_id>/uninvolved/", plan.uninvolved, name="uninvolved"),
    path("<str:case_id>/tie/", ties.tell, name="tie"),
    path("<str:case_id>/lead/", ties.lead, name="lead"),
    path("<str:case_id>/<int:number>/", plan.version, name="version"),
    path("<str:case_id>/<int:number>/relations/", ties.relations, name="relations"),
    path("<str:case_id>/<int:number>/progress/", plan.progress, name="progress"),
    path("<str:case_id>/<int:number>/report/", plan.report, name="report"),
    path("<str:case_id>/<int:number>/data/", plan.data, name="data"),
]
