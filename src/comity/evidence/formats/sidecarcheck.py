"""Hashes beside evidence against the files that they are of.

A list may mean the file as it lies there or, beside an Expert Witness image, what was imaged; a split image is one.
"""

import hashlib

from comity.evidence.formats.checks import SHOWN, Checks
from comity.evidence.formats.disk import split_parts
from comity.evidence.formats.ewf import describe_ewf
from comity.evidence.formats.ewf2 import describe_ewf2
from comity.evidence.formats.look import Item, Look, looking
from comity.evidence.formats.record import Description, InnerCheck, StoredHash


def check_sidecar(look: Look, told: Description) -> tuple[InnerCheck, ...]:
    """Each hash of a list whose file is there, a check for each list."""
    checks = Checks(look.path, look.limits)
    wanted: dict[str, list[StoredHash]] = {}
    for stored in told.hashes:
        wanted.setdefault(stored.of, []).append(stored)
    matched = 0
    name = f"hashes in {told.title}"
    for path, stored_hashes in wanted.items():
        item = look.evidence.find(path)
        if item is None:
            checks.doubt(name, f"{path} is not there")
            continue
        matched += _check_file(look, item, stored_hashes, checks, name)
    checks.note(name, f"{matched:,} of {len(wanted):,} files fit")
    return checks.result()


def _check_file(look: Look, item: Item, stored_hashes: list[StoredHash], checks: Checks, name: str) -> bool:
    with looking(item, look.evidence, look.limits) as target:
        media = {one.algorithm: one.value for one in _media_hashes(target)}
        wanted = {one.algorithm for one in stored_hashes}
        computed = _digests(target, (), wanted)
        parts = split_parts(target)
        whole = _digests(target, parts, wanted) if parts else computed
    fits = True
    for stored in stored_hashes:
        if stored.value in (computed[stored.algorithm], whole[stored.algorithm], media.get(stored.algorithm)):
            continue
        fits = False
        shown = SHOWN[stored.algorithm]
        if media and stored.algorithm not in media:
            checks.doubt(name, f"{item.path}: the image holds no {shown} to compare with")
        else:
            checks.fail(name, f"{item.path} has not the {shown} {stored.value}")
    return fits


def _media_hashes(look: Look) -> tuple[StoredHash, ...]:
    """The hashes that an image holds of its media: whether the media have them, the image's own check says."""
    told = describe_ewf(look) or describe_ewf2(look)
    return told.hashes if told else ()


def _digests(look: Look, others: tuple[Item, ...], wanted: set[str]) -> dict[str, str]:
    """Digests of a file and those that it goes on in; those that are known already are not computed."""
    known = dict(look.item.digests) if not others else {}
    hashes = {one: hashlib.new(one, usedforsecurity=False) for one in wanted if one not in known}
    if hashes:
        for part in look.parts():
            for digest in hashes.values():
                digest.update(part)
        for item in others:
            with looking(item, look.evidence, look.limits) as more:
                for part in more.parts():
                    for digest in hashes.values():
                        digest.update(part)
    return {**known, **{one: digest.hexdigest() for one, digest in hashes.items()}}
