"""Use limitations in words, for every view of a package."""

from collections.abc import Iterator

from comity.evidence.limitation import Limitations, is_limited


def in_words(limitations: Limitations) -> Iterator[tuple[str, str]]:
    """Use limitations: the rule, and what it says."""
    if not is_limited(limitations):
        yield "Limits", "None are laid down in the package; a treaty, the law or the request behind it may set some."
    if limitations.cases:
        yield "Speciality", f"Only for {', '.join(limitations.cases)}."
    if limitations.purposes:
        yield "Purpose", f"Only for {', '.join(one.replace('_', ' ') for one in limitations.purposes)}."
    if limitations.not_in_court:
        yield "Court", "Not to be used as evidence in court without the owner's consent."
    if limitations.no_onward_transfer:
        beside = f" but to {', '.join(limitations.share_with)}" if limitations.share_with else ""
        yield "Transfer", f"Not to be given to anybody else{beside} without the owner's consent."
    if limitations.delete_by is not None:
        yield "Deletion", f"To be deleted by {limitations.delete_by.isoformat()}."
    if limitations.notify:
        yield "Notice", f"{limitations.notify} is to be told of each use."
    if limitations.reason:
        yield "Reason", limitations.reason
    if limitations.owner:
        yield "Owner", f"{limitations.owner} may extend these rules by a signed consent."
