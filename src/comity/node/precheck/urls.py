"""Addresses of pre-checks."""

from django.urls import path

from comity.node.precheck import views

app_name = "precheck"
urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("drafts/<str:draft_id>/", views.draft, name="draft"),
    path("drafts/<str:draft_id>/remark/", views.remark, name="remark"),
    path("drafts/<str:draft_id>/answer/", views.answer, name="answer"),
    path("<str:case_id>/<str:letter_id>/", views.of_letter, name="of_letter"),
    path("<str:case_id>/<str:letter_id>/share/", views.share, name="share"),
    path("<str:case_id>/<str:letter_id>/answer/", views.take_answer, name="take_answer"),
    path("<str:case_id>/<str:letter_id>/<str:share_id>/package.age", views.save, name="save"),
]
