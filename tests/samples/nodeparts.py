"""For each part of an address a value that exists, so that the matrix of rights can call every address."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from tests.samples.node import make_user
from tests.samples.nodecases import add_evidence, make_letter, make_plan, tell_facts
from tests.samples.nodeprecheck import share_with_us
from tests.samples.noderequests import make_alarm, make_request
from tests.samples.nodevault import seal_for_us

from comity.node.artifacts.actions import add_file, begin_upload
from comity.node.audit.actions import sign_head
from comity.node.audit.signing import signers
from comity.node.cases.models import Case
from comity.node.composer.actions import comment
from comity.node.directory.actions import add_entry
from comity.node.oversight.actions.figures import make_all
from comity.node.oversight.actions.persons import owe
from comity.node.oversight.models import Figures, Publication
from comity.node.people.models import Delegation, Shift, Swap, Token, Unit, User
from comity.node.people.roles import Role
from comity.node.requests.actions.arrive import take_in
from comity.node.requests.actions.own import make_feed, subscribe
from comity.node.requests.models import Clash
from comity.node.running.models import WorkerBeat
from comity.node.webhooks.models import Hook

MAIL = b"From: a@b.example\nTo: c@gmail.com\nReceived: from x ([203.0.113.9])\n\nhttp://bad.example/\n"

ENTRY = {"kind": "contact", "state": "FR", "name": "Night desk", "hours": "24/7", "source": "a call on 1 June 2026"}


def make_parts(owner: User, case: Case) -> dict[str, str]:
    """Values for ``<case_id>`` and the like: things of this case and of this person."""
    now = timezone.now()
    other = make_user(Role.DUTY)
    WorkerBeat.objects.create(pk="alive", beat_at=now + timedelta(hours=1))
    unit = Unit.objects.create(name=f"Unit of {owner.username}")
    shift = Shift.objects.create(user=owner, starts_at=now, ends_at=now + timedelta(hours=8))
    swap = Swap.objects.create(shift=shift, to=other, asked_by=owner)
    delegation = Delegation.objects.create(
        by=owner, to=other, starts_at=now, ends_at=now + timedelta(days=1), reason="leave"
    )
    token = Token.objects.create(user=owner, name="x", digest="0", scopes=[], expires_at=now + timedelta(days=1))
    size = sign_head(signers())
    hook = Hook.objects.create(owner=owner, url="https://example.org/", told_up_to=0)
    request = make_request(owner, case, again=True)
    tell_facts(owner, case)
    artifact = add_file(owner, case=case, name="mail.eml", stream=BytesIO(MAIL), size_bytes=len(MAIL))
    add_evidence(owner, case, "mail")
    letter = make_letter(owner, case, make_plan(owner, case))
    arrival = take_in(make_user(Role.AUTHORITY), data=MAIL, name="mail.eml", media_type="text/plain")
    clash = Clash.objects.create(request=request, other=make_request(owner, case, again=True), likeness="same")
    owed = owe(owner, request=request, person="account holder", rule="law", due_on=now.date())
    shared, draft = share_with_us(owner, letter)
    make_all(now)
    Publication.objects.filter(sha256="0").delete()
    publication = Publication.objects.create(year=0, by=owner, body=bytes(Figures.objects.get(year=0).body), sha256="0")
    return {
        "notification_id": str(owed.pk),
        "publication_id": str(publication.pk),
        "year": "0",
        "arrival_id": arrival.pk,
        "share_id": shared.pk,
        "draft_id": draft.pk,
        "line_id": add_entry(make_user(Role.AUTHORITY), values=ENTRY).pk,
        "state": "IN",
        "instrument": "budapest",
        "offence": "computer_fraud",
        "clash_id": str(clash.pk),
        "alarm_id": str(make_alarm(request, owner).pk),
        "feed_id": str(make_feed(owner, name="telephone")[0].pk),
        "feed_secret": "none",
        "subscription_id": str(subscribe(owner, endpoint=f"https://push.example/{case.pk}", p256dh="x", auth="x").pk),
        "case_id": case.pk,
        "request_id": request.pk,
        "paper_id": str(request.papers.get().pk),
        "act": "check",
        "artifact_id": artifact.pk,
        "upload_id": begin_upload(owner, case=case, name="x", size_bytes=1).pk,
        "letter_id": letter.pk,
        "comment_id": str(comment(owner, letter=letter, text="Which account?").pk),
        "package_id": seal_for_us(owner, case, artifact).pk,
        "form": "json",
        "number": "1",
        "old": "1",
        "new": "1",
        "username": owner.username,
        "role": "analyst",
        "hook_id": str(hook.pk),
        "key": "none",
        "uidb36": "0",
        "provider_id": "none",
        "organization_slug": "sso",
        "secret": "none",
        "unit_id": str(unit.pk),
        "shift_id": str(shift.pk),
        "swap_id": str(swap.pk),
        "delegation_id": str(delegation.pk),
        "token_id": token.pk,
        "size": str(size),
        "old_size": str(size),
        "new_size": str(size),
        "pk": "0",
    }
