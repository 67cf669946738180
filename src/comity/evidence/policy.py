"""Use limitations as an ODRL policy (W3C ODRL Information Model 2.2), in a profile of our own.

It is read back only in the form in which we write it: what a machine enforces and what a reader sees are one text.
"""

from typing import Any

import msgspec

from comity.evidence.errors import LimitationError
from comity.evidence.limitation import Limitations

POLICY_BYTES_MAX = 1 << 20
PROFILE = "https://comity.dev/ns/use-limitations/1"


def write_policy(limitations: Limitations, *, package: str, case: str) -> bytes:
    """The limitations of a package as an ODRL policy (JSON-LD)."""
    return msgspec.json.format(msgspec.json.encode(_policy(limitations, package, case)), indent=2) + b"\n"


def read_policy(data: bytes, *, package: str, case: str) -> Limitations:
    """The limitations in a policy; LimitationError where it is not exactly one that we would write for them."""
    if len(data) > POLICY_BYTES_MAX:
        raise _bad(f"has more than {POLICY_BYTES_MAX:,} bytes")
    try:
        limitations = msgspec.convert(msgspec.json.decode(data)["comity:limitations"], Limitations)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError, KeyError, TypeError):
        raise _bad("cannot be read") from None
    if write_policy(limitations, package=package, case=case) != data:
        raise _bad("is not the policy that its own limitations make: its rules say other things")
    return limitations


def _policy(limitations: Limitations, package: str, case: str) -> dict[str, Any]:
    target = f"urn:comity:package:{package}"
    permission: dict[str, Any] = {"target": target, "action": "use"}
    constraints = _constraints(limitations)
    if constraints:
        permission["constraint"] = constraints
    duties = []
    if limitations.notify:
        duties.append({"action": "inform", "informedParty": limitations.notify})
    if duties:
        permission["duty"] = duties
    policy: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/odrl.jsonld", {"comity": PROFILE + "#"}],
        "@type": "Agreement",
        "uid": f"{target}:use-limitations",
        "profile": PROFILE,
        "comity:case": case,
        "comity:limitations": msgspec.to_builtins(limitations),
        "permission": [permission],
    }
    prohibitions: list[dict[str, Any]] = []
    if limitations.not_in_court:
        prohibitions.append({"target": target, "action": "comity:useAsEvidence"})
    if limitations.no_onward_transfer:
        rule: dict[str, Any] = {"target": target, "action": "distribute"}
        if limitations.share_with:
            rule["constraint"] = [_constraint("recipient", "isNoneOf", list(limitations.share_with))]
        prohibitions.append(rule)
    if prohibitions:
        policy["prohibition"] = prohibitions
    if limitations.delete_by is not None:
        when = _constraint("dateTime", "lteq", limitations.delete_by.isoformat())
        policy["obligation"] = [{"target": target, "action": "delete", "constraint": [when]}]
    return policy


def _constraints(limitations: Limitations) -> list[dict[str, Any]]:
    found = []
    if limitations.cases:
        found.append(_constraint("comity:case", "isAnyOf", list(limitations.cases)))
    if limitations.purposes:
        found.append(_constraint("purpose", "isAnyOf", [f"comity:{one}" for one in limitations.purposes]))
    if limitations.delete_by is not None:
        found.append(_constraint("dateTime", "lteq", limitations.delete_by.isoformat()))
    return found


def _constraint(left: str, operator: str, right: object) -> dict[str, Any]:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def _bad(problem: str) -> LimitationError:
    return LimitationError(
        what="use limitations", problem=problem, remedy="treat all use as forbidden, and ask the owner"
    )
