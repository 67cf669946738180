"""Which format a file has, told by its content; and the checks of what it holds."""

import struct
from collections.abc import Callable
from dataclasses import dataclass

from comity.evidence.custody import Verdict
from comity.evidence.formats.aff3 import describe_aff3
from comity.evidence.formats.aff3check import check_aff3
from comity.evidence.formats.aff4check import check_aff4
from comity.evidence.formats.archive import describe_archive
from comity.evidence.formats.capture import describe_capture
from comity.evidence.formats.checks import Checks
from comity.evidence.formats.database import describe_sqlite
from comity.evidence.formats.disk import describe_disk
from comity.evidence.formats.ewf import describe_ewf
from comity.evidence.formats.ewf2 import describe_ewf2
from comity.evidence.formats.ewf2check import check_ewf2
from comity.evidence.formats.ewfcheck import check_ewf
from comity.evidence.formats.look import FormatError, Look
from comity.evidence.formats.mail import describe_mail
from comity.evidence.formats.memory import describe_memory
from comity.evidence.formats.mobile import describe_mobile
from comity.evidence.formats.record import Description, InnerCheck
from comity.evidence.formats.sidecar import describe_sidecar
from comity.evidence.formats.sidecarcheck import check_sidecar
from comity.evidence.formats.ufdr import check_ufdr
from comity.evidence.formats.virtualdisk import describe_virtual_disk
from comity.evidence.formats.xry import describe_xry

Describe = Callable[[Look], Description | None]
Check = Callable[[Look, Description], tuple[InnerCheck, ...]]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A family of formats."""

    family: str
    describe: Describe


RECOGNISERS = (
    Recogniser("disk image", describe_ewf),
    Recogniser("disk image", describe_ewf2),
    Recogniser("disk image", describe_aff3),
    Recogniser("archive", describe_archive),
    Recogniser("database", describe_sqlite),
    Recogniser("capture", describe_capture),
    Recogniser("mobile", describe_mobile),
    Recogniser("mobile", describe_xry),
    Recogniser("memory", describe_memory),
    Recogniser("mail", describe_mail),
    Recogniser("disk image", describe_virtual_disk),
    Recogniser("disk image", describe_disk),
    Recogniser("hash list", describe_sidecar),
)
"""In the order in which they are asked: strong signatures first, texts last."""

CHECKS: dict[str, Check] = {
    "ewf": check_ewf,
    "ewf2": check_ewf2,
    "aff3": check_aff3,
    "aff4": check_aff4,
    "cellebrite-ufdr": check_ufdr,
    "cellebrite-ufd": check_sidecar,
    "checksum-file": check_sidecar,
    "ftk-imager-log": check_sidecar,
    "guymager-log": check_sidecar,
    "dc3dd-log": check_sidecar,
    "ewfacquire-log": check_sidecar,
}
"""Format to how the hashes that it holds are checked."""

_MEASURED = ("capture", "memory")
"""Families whose files say of each part how long it is."""

_MALFORMED = (FormatError, struct.error, OverflowError, ValueError, IndexError, OSError)
"""What reading a damaged file raises: a value that cannot be, bytes that are not there, a neighbour nobody may read."""


def recognise(look: Look) -> Description | None:
    """The description of a file; None where no format is recognised. A damaged file is described as far as it goes."""
    if not look.head:
        return None
    for one in RECOGNISERS:
        try:
            found = one.describe(look)
        except _MALFORMED as error:
            return damaged(look, one.family, error)
        if found is not None:
            return found
    return None


def check(look: Look, told: Description) -> tuple[InnerCheck, ...]:
    """The checks of what a recognised file holds; none where its format holds nothing that can be checked."""
    make = CHECKS.get(told.format) if told.checkable else None
    if make is None:
        return ()
    try:
        return make(look, told)
    except _MALFORMED as error:
        checks = Checks(look.path, look.limits)
        blame = checks.doubt if isinstance(error, OSError) else checks.fail
        blame("format", f"it cannot be read: {error}")
        return checks.result()


def check_form(told: Description) -> tuple[InnerCheck, ...]:
    """What is wrong with a file's form, as a check; none where nothing was seen to be.

    Captures and memory say how long each part is: one that breaks off has failed. What other formats lack may lie
    elsewhere, or is not needed by all programs.
    """
    if not told.problems:
        return ()
    whole = told.format == "damaged" or told.family in _MEASURED
    verdict = Verdict.FAILED if whole else Verdict.INDETERMINATE
    return (InnerCheck(path=told.path, name="form", verdict=verdict, reason="; ".join(told.problems)),)


def damaged(look: Look, family: str, error: Exception) -> Description:
    """A file that begins as a format does, and then is not as that wants it."""
    problem = str(error) if isinstance(error, FormatError) else "a field of its header is cut off or not possible"
    return Description(
        path=look.path,
        family=family,
        format="damaged",
        title=f"Damaged or cut {family}",
        size_bytes=look.size_bytes,
        problems=(problem,),
    )
