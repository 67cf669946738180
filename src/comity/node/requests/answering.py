"""An answer to a request that came, drafted from the check of its letter."""

import msgspec
from django.conf import settings
from django.utils import timezone

from comity.letters import Drafted
from comity.letters.incoming import Answerer, Examination, Received, acknowledge, ask_back, refuse
from comity.node.errors import HiddenError
from comity.node.requests.arriving import put_of, put_right, read_letter_file
from comity.node.requests.models import Arrival, Request
from comity.node.requests.papers import read_paper


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered, and who answers."""

    what: str
    """``acknowledge``, ``ask`` or ``refuse``."""
    grounds: tuple[str, ...] = ()
    words: str = ""
    """Further questions or reasons, one a line."""
    every: bool = False
    """Ask also for what was merely not recognised."""
    officer: str = ""
    contact: str = ""
    signatory: str = ""
    reference: str = ""


def received_letter(found: Request) -> Received:
    """The letter as it was registered, with what the officer had put right."""
    paper = found.papers.filter(kind="received").first()
    if paper is None:
        raise HiddenError
    received = read_letter_file(read_paper(paper), paper.name, timezone.localdate(found.opened_at))
    arrival = Arrival.objects.filter(request=found).first()
    return put_right(received, put_of(arrival)) if arrival else received


def drafted_answer(came: Received, finding: Examination, reply: Reply) -> Drafted:
    """The answer as a draft; ComityError where it cannot be given."""
    words = tuple(line.strip() for line in reply.words.splitlines() if line.strip())
    desk = Answerer(
        name=settings.CONFIG.agency,
        officer=reply.officer,
        contacts=(reply.contact,) if reply.contact else (),
        signatory=reply.signatory,
        reference=reply.reference,
    )
    today = timezone.localdate()
    match reply.what:
        case "refuse":
            return refuse(came, finding, desk, on=today, reasons=(*reply.grounds, *words))
        case "ask":
            return ask_back(came, finding, desk, on=today, questions=words, unrecognised=reply.every)
        case _:
            return acknowledge(came, finding, desk, on=today)
