"""What is left out of requests and stays visible: honest brands, victims' own providers, assets, names of nobody."""

import re
from collections.abc import Callable

from comity.leads.extract.banking import CHECK_DIGITS_FAIL
from comity.leads.model import Observable, ObservableKind, Role
from comity.plan.accountforms import account_forms
from comity.plan.accounts import ACCOUNTS
from comity.plan.drops import channel_of
from comity.plan.evidence import DEEDS, HOSTED, Evidence
from comity.plan.hosts import host_of, path_of, under
from comity.plan.kinds import SERVERS
from comity.plan.tables import passed_over
from comity.plan.visitorlogs import ADDRESSES

ASSET = re.compile(r"\b(image|img|resource|stylesheet|font|script src|background|css)\b", re.IGNORECASE)
LINK_TEXT = re.compile(r"^(.*), link text\b")
ROW = re.compile(r"row \d+")
CHAIN_HASH = re.compile(r"(?:0x)?[0-9a-f]{64}", re.IGNORECASE)
TO_HEADER = re.compile(r"\bheader (to|cc|bcc|delivered-to|envelope-to|x-original-to)\b", re.IGNORECASE)

LEDGER = "public-ledger"
_BANK_NAMES = frozenset({ObservableKind.BIC, ObservableKind.IFSC})
_PAGES = frozenset({ObservableKind.URL, ObservableKind.USER_ACCOUNT})


def code_of(observable: Observable, evidence: Evidence) -> str:
    """Why an observable is passed over, as a code of ``passed_over.toml``; empty: it is not."""
    if evidence.is_suspects(observable) or observable.value.casefold() in evidence.hijacked:
        return next((code for code, applies in _OF_NOBODY if applies(observable, evidence)), "")
    return next((code for code, applies in _RULES if applies(observable, evidence)), "")


def reason_of(code: str, observable: Observable) -> str:
    """The reason for people, with what the leads say where no state can be told."""
    text = passed_over().reason[code]
    if code != "no-state":
        return text
    said = next((r.text for nexus in observable.nexus for r in reversed(nexus.reasons)), "")
    return f"{text}: {said}" if said else text


def _no_state(observable: Observable, evidence: Evidence) -> bool:
    return not any(nexus.state for nexus in observable.nexus)


def _recipient(observable: Observable, evidence: Evidence) -> bool:
    if observable.value.casefold() in evidence.recipients:
        return True
    places = observable.places
    return observable.kind is ObservableKind.EMAIL and all(TO_HEADER.search(place.where) for place in places)


def _brand(observable: Observable, evidence: Evidence) -> bool:
    if observable.value.casefold() in evidence.genuine.origins:
        return True
    return observable.kind in HOSTED and under(host_of(observable), evidence.brand_domains)


def _genuine(observable: Observable, evidence: Evidence) -> bool:
    return evidence.genuine.is_honest(observable)


def _victims(observable: Observable, evidence: Evidence) -> bool:
    # an offender's mailbox may be at the same provider as the victims': only the bare name is passed over
    bare = observable.kind is ObservableKind.DOMAIN
    return bare and under(host_of(observable), evidence.victims_domains) and not evidence.imitates(observable)


def _named_victims_provider(observable: Observable, evidence: Evidence) -> bool:
    return observable.kind in HOSTED and under(host_of(observable), evidence.named_providers)


def _receiving(observable: Observable, evidence: Evidence) -> bool:
    return observable.value.casefold() in evidence.receiving


def _told_victims(observable: Observable, evidence: Evidence) -> bool:
    """Whether the case file gives it to a victim."""
    return bool(_told_forms(observable) & evidence.accounts.told_victims)


def _told_forms(observable: Observable) -> frozenset[str]:
    """The forms in which a case file may name an observable."""
    value = observable.value.casefold()
    account = observable.kind in ACCOUNTS
    return frozenset({value, value.partition(":")[2]}) | (account_forms(observable.value) if account else frozenset())


def _uninvolved(observable: Observable, evidence: Evidence) -> bool:
    return bool(_told_forms(observable) & evidence.accounts.uninvolved)


def _misspelt(observable: Observable, evidence: Evidence) -> bool:
    return CHECK_DIGITS_FAIL in observable.tags


def _victims_statement(observable: Observable, evidence: Evidence) -> bool:
    return observable.kind in ACCOUNTS and observable.value.casefold() in evidence.accounts.victims


def _ordinary(observable: Observable, evidence: Evidence) -> bool:
    return evidence.accounts.is_ordinary(observable)


def _payer(observable: Observable, evidence: Evidence) -> bool:
    # a crypto-address that only pays may be a mixer or a desk; an account abroad that only pays may be a mule
    if observable.kind is ObservableKind.CRYPTO or observable.value.casefold() not in evidence.payers:
        return False
    states = {nexus.state for nexus in observable.nexus if nexus.state}
    return states <= evidence.victims_states


def _correspondence(observable: Observable, evidence: Evidence) -> bool:
    return observable.value.casefold() in evidence.correspondents


def _mail_server(observable: Observable, evidence: Evidence) -> bool:
    return observable.value.casefold() in evidence.mail_servers


def _authority(observable: Observable, evidence: Evidence) -> bool:
    labels = host_of(observable).split(".") if observable.kind in HOSTED else []
    last = labels[-1:] + (labels[-2:-1] if labels and len(labels[-1]) == COUNTRY_LABEL else [])
    return bool(passed_over().public_labels & set(last))


def _visitor(observable: Observable, evidence: Evidence) -> bool:
    """An access line in a victims' state that logs alone know."""
    if observable.kind not in ADDRESSES or observable.value.casefold() in evidence.origins:
        return False
    if INTRUDERS & set(evidence.deeds(observable)):
        return False
    visited = bool(observable.places) and all(place.artifact in evidence.logs for place in observable.places)
    states = {nexus.state for nexus in observable.nexus if nexus.state}
    served = SERVERS & set(observable.tags)
    return visited and bool(states) and states <= evidence.victims_states and not served


def _contract(observable: Observable, evidence: Evidence) -> bool:
    return "token-contract" in observable.tags


def _brand_page(observable: Observable, evidence: Evidence) -> bool:
    if observable.kind not in _PAGES or not evidence.brand_words:
        return False
    on_platform = observable.kind is ObservableKind.USER_ACCOUNT or under(
        host_of(observable), evidence.providers_domains
    )
    name = path_of(observable.value) if observable.kind is ObservableKind.URL else observable.value.partition(":")[2]
    plain = "".join(c for c in name.casefold() if c.isalnum())
    return on_platform and any(word in plain for word in evidence.brand_words)


def _standard(observable: Observable, evidence: Evidence) -> bool:
    return observable.kind in HOSTED and under(host_of(observable), passed_over().standard_hosts)


def _link_text(observable: Observable, evidence: Evidence) -> bool:
    """Whether a name stands only in what links show, while they lead elsewhere."""
    shown = {(p.artifact, found[1]) for p in observable.places if (found := LINK_TEXT.match(p.where))}
    if observable.kind is not ObservableKind.DOMAIN or not shown or host_of(observable) in evidence.linked_hosts:
        return False
    return all(LINK_TEXT.match(p.where) or (p.artifact, p.where) in shown for p in observable.places)


def _ledger(observable: Observable, evidence: Evidence) -> bool:
    """What stands on a public ledger and nobody keeps for its owner, where money of the case went or may have gone."""
    on_chain = observable.kind is ObservableKind.TRANSACTION and CHAIN_HASH.fullmatch(observable.value) is not None
    if not (observable.kind is ObservableKind.CRYPTO or on_chain) or not _no_state(observable, evidence):
        return False
    # a list of payments names whoever paid too; a mail, a chat or a note names where to pay
    named = any(not ROW.match(place.where) for place in observable.places)
    return named or observable.value.casefold() in evidence.payees or "payee" in observable.tags


def _asset(observable: Observable, evidence: Evidence) -> bool:
    hosted = observable.kind in HOSTED and bool(observable.places) and channel_of(observable) is None
    return hosted and all(ASSET.search(place.where) for place in observable.places)


def _own_domain(observable: Observable, evidence: Evidence) -> bool:
    host = host_of(observable)
    if observable.kind is ObservableKind.DOMAIN:
        exact = host in evidence.providers_domains or host.removeprefix("www.") in evidence.providers_domains
        # a name below it is the provider's too, unless it was given to a customer to publish under
        below = under(host, evidence.providers_domains) and not CUSTOMERS & {
            n.role for n in observable.nexus if n.state
        }
        return exact or below
    bare = observable.kind is ObservableKind.URL and not path_of(observable.value).strip("/")
    return bare and host.removeprefix("www.") in evidence.providers_domains


def _bank_name(observable: Observable, evidence: Evidence) -> bool:
    return observable.kind in _BANK_NAMES


COUNTRY_LABEL = 2
INTRUDERS = DEEDS - {"log-login"}
"""What no victim does: a victim may well log in."""
CUSTOMERS = frozenset({Role.INFRASTRUCTURE, Role.ORIGIN})

_OF_NOBODY: tuple[tuple[str, Callable[[Observable, Evidence], bool]], ...] = (
    ("check-digits-fail", _misspelt),
    (LEDGER, _ledger),
    ("no-state", _no_state),
)

_RULES: tuple[tuple[str, Callable[[Observable, Evidence], bool]], ...] = (
    ("uninvolved", _uninvolved),
    ("victims-own", _told_victims),
    ("check-digits-fail", _misspelt),
    ("victims-statement", _victims_statement),
    ("recipient", _recipient),
    ("correspondence", _correspondence),
    ("providers-own-server", _mail_server),
    ("token-contract", _contract),
    ("receiving-side", _receiving),
    ("ordinary-payment", _ordinary),
    ("victims-account", _payer),
    ("impersonated-brand", _brand),
    ("victims-own-provider", _victims),
    ("victims-own-provider", _named_victims_provider),
    ("public-authority", _authority),
    ("standard-host", _standard),
    ("page-asset", _asset),
    ("link-text", _link_text),
    ("providers-own-domain", _own_domain),
    ("brand-page", _brand_page),
    ("genuine-mail", _genuine),
    *_OF_NOBODY,
    ("probable-victim", _visitor),
    ("names-a-holder-only", _bank_name),
)
