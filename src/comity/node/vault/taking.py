"""Taking the bytes of a file of evidence: page and API do it through here."""

from pathlib import Path

from comity.evidence.limitation import Purpose
from comity.node.artifacts.models import Artifact
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.vault.limits import decide, limiting, require_use


def take_bytes(actor: User, *, artifact: Artifact, purpose: Purpose | None = None) -> Path:
    """Where the bytes lie, entered into the trail; NotAllowedError where its owner forbids the use."""
    require(actor, Right.CASE_READ, artifact.case)
    bound = limiting([artifact]).get(artifact.pk, ())
    require_use(artifact, purpose, bound)
    facts: dict[str, Fact] = {"sha256": artifact.sha256}
    if bound and purpose is not None:
        duties = [duty for one in bound for duty in decide(one, purpose).duties]
        facts |= {"purpose": purpose.value, "duties": len(duties)}
    enter(actor, "artifact.download", case=artifact.case, subject=artifact.pk, facts=facts)
    return artifact.path
