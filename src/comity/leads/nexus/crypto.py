"""A crypto address has no state by nature; who issues a token, or keeps a wallet for its customers, has one."""

from msgspec import structs

from comity.law import Confidence
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.context import Sighting
from comity.leads.nexus.money import Token
from comity.leads.nexus.provider import Found
from comity.leads.nexus.sources import KnownWallet, TieSources
from comity.leads.nexus.tied import Tied, no_state, preceded

_USUAL = frozenset({"tron"})
"""Chains that are used mostly for a token whose issuer can freeze it."""
_PRIVATE = frozenset({"monero"})


def tie_crypto(value: str, *, sources: TieSources, sighting: Sighting) -> Tied:
    """``value`` is ``chain:address``."""
    chain, _, address = value.partition(":")
    paid = tuple(reason for reason in (sighting.payer, sighting.payee) if reason is not None)
    wallet = sources.wallets.get(value)
    if wallet is not None:
        return Tied(nexus=preceded(_of_wallet(wallet, sources=sources), *paid), tags=("known-wallet", chain))
    contract = next((token for token in sources.money.tokens(chain) if _same(token, address)), None)
    if contract is not None:
        said = Reason(
            text=f"this is the contract of {contract.token}, no one's wallet",
            source=contract.cite,
            said="token_contract",
            about={"token": contract.token},
        )
        ties = _of_issuer(contract, said, contract.confidence, sources=sources)
        return Tied(nexus=preceded(ties, *paid), tags=("token-contract", chain))
    labelled = [tie for word in sighting.labels for tie in _of_label(word, sources=sources)]
    own = no_state(*paid, *_nobody(chain))
    if labelled:
        ties = (*preceded(tuple(labelled), *paid), own)
        return Tied(nexus=ties, tags=("said-to-be-exchange", *_tags(chain, sighting)))
    return Tied(nexus=(own, *_freezable(chain, sources=sources, sighting=sighting)), tags=_tags(chain, sighting))


def _tags(chain: str, sighting: Sighting) -> tuple[str, ...]:
    told = {chain: True, "privacy-coin": chain in _PRIVATE, "payer": sighting.payer, "payee": sighting.payee}
    return tuple(tag for tag, holds in told.items() if holds)


def _same(token: Token, address: str) -> bool:
    """Ethereum's letters carry only a checksum in their case (EIP-55); elsewhere the case counts."""
    return token.address == (address.lower() if token.chain == "ethereum" else address)


def _nobody(chain: str) -> tuple[Reason, ...]:
    said = Reason(
        kind=ReasonKind.CAVEAT,
        text=f"an address on {chain} belongs to whoever has its key and is tied to no state by nature",
    )
    if chain in _PRIVATE:
        return said, Reason(kind=ReasonKind.CAVEAT, text="payments on this chain cannot be followed from outside")
    return said, Reason(
        kind=ReasonKind.CAVEAT,
        text="follow the payments on the chain to an exchange: its customer records name a person",
    )


def _of_wallet(wallet: KnownWallet, *, sources: TieSources) -> tuple[Nexus, ...]:
    provider = sources.providers.get(wallet.provider)
    said = Reason(
        text=f"this address is said to be kept by {wallet.provider}",
        source=wallet.cite,
        said="wallet_kept",
        about={"operator": provider.name if provider else wallet.provider},
    )
    if provider is None:
        return (no_state(said, role=Role.EXCHANGE, confidence=Confidence.LOW),)
    found = Found(providers=(provider,), reason=said, confidence=Confidence.MEDIUM)
    return sources.providers.nexus(found, role=Role.EXCHANGE)


def _of_label(word: str, *, sources: TieSources) -> tuple[Nexus, ...]:
    """The exchange that a label beside the address names: a lead, for whoever wrote the label may be wrong."""
    label = sources.money.wallet_label(word)
    if label is None:
        return ()
    provider = sources.providers.get(label.provider)
    said = Reason(
        text=f"a label beside it names {label.operator}",
        source=label.cite,
        said="label_names",
        about={"operator": label.operator},
    )
    if provider is None:
        lone = no_state(said, _GUESSED, role=Role.EXCHANGE, confidence=Confidence.LOW)
        return (structs.replace(lone, provider_name=label.operator),)
    found = Found(providers=(provider,), reason=said, confidence=Confidence.LOW)
    return _with(_GUESSED, sources.providers.nexus(found, role=Role.EXCHANGE))


_GUESSED = Reason(
    kind=ReasonKind.CAVEAT,
    text="block explorers guess such labels, and anybody can write one; the exchange says whether the address is its "
    "own, and whose",
)


def _with(caveat: Reason, ties: tuple[Nexus, ...]) -> tuple[Nexus, ...]:
    return tuple(structs.replace(tie, reasons=(*tie.reasons, caveat)) for tie in ties)


def _freezable(chain: str, *, sources: TieSources, sighting: Sighting) -> tuple[Nexus, ...]:
    """The issuers who could freeze what lies here, where the case or the chain makes it likely."""
    ties: list[Nexus] = []
    for token in sources.money.tokens(chain):
        paid = sighting.currency.upper() == token.token
        if not (paid or (chain in _USUAL and not sighting.currency)):
            continue
        why = f"the payment was in {token.token}" if paid else f"this chain is used mostly for {token.token}"
        said = Reason(
            text=f"{why}, and what lies here in that token its issuer can freeze",
            source=token.cite,
            said="token_paid" if paid else "token_usual",
            about={"token": token.token},
        )
        issuers = _of_issuer(token, said, Confidence.MEDIUM if paid else Confidence.LOW, sources=sources)
        ties += _with(_BALANCE, issuers)
    return tuple(ties)


_BALANCE = Reason(kind=ReasonKind.CAVEAT, text="see the balance on the chain first")


def _of_issuer(token: Token, said: Reason, confidence: Confidence, *, sources: TieSources) -> tuple[Nexus, ...]:
    provider = sources.providers.get(token.provider)
    if provider is None:
        return (no_state(said, role=Role.PAYMENT_SERVICE, confidence=Confidence.LOW),)
    found = Found(providers=(provider,), reason=said, confidence=confidence)
    return sources.providers.nexus(found, role=Role.PAYMENT_SERVICE)
