"""Addresses of requests."""

from django.urls import path

from comity.node.requests.views import alarms, answers, clashes, dates, incoming, lists, one, signing

app_name = "requests"
urlpatterns = [
    path("", lists.all_requests, name="list"),
    path("incoming/", incoming.incoming, name="incoming"),
    path("incoming/<str:arrival_id>/", incoming.arrival, name="arrival"),
    path("calendar/", dates.month, name="month"),
    path("calendar/addresses/", dates.feeds, name="feeds"),
    path("calendar/addresses/<int:feed_id>/revoke/", dates.revoke, name="revoke"),
    path("calendar/<str:feed_secret>/dates.ics", dates.ics, name="ics"),
    path("alarms/", alarms.alarms, name="alarms"),
    path("alarms/<int:alarm_id>/seen/", alarms.seen, name="seen"),
    path("alarms/browser/", alarms.browser, name="browser"),
    path("alarms/browser/<int:subscription_id>/end/", alarms.end_browser, name="end_browser"),
    path("twice/", clashes.clashes, name="clashes"),
    path("twice/<int:clash_id>/settled/", clashes.settle, name="settle"),
    path("<str:case_id>/", lists.of_case, name="of_case"),
    path("<str:case_id>/<str:request_id>/", one.show, name="show"),
    path("<str:case_id>/<str:request_id>/answering/", answers.answer, name="answer"),
    path("<str:case_id>/<str:request_id>/signing/", signing.signing, name="signing"),
    path("<str:case_id>/<str:request_id>/signing/letter.pdf", signing.letter, name="letter_to_sign"),
    path("<str:case_id>/<str:request_id>/signing/here/", signing.here, name="sign_here"),
    path("<str:case_id>/<str:request_id>/papers/<int:paper_id>/", one.paper, name="paper"),
    path("<str:case_id>/<str:request_id>/<str:act>/", one.act, name="act"),
]
