"""Sealing: files and folders become one encrypted, signed package, in one pass, whole or not at all."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from comity.evidence.errors import PackageError
from comity.evidence.package.names import faults
from comity.evidence.package.order import Sealed, SealOrder
from comity.evidence.package.part import PartFile
from comity.evidence.package.pipeline import Progress
from comity.evidence.package.sealing import Sealing
from comity.evidence.package.signing import Authority, Signer


def seal(  # noqa: PLR0913  each is something else that only the caller knows
    paths: Sequence[Path],
    target: Path,
    order: SealOrder,
    signer: Signer,
    *,
    now: datetime,
    random_bytes: Callable[[int], bytes],
    authority: Authority | None = None,
    progress: Progress | None = None,
    ready: Callable[[Sealed, Path], None] | None = None,
) -> Sealed:
    """Seal some paths into a new file; SourceError where evidence cannot be read or changes, and then there is no file.

    PackageError where `target` is there already, or what is sealed could only fail when it is verified: under a name
    that is no name, or by a certificate that has ended. TimeStampError where the authority gives no stamp.

    `ready` is told of the package, and where it lies, when it is whole on the disk and before it has its name.
    """
    _refuse_own_folder(paths, target)
    _refuse_ended(signer, now)
    _refuse_name(order.package)
    with PartFile(target) as part:
        sealing = Sealing(
            cast(BinaryIO, part.writer), order, now=now, stamped=authority is not None, random_bytes=random_bytes
        )
        try:
            sealing.take_in(paths, progress)
            signature, signed_list_sha512 = sealing.conclude(signer, authority, random_bytes)
        except BaseException:
            sealing.abandon()
            raise
        size_bytes = part.finish()
        sealed = Sealed(
            package=order.package,
            path=target,
            size_bytes=size_bytes,
            file_count=sealing.file_count,
            payload_bytes=sealing.payload_bytes,
            stamped=authority is not None,
            signature=signature,
            signed_list_sha512=signed_list_sha512,
            left_out=tuple(sealing.left_out),
            not_inside=sealing.survey.not_inside(paths),
            faults=tuple(sealing.survey.faults),
            other_numbers=_other_numbers(sealing.survey.numbers, order.provenance.exhibits),
        )
        if ready is not None:
            ready(sealed, part.path)
        part.commit()
    return sealed


def _other_numbers(numbers: Mapping[str, str], exhibits: Collection[str]) -> tuple[str, ...]:
    """Images whose own evidence number is none of the exhibits that were named."""
    return tuple(
        f"{path}: says that it is of evidence number {number}, and was sealed as {', '.join(exhibits)}"
        for path, number in numbers.items()
        if exhibits and number not in exhibits
    )


def _refuse_name(package: str) -> None:
    fault = faults(package)
    if fault:
        remedy = "give letters, digits, dots and dashes, as in FIR-12-2026 (--package)"
        raise PackageError(what=f"the name {package[:80]!r}", problem=f"{fault}: no folder can bear it", remedy=remedy)


def _refuse_ended(signer: Signer, now: datetime) -> None:
    leaf = signer.chain[0]
    if leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
        return
    begins, ends = leaf.not_valid_before_utc.isoformat(), leaf.not_valid_after_utc.isoformat()
    raise PackageError(
        what=f"the certificate of {leaf.subject.rfc4514_string()[:200]}",
        problem=f"is valid from {begins} to {ends}, not now: what it signs would fail",
        remedy="ask for a new one (comity key csr), or rotate the key (comity key rotate --use certificate)",
    )


def _refuse_own_folder(paths: Sequence[Path], target: Path) -> None:
    place = target.parent.resolve()
    for path in paths:
        with suppress(OSError):
            inside = path.resolve()
            if inside.is_dir() and place.is_relative_to(inside):
                raise PackageError(
                    what=str(target), problem=f"lies in {path}, which is to be sealed", remedy="put it elsewhere"
                )
