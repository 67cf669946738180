"""Packages of a case, really sealed."""

from comity.evidence.custody import Authorisation
from comity.evidence.keys import age_recipients
from comity.evidence.limitation import Limitations
from comity.evidence.package import Recipient
from comity.node.artifacts.models import Artifact
from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.vault.actions import ask_seal
from comity.node.vault.models import Package, Wanted
from comity.node.vault.store import identity
from comity.node.vault.tasks import make_package


def seal_for_us(owner: User, case: Case, artifact: Artifact) -> Package:
    """A package for this node itself."""
    own = identity().public
    wanted = Wanted(
        authorisation=Authorisation(reference="Warrant 12/2026"),
        limitations=Limitations(cases=(case.reference,)),
        recipient=Recipient(name=own.display_name, key=age_recipients(own)[0]),
        exhibits=(artifact.pk,),
    )
    package = ask_seal(owner, case=case, wanted=wanted)
    make_package.call(package.pk)
    package.refresh_from_db()
    assert package.problem == ""
    return package
