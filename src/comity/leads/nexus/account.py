"""A handle on a platform to the company that keeps its account."""

from functools import lru_cache

from comity.law import Confidence
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.phone import state_of_number
from comity.leads.nexus.provider import Found, Home, either
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.tables import Fact, read_rows
from comity.leads.nexus.tied import Tied, no_state


class AccountPlatform(Fact, frozen=True, kw_only=True):
    """A row of ``accounts.csv``."""

    platform: str
    providers: str
    """Ids joined by ``;``; empty: not listed."""
    operator: str
    state: str
    """Of the operator, where it is no listed provider."""
    note: str


@lru_cache(maxsize=1)
def _platforms() -> dict[str, AccountPlatform]:
    return {row.platform: row for row in read_rows("accounts.csv", AccountPlatform)}


def _home(handle: str) -> Home | None:
    """Where the user of an account seems to live whose handle is a telephone number."""
    if not handle.startswith("+"):
        return None
    state = state_of_number(handle)
    if not state:
        return None
    text = (
        f"the account's number is in the numbering plan of {state}, so its user is taken to live there; the other "
        "company is to be asked if this one answers that it has no such user"
    )
    reason = Reason(text=text, source="ITU-T E.164", said="account_number", about={"state": state})
    return Home(state=state, reason=reason)


def tie_account(value: str, *, sources: TieSources) -> Tied:
    """``value`` is ``platform:handle``."""
    platform = value.partition(":")[0].lower()
    row = _platforms().get(platform)
    providers = sources.providers.some(row.providers.split(";")) if row else ()
    if row is None or not (providers or row.operator):
        said = Reason(kind=ReasonKind.CAVEAT, text=f"which company keeps the accounts of {platform} is not in the data")
        return Tied(nexus=(no_state(said, role=Role.PLATFORM, confidence=Confidence.LOW),))
    if not providers:
        seat = Reason(
            text=f"accounts of {platform} are kept by {row.operator}, run from {row.state}",
            source=row.cite,
            said="account_run_from",
            about={"platform": platform, "operator": row.operator, "state": row.state},
        )
        tie = Nexus(
            state=row.state,
            provider_name=row.operator,
            role=Role.PLATFORM,
            confidence=row.confidence,
            reasons=(seat,),
        )
        return Tied(nexus=(tie,))
    names = " or ".join(provider.name for provider in providers)
    note = f"; {row.note}" if row.note else ""
    reason = Reason(
        text=f"accounts of {platform} are kept by {names}{note}",
        source=row.cite,
        said="account_kept",
        about={"platform": platform, "who": either(providers)},
    )
    found = Found(providers=providers, reason=reason, confidence=row.confidence, home=_home(value.partition(":")[2]))
    return Tied(nexus=sources.providers.nexus(found, role=Role.PLATFORM))
