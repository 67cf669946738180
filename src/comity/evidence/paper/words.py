"""What the report says in its own words: verdicts, and what a verification does not show."""

from collections.abc import Iterator

from comity.evidence.custody import Verdict
from comity.evidence.package import PackageReport, Trust
from comity.evidence.package.headline import headline

VERDICTS = {
    Verdict.PASSED: "The evidence is whole, and is as its sender sealed it. Each check of section 3 was made, and "
    "passed; section 7 says what they do not show.",
    Verdict.FAILED: "The evidence must not be relied on in this form. At least one check failed: section 3 names it.",
    Verdict.INDETERMINATE: "Nothing was found to be wrong. But not everything that would have to be known is known: "
    "section 3 says for each such check what is lacking.",
}


def verdict_words(report: PackageReport) -> str:
    """The verdict in words; of an indeterminate one, what weighs most."""
    words = VERDICTS[report.verdict]
    if report.verdict is not Verdict.INDETERMINATE:
        return words
    return f"{headline(report).removesuffix('; see below.')}. Section 3 says for each such check what is lacking."


METHOD = (
    "Each check was made by a program, on the bytes of the file named in section 1, at the time stated on this page. "
    "A check has passed, has failed, or is indeterminate: then it cannot be told, and the reason is given, with what "
    "would settle it (after ETSI EN 319 102-1). The package as a whole has failed where one check failed, is "
    "indeterminate where one is, and has passed otherwise. Section 9 gives the commands by which each check is "
    "repeated without the program that made this report, and without trust in whoever made it."
)


def limits(report: PackageReport, trust: Trust, *, custody: bool) -> Iterator[str]:
    """What this verification does not show."""
    yield (
        "That the evidence is unchanged is shown from the moment of sealing on. What happened to it before rests on "
        "the custody record and on those who collected it. That its contents are true, no check shows."
    )
    if report.stamped_at is None:
        yield "No time stamp was found that fits: the time of sealing rests on the sender's own clock alone."
    else:
        yield (
            f"The signature existed at {moment(report.stamped_at)}: so says the time-stamping authority. The time of "
            "sealing before that is by the sender's own clock."
        )
    yield (
        "Whose the keys are, no computation shows. It rests on what the examiner held to be true, as listed in "
        "section 5: keys and root certificates that were obtained and compared outside of this package."
        if trust.senders or trust.roots
        else "No key or root certificate of a sender was given to the examiner: nobody vouches for whose the keys are."
    )
    if not trust.revocations:
        yield (
            "No list of revoked certificates was given to the examiner; lists inside the package were used, if any. "
            "Of a certificate that its own key signed there is none: whether it was revoked, only the sender's "
            "identity says, as the examiner had it."
        )
    if report.head is None:
        yield "Whether a custody record and limitations travel with the package is not known: they were not reached."
    elif custody:
        yield (
            "The custody record shows that no entry between those listed is missing or altered. That nothing happened "
            "after the last one, only the sender's log or a later checkpoint shows. What an entry says is the word of "
            "whoever made it."
        )
    else:
        yield "No custody record travels with the package: who held the evidence before it was sealed is not shown."
    yield "Descriptions, names and places in sections 2, 6 and 8 are the sender's; the program has only read them."


def moment(at: object) -> str:
    """An instant as the report writes it."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
