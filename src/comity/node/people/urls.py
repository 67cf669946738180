"""Addresses of people: their accounts, units, delegations, turns of duty and tokens."""

from django.urls import path

from comity.node.people.views import delegations, me, people, roster, sign_in, units

app_name = "people"
urlpatterns = [
    path("", people.people_list, name="list"),
    path("new/", people.invite, name="invite"),
    path("person/<str:username>/", people.show, name="show"),
    path("person/<str:username>/edit/", people.edit, name="edit"),
    path("person/<str:username>/link/", people.renew, name="renew"),
    path("person/<str:username>/roles/give/", people.grant, name="grant"),
    path("person/<str:username>/roles/end/", people.end_role, name="end_role"),
    path("person/<str:username>/sessions/end/", people.end_sessions, name="end_sessions"),
    path("person/<str:username>/factors/reset/", people.reset_factors, name="reset_factors"),
    path("person/<str:username>/close/", people.close, name="close"),
    path("person/<str:username>/open/", people.reopen, name="reopen"),
    path("units/", units.unit_list, name="units"),
    path("units/new/", units.new, name="new_unit"),
    path("units/<int:unit_id>/", units.edit, name="unit"),
    path("me/", me.me, name="me"),
    path("me/tokens/", me.tokens, name="tokens"),
    path("me/tokens/new/", me.new_token, name="new_token"),
    path("me/tokens/<str:token_id>/revoke/", me.revoke, name="revoke_token"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new/", delegations.new, name="delegate"),
    path("delegations/<int:delegation_id>/revoke/", delegations.revoke, name="revoke_delegation"),
    path("roster/", roster.roster, name="roster"),
    path("roster/new/", roster.new, name="new_shift"),
    path("roster/<int:shift_id>/", roster.show, name="shift"),
    path("roster/<int:shift_id>/take-over/", roster.take_over, name="take_over"),
    path("roster/<int:shift_id>/note/", roster.note, name="handover"),
    path("roster/<int:shift_id>/call-off/", roster.call_off, name="call_off"),
    path("roster/<int:shift_id>/swap/", roster.ask_swap, name="ask_swap"),
    path("roster/swaps/<int:swap_id>/answer/", roster.answer_swap, name="answer_swap"),
    path("presence/", sign_in.presence, name="presence"),
    path("second-factor/", sign_in.settle, name="settle"),
    path("invitation/<str:secret>/", sign_in.accept, name="accept"),
]
