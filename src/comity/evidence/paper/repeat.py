"""The commands by which a stranger repeats each check, with tools that everybody has."""

import shlex
from dataclasses import dataclass
from datetime import datetime

_WIDTH = 74
_LIST = "signatures/tagmanifests.sha512"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """How one check is repeated."""

    check: str
    """Its name in the report."""
    commands: tuple[str, ...]
    """Each a line for a POSIX shell, in the package's folder; keys and roots lie beside it, for nothing else may lie in
    it."""
    expect: str
    """What is seen where the check passes."""


def opening(package: str) -> tuple[str, ...]:
    """The commands that come first: decrypt, unpack, enter the folder."""
    return ("age -d -i KEY.txt PACKAGE.age > PACKAGE.tar", "tar -xf PACKAGE.tar", f"cd {package}")


def commands(*, at: datetime | None, own: bool = True) -> tuple[Commands, ...]:
    """The commands for every check; `at`: the instant by which certificates are judged, None: now; `own`: the signer's
    certificate is signed by its own key.
    """
    when = "" if at is None else f" -attime {int(at.timestamp())}"
    chain = f"openssl verify{when} -partial_chain -CAfile ../ROOTS.pem -untrusted metadata/certificates.pem"
    return (
        _one("encryption", "age -d -i ../KEY.txt ../PACKAGE.age | cmp - ../PACKAGE.tar", "nothing is printed"),
        _one("archive", "tar -tvf ../PACKAGE.tar | grep -v '^-'", "nothing: every member is a regular file"),
        _one("bag", "cat bagit.txt", "BagIt-Version: 1.0, encoding UTF-8; or: bagit.py --validate ."),
        _one(
            "completeness",
            "cut -c131- manifest-sha512.txt tagmanifest-sha512.txt | LC_ALL=C sort > ../listed",
            "find . ! -type d ! -path './signatures/tagmanifests.sha512*' ! -path './tagmanifest-sha*.txt' "
            "| cut -c3- | LC_ALL=C sort > ../there",
            "diff ../listed ../there",
            "find . -type d -empty | cut -c3- | LC_ALL=C sort > ../empty",
            _EMPTY,
            "LC_ALL=C comm -23 ../empty ../sealed-empty",
            expect="nothing is printed: no file, link or device is there unlisted, and no empty folder unsealed",
        ),
        _one("payload-sha256", "sha256sum --quiet --strict -c manifest-sha256.txt", "nothing is printed"),
        _one("payload-sha512", "sha512sum --quiet --strict -c manifest-sha512.txt", "nothing is printed"),
        _one("tags-sha256", "sha256sum --quiet --strict -c tagmanifest-sha256.txt", "nothing is printed"),
        _one("tags-sha512", "sha512sum --quiet --strict -c tagmanifest-sha512.txt", "nothing is printed"),
        _one("signed-list", f"sha512sum --strict -c {_LIST}", "tagmanifest-sha256.txt: OK, tagmanifest-sha512.txt: OK"),
        _one(
            "signature",
            "openssl cms -verify -binary -inform DER -no_check_time -partial_chain -purpose any -CAfile ../ROOTS.pem "
            f"-in {_LIST}.p7s -content {_LIST} -out /dev/null",
            "CMS Verification successful",
        ),
        _one(
            "post-quantum-signature",
            f"openssl pkeyutl -verify -pubin -inkey metadata/signature-pq.pem -rawin -in {_LIST} "
            f"-sigfile {_LIST}.mldsa65",
            _MLDSA,
            expect="Signature Verified Successfully (OpenSSL 3.5 or later); with Python nothing is printed",
        ),
        _one(
            "time-stamp",
            f"openssl ts -verify -token_in -in {_LIST}.p7s.tst -data {_LIST}.p7s{when} -CAfile ../TSA-ROOTS.pem",
            f"openssl ts -reply -token_in -in {_LIST}.p7s.tst -token_out -text",
            expect="Verification: OK; the time that is stated",
        ),
        _one(
            "time-stamp-authority",
            f"openssl pkcs7 -inform DER -in {_LIST}.p7s.tst -print_certs -noout",
            "the authority's names; the command above checks the chain up to TSA-ROOTS.pem",
        ),
        _one("certificate", f"{chain} metadata/certificates.pem", "metadata/certificates.pem: OK"),
        _OWN if own else _LISTED,
        _one(
            "sender",
            "openssl x509 -in metadata/certificates.pem -noout -subject -fingerprint -sha256",
            "sha256sum metadata/signature-pq.pem",
            expect="the fingerprints in this report; the sender names the same ones by telephone or in person",
        ),
        _one("evidence-manifest", _MANIFEST, "nothing is printed"),
        _one("description", "case_validate --built-version case-1.4.0 metadata/description.jsonld", "Conforms: True"),
        _one(
            "inner-hashes",
            "cut -c1-200 metadata/formats.jsonl",
            "find data -iname '*.E01' -exec ewfverify -q -d sha1 {} ';'",
            "find data -iname '*.md5' -execdir md5sum -c {} ';'",
            expect="which files hold hashes; ewfverify: SUCCESS (libewf), OK (md5sum); for others, their makers' tools",
        ),
        _one("use-limitations", "python3 -m json.tool metadata/use-limitations.jsonld", "the rules in this report"),
        _one("custody", "python3 verify_standalone.py .", "passed  custody so far"),
    )


_OWN = Commands(
    check="revocation",
    commands=("openssl x509 -in metadata/certificates.pem -noout -subject -issuer",),
    expect="subject and issuer are the same: its own key signed it, so that no authority lists it; whether its owner "
    "revoked it, the owner's newest identity says",
)
_LISTED = Commands(
    check="revocation",
    commands=(
        "openssl x509 -in metadata/certificates.pem -noout -serial",
        "openssl crl -in ../CRL.pem -noout -CAfile ../ROOTS.pem",
        "openssl crl -in ../CRL.pem -noout -text",
    ),
    expect="verify OK; the list does not name that serial number, or names it with a date after the time stamp",
)
_MLDSA = f"""\
python3 -c "
from cryptography.hazmat.primitives.serialization import load_pem_public_key
key, signature, signed = (open(name, 'rb').read() for name in
    ('metadata/signature-pq.pem', '{_LIST}.mldsa65', '{_LIST}'))
load_pem_public_key(key).verify(signature, signed)
\""""
_EMPTY = """\
python3 -c "
import json
for path in json.load(open('metadata/evidence-manifest.json', 'rb'))['empty_folders']:
    print(path)
" | LC_ALL=C sort > ../sealed-empty"""
_MANIFEST = """\
python3 -c "
import hashlib, json, os
for f in json.load(open('metadata/evidence-manifest.json', 'rb'))['files']:
    digest = hashlib.sha512(open(f['path'], 'rb').read()).hexdigest()
    if (os.path.getsize(f['path']), digest) != (f['size_bytes'], f['sha512']):
        print(f['path'])
\""""
EVERYTHING = "python3 verify_standalone.py --trust ../ROOTS.pem --stamp-trust ../TSA-ROOTS.pem ."
"""All checks at once, with Python and its library `cryptography`."""


def broken(command: str) -> str:
    """A command on lines that a page holds, each but the last ending in a backslash: it can be copied as it stands."""
    lines = [""]
    for word in shlex.split(command, posix=False) if '"' not in command else [command]:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append("  ")
        lines[-1] += word if not lines[-1].strip() else f" {word}"
    return " \\\n".join(lines)


def _one(check: str, *lines: str, expect: str = "") -> Commands:
    if not expect:
        *lines_only, expect = lines
        return Commands(check=check, commands=tuple(lines_only), expect=expect)
    return Commands(check=check, commands=lines, expect=expect)
