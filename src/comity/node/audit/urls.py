"""Addresses of the audit trail."""

from django.urls import path

from comity.node.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("mine/", views.mine, name="mine"),
    path("export/", views.export, name="export"),
    path("case/<str:case_id>/", views.case_trail, name="case"),
    path("entry/<int:number>/", views.entry, name="entry"),
    path("entry/<int:number>/proof/", views.proof, name="proof"),
    path("checkpoints/", views.checkpoints, name="checkpoints"),
    path("checkpoints/sign/", views.sign, name="sign"),
    path("checkpoints/<int:size>/", views.checkpoint, name="checkpoint"),
    path("growth/<int:old_size>/<int:new_size>/", views.growth, name="growth"),
]
