"""Tokens of the HTTP API: shown once, kept as a hash, never more than their owner."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.samples.node import make_user

from comity.node.audit.models import Entry
from comity.node.errors import InvalidError
from comity.node.people.actions.tokens import TOKENS_MAX, make_token, revoke_token
from comity.node.people.models import Token
from comity.node.people.roles import Right, Role
from comity.node.people.tokens import find_token, use_token


def test_a_token_stands_for_its_owner_with_the_rights_chosen() -> None:
    asha = make_user(Role.INVESTIGATOR)
    token, text = make_token(asha, name="sync", scopes=[Right.CASE_READ], days=30)
    used = use_token(text)
    assert used is not None
    assert (used.user, used.rights) == (asha, frozenset({Right.CASE_READ}))
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert text.split("_", 2)[2] not in str(Token.objects.values_list())


def test_making_and_revoking_are_entered_without_the_secret() -> None:
    asha = make_user(Role.INVESTIGATOR)
    token, text = make_token(asha, name="sync", scopes=[Right.CASE_READ], days=1)
    revoke_token(asha, token_id=token.pk)
    acts = list(Entry.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["token.make", "token.revoke"]
    bodies = b"".join(bytes(entry.body) for entry in Entry.objects.all())
    assert text.split("_", 2)[2].encode() not in bodies
    assert use_token(text) is None
    with pytest.raises(InvalidError):
        revoke_token(asha, token_id=token.pk)


def test_expired_ended_and_foreign_tokens_open_nothing() -> None:
    asha, other = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    token, text = make_token(asha, name="sync", scopes=[Right.CASE_READ], days=1)
    with pytest.raises(InvalidError):
        revoke_token(other, token_id=token.pk)
    asha.is_active = False
    asha.save(update_fields=["is_active"])
    assert use_token(text) is None
    asha.is_active = True
    asha.save(update_fields=["is_active"])
    assert use_token(text) is not None
    past = timezone.now() - timedelta(days=2)
    Token.objects.update(made_at=past, expires_at=past + timedelta(days=1))
    assert use_token(text) is None


def test_a_token_asks_for_no_more_than_its_owner_holds_and_serious_ones_are_short() -> None:
    pia = make_user(Role.PROSECUTOR)
    with pytest.raises(InvalidError) as refused:
        make_token(pia, name=" ", scopes=[Right.PEOPLE_MANAGE], days=400)
    assert set(refused.value.problems) == {"name", "scopes", "days"}
    with pytest.raises(InvalidError):
        make_token(pia, name="x", scopes=[Right.REQUEST_APPROVE], days=2)
    make_token(pia, name="x", scopes=[Right.REQUEST_APPROVE], days=1)


def test_there_are_so_many_tokens_and_no_more() -> None:
    asha = make_user(Role.INVESTIGATOR)
    for number in range(TOKENS_MAX):
        make_token(asha, name=str(number), scopes=[Right.CASE_READ], days=1)
    with pytest.raises(InvalidError):
        make_token(asha, name="x", scopes=[Right.CASE_READ], days=1)


@given(st.text())
def test_no_other_text_opens_anything(text: str) -> None:
    assert find_token(text) is None
    assert find_token(f"comity_{text}_{text}") is None


def test_each_changed_character_closes_it() -> None:
    asha = make_user(Role.INVESTIGATOR)
    text = make_token(asha, name="sync", scopes=[Right.CASE_READ], days=1)[1]
    for place in range(len(text)):
        assert find_token(text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]) is None
    assert find_token(text + "A") is None
    assert find_token(text[:-1]) is None
