"""How codes, numbers, lists and steps are said in sentences."""

from collections.abc import Iterable, Iterator

_SPECIAL = {
    "contact_points_24_7": "24/7 network",
    "contact_24_7": "24/7 contact point",
    "fiu": "financial intelligence unit",
    "national_cert": "national CERT",
    "interpol_ncb": "INTERPOL national central bureau",
    "mlat": "mutual assistance treaty",
    "mou": "memorandum of understanding",
    "eu_act": "EU act",
    "origin": "origin of messages",
    "dual_criminality_absent": "dual criminality is missing",
    "ipv4-addr": "IPv4 address",
    "ipv6-addr": "IPv6 address",
    "domain-name": "domain",
    "url": "URL",
    "email-addr": "e-mail address",
    "autonomous-system": "network number",
    "iban": "IBAN",
    "bic": "BIC",
    "upi-address": "UPI address",
    "ifsc": "IFSC code",
    "crypto-address": "crypto-asset address",
    "imei": "IMEI",
    "territory_conduct": "conduct on its territory",
    "territory_system": "a system on its territory",
    "territory_effect": "effect on its territory",
    "territory_proceeds": "proceeds on its territory",
    "active_nationality": "nationality of the suspect",
    "passive_nationality": "nationality of the victims",
    "residence_or_presence": "residence or presence of the suspect",
}


EVENTS = {
    "evidence": "the evidence",
    "money": "a payment in the evidence",
    "case": "the case file",
}
DATES = {
    "start_by": "go out by",
    "due": "answer",
    "expires": "lapses",
    "renew_by": "ask for renewal by",
    "remind": "ask again",
    "recall_window": "recall works best until",
    "own": "our own time limit",
    "note": "note",
}
"""What the dates of a step are called."""


def words(code: str) -> str:
    """A code in words: ``subscriber_information`` -> *subscriber information*."""
    return _SPECIAL.get(code, code.replace("_", " ").replace("-", " "))


def count(number: int, one: str, many: str = "") -> str:
    """*1 step*, *2 steps*."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listing(items: tuple[str, ...] | list[str]) -> str:
    """*a*, *a and b*, *a, b and c*."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def clock(at: str) -> str:
    """A day or an instant to the minute, for sentences: ``2026-11-19 00:03``, with its offset where it has one."""
    if len(at) <= len("2026-11-19"):
        return at
    offset = f" {at[-6:]}" if at[-6] in "+-" else ""
    return f"{at[:10]} {at[11:16]}{' UTC' if at.endswith('Z') else offset}"


def step_runs(steps: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Ids of steps by runs of neighbours: ``s2 s3 s4 s7`` gives ``(s2, s3, s4)`` and ``(s7,)``."""
    run: list[str] = []
    for step in sorted(dict.fromkeys(steps), key=_number):
        if run and _number(step) != _number(run[-1]) + 1:
            yield tuple(run)
            run = []
        run.append(step)
    if run:
        yield tuple(run)


def step_ranges(steps: Iterable[str]) -> str:
    """*s2–s4, s7*: two neighbours stay apart, three and more become a range."""
    told = (run if len(run) < 3 else (f"{run[0]}–{run[-1]}",) for run in step_runs(steps))
    return ", ".join(text for texts in told for text in texts)


def _number(step: str) -> int:
    digits = step.lstrip("s")
    return int(digits) if digits.isdigit() else 0
