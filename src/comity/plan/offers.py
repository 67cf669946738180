"""By which ways the offenders let themselves be reached or paid: what they give in a mail, a chat or a page of theirs.

Who demands something names where the answer or the money is to go. Such a channel is seldom invented, whoever signed
the mail: it must work, or nothing is gained.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from comity.leads.model import Artifact, ArtifactKind, Leads, Observable, ObservableKind, Place, Role

CHANNELS = frozenset(
    {ObservableKind.USER_ACCOUNT, ObservableKind.PHONE, ObservableKind.EMAIL, ObservableKind.CRYPTO, ObservableKind.URL}
)
_HEADER = re.compile(r"^header\b", re.IGNORECASE)
_SPEAKER = "chat-participant"
_DEMANDS = "gives-payee"
_STORED = "storage"


@dataclass(frozen=True, kw_only=True)
class Offers:
    """What the offenders give as their own channels."""

    leads: Leads
    mails: frozenset[str]
    """Artifacts of the mails that the offenders wrote."""
    others: frozenset[str]
    """What belongs to victims and recipients, in lower case."""
    suspects: frozenset[str]
    """What the case file gives to suspects, and their names, in lower case."""

    def is_offered(self, observable: Observable) -> bool:
        """Whether the offenders give it as a way to reach or to pay them, or to take what they publish."""
        if observable.kind not in CHANNELS or self._is_others(observable.value):
            return False
        if observable.kind is ObservableKind.URL and not _keeps_accounts(observable):
            return False
        return any(self._gives(place, observable) for place in observable.places)

    def _gives(self, place: Place, observable: Observable) -> bool:
        if place.by:
            # who only writes in a chat names nothing by that
            return place.by.casefold() in self.speakers and place.by not in observable.value
        return self._root(place.artifact) in self.mails | self._pages and not _HEADER.match(place.where)

    def _is_others(self, value: str) -> bool:
        folded = value.casefold()
        return bool({folded, folded.partition(":")[2]} & self.others)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Who speaks for the offenders in chats: whoever says there where to pay, a suspect, or the only stranger.

        A telephone that exports a chat writes its contacts by name: a bare number is somebody whom it did not know.
        """
        bare = [o for o in self.leads.observables if _SPEAKER in o.tags and not self._is_others(o.value)]
        demanding = {o.value.casefold() for o in bare if _DEMANDS in o.tags}
        strangers: dict[str, set[str]] = {}
        for observable in bare:
            for place in observable.places:
                if place.by:
                    strangers.setdefault(place.artifact, set()).add(place.by.casefold())
        alone = {next(iter(found)) for found in strangers.values() if len(found) == 1}
        return frozenset(demanding | alone) | self.suspects

    @cached_property
    def _pages(self) -> frozenset[str]:
        """Pages that lie by themselves among the evidence."""
        return frozenset(a.id for a in self.leads.artifacts if a.kind is ArtifactKind.HTML and not self._is_inside(a))

    def _is_inside(self, artifact: Artifact) -> bool:
        return self._root(artifact.id) != artifact.id

    def _root(self, artifact: str) -> str:
        """The mail that an artifact is or came in; else the artifact itself."""
        found = artifact
        while found and found not in self.mails:
            found = self._parents.get(found, "")
        return found or artifact

    @cached_property
    def _parents(self) -> dict[str, str]:
        return {artifact.id: artifact.parent for artifact in self.leads.artifacts}


def _keeps_accounts(url: Observable) -> bool:
    """Whether a link leads to what somebody put onto a platform of many users."""
    return _STORED in url.tags or any(nexus.role is Role.PLATFORM and nexus.state for nexus in url.nexus)
