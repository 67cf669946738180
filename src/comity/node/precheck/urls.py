"""Addresses of pre-checks."""

from django.urls import path

from comity.node.precheck import views

app_name = "precheck"
urlpatterns = [
    path("precheck/", views.drafts, name="drafts"),
    path("precheck/drafts/<str:draft_id>/", views.draft, name="draft"),
    path("precheck/drafts/<str:draft_id>/remark/", views.remark, name="remark"),
    path("precheck/drafts/<str:draft_id>/answer/", views.answer, name="answer"),
    path("letters/<str:case_id>/<str:letter_id>/precheck/", views.of_letter, name="of_letter"),
    path("letters/<str:case_id>/<str:letter_id>/precheck/share/", views.share, name="share"),
    path("letters/<str:case_id>/<str:letter_id>/precheck/answer/", views.take_answer, name="take_answer"),
    path("letters/<str:case_id>/<str:letter_id>/precheck/<str:share_id>/package.age", views.save, name="save"),
]
