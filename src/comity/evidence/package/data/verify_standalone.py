#!/usr/bin/env python3
"""Checks an unpacked package of sealed evidence. Needs Python 3.9 or later and the library "cryptography".

    age -d -i KEY.txt PACKAGE.age | tar -x
    python3 verify_standalone.py --trust ROOTS.pem --stamp-trust TSA-ROOTS.pem FOLDER

ROOTS.pem: certificates that you trust, got from elsewhere: the signer's own, or its authority's. TSA-ROOTS.pem: the
same for the time stamp. Each check is printed with its verdict: passed, failed, or indeterminate: it cannot
be told. Exit status 0: all passed; 1: one failed; 2: not checked; 3: one is indeterminate. Take this script from a
copy that you trust.

It is written apart from the program that seals, so that each shows the other's mistakes.
"""

import argparse
import base64
import hashlib
import json
import os
import sys
from datetime import datetime, timezone
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_public_key

SIGNED = "signatures/tagmanifests.sha512"
TAG_LISTS = {"tagmanifest-sha256.txt": "sha256", "tagmanifest-sha512.txt": "sha512"}
LISTS = {"manifest-sha256.txt": "sha256", "manifest-sha512.txt": "sha512"}
NEEDED = {*TAG_LISTS, SIGNED, SIGNED + ".p7s", SIGNED + ".mldsa65"}
STAMP = SIGNED + ".p7s.tst"
EVIDENCE, DESCRIPTION = "metadata/evidence-manifest.json", "metadata/description.jsonld"
LIMITATIONS, SENDER = "metadata/use-limitations.jsonld", "metadata/sender.json"
CERTIFICATES, PQ_KEY = "metadata/certificates.pem", "metadata/signature-pq.pem"
TAGS = {
    "bagit.txt", "bag-info.txt", "README.txt", "verify_standalone.py", *LISTS,
    EVIDENCE, DESCRIPTION, LIMITATIONS, SENDER, CERTIFICATES, PQ_KEY,
}  # fmt: skip
MORE_TAGS = {"metadata/formats.jsonl", "metadata/custody.json", "metadata/revocations.pem"}
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
POLICY = "https://comity.dev/ns/use-limitations/1"
DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNED_DATA, MGF1 = "1.2.840.113549.1.7.2", "1.2.840.113549.1.1.8"
DATA, TST_INFO = "1.2.840.113549.1.7.1", "1.2.840.113549.1.9.16.1.4"
BARE = (b"", b"\x05\x00")
ALGORITHMS = {
    "1.2.840.113549.1.1.1": ("RSA", "", BARE),
    "1.2.840.113549.1.1.11": ("RSA", "sha256", BARE),
    "1.2.840.113549.1.1.12": ("RSA", "sha384", BARE),
    "1.2.840.113549.1.1.13": ("RSA", "sha512", BARE),
    "1.2.840.113549.1.1.10": ("PSS", "", None),
    "1.2.840.10045.4.3.2": ("ECDSA", "sha256", BARE),
    "1.2.840.10045.4.3.3": ("ECDSA", "sha384", BARE),
    "1.2.840.10045.4.3.4": ("ECDSA", "sha512", BARE),
}
SIGNING_CERTIFICATES = {"1.2.840.113549.1.9.16.2.12": "sha1", "1.2.840.113549.1.9.16.2.47": "sha256"}
TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
RESULTS = []


def tell(check, problems=(), doubts=(), note=""):
    """Print and keep the verdict of a check."""
    verdict = "failed" if problems else "indeterminate" if doubts else "passed"
    RESULTS.append(verdict)
    print(f"{verdict:<14}{check}" + (f" ({note})" if note and verdict == "passed" else ""))
    for reason in [*problems, *doubts][:50]:
        print(f"{'':<14}  {reason}")
    return verdict == "passed"


# -- the bag (RFC 8493) --------------------------------------------------------------------------------------------


def head_of(folder):
    """The start of the evidence manifest, before its list of files; nothing where it cannot be read."""
    try:
        with open(folder / EVIDENCE, "rb") as file:
            start = file.readline(1 << 24)
        head = json.loads(start[: start.rindex(b',"files":[')] + b"}")
        return head if isinstance(head, dict) else {}
    except (OSError, ValueError):
        return {}


def files_below(folder):
    """Every file; links, devices and empty folders that were not sealed are told and not read."""
    found, strange = set(), []
    listed = head_of(folder).get("empty_folders")
    sealed = listed if isinstance(listed, list) else []
    for base, folders, files in os.walk(folder):
        if len(Path(base).relative_to(folder).parts) > 100:
            strange.append(f"{Path(base).relative_to(folder).as_posix()} is nested deeper than any package is")
            folders.clear()
            continue
        if not folders and not files and Path(base).relative_to(folder).as_posix() not in sealed:
            strange.append(f"{Path(base).relative_to(folder).as_posix()} is an empty folder that was not sealed")
        for name in [*files, *(one for one in folders if (Path(base) / one).is_symlink())]:
            path = Path(base) / name
            relative = path.relative_to(folder).as_posix()
            if path.is_symlink() or not path.is_file():
                strange.append(f"{relative} is a link or a device")
            else:
                found.add(relative)
    return found, strange


def digest_of(path, name):
    with open(path, "rb") as file:
        digest = hashlib.new(name)
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def check_list(folder, name, algorithm, expected, there, missing):
    """Compare a list with the files it must name; gives what is wrong with digests."""
    wrong, listed = [], set()
    with open(folder / name, "rb") as file:
        for raw in file:
            digest, gap, path = raw.decode("utf-8", "replace").rstrip("\n").partition("  ")
            if not gap or not raw.endswith(b"\n"):
                wrong.append(f"{name} has a line that cannot be read")
            elif path in listed:
                missing.append(f"{path} is listed twice in {name}")
            elif path not in expected:
                missing.append(
                    f"{path} is listed in {name}, and " + ("does not belong there" if path in there else "is not there")
                )
            elif digest_of(folder / path, algorithm) != digest:
                wrong.append(f"{path} was altered")
            listed.add(path)
    missing += [f"{path} is not listed in {name}" for path in sorted(expected - listed)]
    return wrong


def check_bag(folder):
    there, missing = files_below(folder)
    payload = {path for path in there if path.startswith("data/")}
    tags = there - payload - NEEDED - {STAMP}
    missing += [f"{name} is not there" for name in sorted((NEEDED | set(LISTS)) - there)]
    if missing and not (NEEDED | set(LISTS)) <= there:
        tell("nothing is missing, nothing was added", missing)
        return False
    found = {name: check_list(folder, name, how, payload, there, missing) for name, how in LISTS.items()}
    found.update({name: check_list(folder, name, how, tags, there, missing) for name, how in TAG_LISTS.items()})
    missing += [f"{name} is not there" for name in sorted(TAGS - there)]
    missing += [f"{name} does not belong to a package" for name in sorted(tags - TAGS - MORE_TAGS)]
    tell("nothing is missing, nothing was added", missing)
    odd = [] if (folder / "bagit.txt").exists() and (folder / "bagit.txt").read_bytes() == BAGIT else ["it is no bag"]
    tell("it is a bag of BagIt 1.0 with evidence", odd + ([] if payload else ["there is no evidence in it"]))
    for name, wrong in found.items():
        tell(f"every file has its digest in {name}", wrong)
    names = "".join(f"{digest_of(folder / name, 'sha512')}  {name}\n" for name in TAG_LISTS)
    same = (folder / SIGNED).read_bytes() == names.encode()
    tell("what is signed names both tag manifests", [] if same else [f"{SIGNED} names others"])
    return True


# -- what it says of itself -----------------------------------------------------------------------------------------


def check_evidence(folder):
    """Whether the evidence manifest lists the files of the payload manifests, with their digests and sizes."""
    digests, orders, problems, paths, total = {}, [], [], [], 0
    for name, how in LISTS.items():
        orders.append([])
        with open(folder / name, "rb") as file:
            for raw in file:
                digest, _, path = raw.decode("utf-8", "replace").rstrip("\n").partition("  ")
                digests.setdefault(path, {})[how] = digest
                orders[-1].append(path)
    with open(folder / EVIDENCE, "rb") as file:
        more = file.readline(1 << 24).endswith(b',"files":[\n')
        while more:
            line = file.readline(1 << 20)
            more, one = line.endswith(b",\n"), json.loads(line.rstrip(b",\n"))
            path, said = one["path"], {how: one[how] for how in LISTS.values()}
            if digests.get(path) != said or (folder / path).stat().st_size != one["size_bytes"]:
                problems.append(f"it says other things of {path!a} than are there")
            paths.append(path)
            total += one["size_bytes"]
        totals = json.loads(b"{" + file.read(1 << 16).lstrip(b"],"))
    problems += [f"it does not list {path!a}, which is there" for path in digests.keys() - set(paths)]
    if not problems and [paths, paths] != orders:
        problems.append("it lists the files in another order than they are in")
    if totals != {"totals": {"file_count": len(paths), "payload_bytes": total}}:
        problems.append("it ends with other totals than its list has")
    if not head_of(folder):
        problems.append("its first line cannot be read")
    tell("evidence manifest says what is there", problems)


def check_described(folder):
    """Whether the description is JSON, and the rules of use are those that their own limitations make."""
    json.loads((folder / DESCRIPTION).read_bytes())
    tell("description can be read")
    found, head = json.loads((folder / LIMITATIONS).read_bytes()), head_of(folder)
    wrong = found != policy_of(found["comity:limitations"], head["package"], head["case"])
    tell("use limitations can be read", ["their rules say other things than their limitations"] if wrong else [])


def policy_of(limits, package, case):
    """The rules (ODRL 2.2) that limitations make."""
    target, day = f"urn:comity:package:{package}", rule_of("dateTime", "lteq", limits["delete_by"])
    held = [
        rule_of("comity:case", "isAnyOf", limits["cases"]),
        rule_of("purpose", "isAnyOf", [f"comity:{one}" for one in limits["purposes"]]),
        day,
    ]
    held = [one for one in held if one["rightOperand"]]
    use = {"target": target, "action": "use", **({"constraint": held} if held else {})}
    if limits["notify"]:
        use["duty"] = [{"action": "inform", "informedParty": limits["notify"]}]
    policy = {
        "@context": ["http://www.w3.org/ns/odrl.jsonld", {"comity": POLICY + "#"}],
        "@type": "Agreement",
        "uid": f"{target}:use-limitations",
        "profile": POLICY,
        "comity:case": case,
        "comity:limitations": limits,
        "permission": [use],
    }
    barred = [{"target": target, "action": "comity:useAsEvidence"}] if limits["not_in_court"] else []
    if limits["no_onward_transfer"]:
        but = [rule_of("recipient", "isNoneOf", limits["share_with"])] if limits["share_with"] else []
        barred.append({"target": target, "action": "distribute", **({"constraint": but} if but else {})})
    if barred:
        policy["prohibition"] = barred
    if limits["delete_by"]:
        policy["obligation"] = [{"target": target, "action": "delete", "constraint": [day]}]
    return policy


def rule_of(left, operator, right):
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


# -- signatures (RFC 5652) and time stamps (RFC 3161) --------------------------------------------------------------


class Element:
    """A DER element."""

    def __init__(self, data, at=0):
        self.tag, length, start = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, start = int.from_bytes(data[start : start + count], "big"), start + count
        self.end = start + length
        self.content, self.raw = data[start : self.end], data[at : self.end]
        if self.end > len(data):
            raise ValueError("it breaks off")

    def parts(self):
        found, at = [], 0
        while at < len(self.content):
            found.append(Element(self.content, at))
            at = found[-1].end
        return found

    def oid(self):
        numbers, held = [], 0
        for octet in self.content:
            held = held << 7 | octet & 0x7F
            if not octet & 0x80:
                numbers.append(held)
                held = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


def write(tag, *contents):
    """An element of some contents."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def write_oid(text):
    first, second, *rest = map(int, text.split("."))
    out = b""
    for number in (40 * first + second, *rest):
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.insert(0, number & 0x7F | 0x80)
        out += bytes(septets)
    return write(0x06, out)


def write_integer(number):
    return write(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


class Signed:
    """A CMS SignedData by one signer with signed attributes.

    Not all of it is signed: so it is written again from what was understood, and must be the same to the byte.
    """

    def __init__(self, data):
        body = Element(data).parts()[1].parts()[0].parts()
        inner = body[2].parts()
        self.type = inner[0].oid()
        self.content = inner[1].parts()[0].content if len(inner) > 1 else None
        held = [part for part in body[3:] if part.tag == 0xA0]
        self.certificates = [x509.load_der_x509_certificate(one.raw) for part in held for one in part.parts()]
        if any(one.parts()[2].content[:1] != b"\0" for part in held for one in part.parts()):
            raise ValueError("a certificate is not in its one form")
        (signer,) = body[-1].parts()
        parts = signer.parts()
        self.sid, self.attributes, self.signature = parts[1], parts[3], parts[5].content
        self.digest = DIGESTS[parts[2].parts()[0].oid()]
        self.algorithm, self.parameters = parts[4].parts()[0].oid(), b"".join(one.raw for one in parts[4].parts()[1:])
        self.values = {one.parts()[0].oid(): one.parts()[1].parts()[0] for one in self.attributes.parts()}
        if data not in [self.written(null) for null in (b"", b"\x05\x00")]:
            raise ValueError("it holds what is not signed, or is not in its one form")

    def written(self, null):
        """As it is written, with or without NULL after the name of a digest."""
        certificate = self.signer()
        named = self.sid.tag == 0x30
        if named:
            sid = write(0x30, certificate.issuer.public_bytes(), write_integer(certificate.serial_number))
        else:
            sid = write(0x80, certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest)
        digest = write(0x30, write_oid(next(oid for oid, name in DIGESTS.items() if name == self.digest)), null)
        signer = write(
            0x30, write_integer(1 if named else 3), sid, digest, write(0xA0, self.attributes.content),
            write(0x30, write_oid(self.algorithm), self.parameters), write(0x04, self.signature),
        )  # fmt: skip
        content = [] if self.content is None else [write(0xA0, write(0x04, self.content))]
        certificates = write(0xA0, *(one.public_bytes(Encoding.DER) for one in self.certificates))
        body = write(
            0x30, write_integer(1 if self.type == DATA and named else 3), write(0x31, digest),
            write(0x30, write_oid(self.type), *content), certificates, write(0x31, signer),
        )  # fmt: skip
        return write(0x30, write_oid(SIGNED_DATA), write(0xA0, body))

    def signer(self):
        for one in self.certificates:
            if self.sid.tag == 0x30:
                issuer, serial = self.sid.parts()
                if (
                    issuer.raw == one.issuer.public_bytes()
                    and int.from_bytes(serial.content, "big") == one.serial_number
                ):
                    return one
            elif self.sid.content == one.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest:
                return one
        raise ValueError("the signer's certificate is not inside")

    def claimed(self):
        """When it was signed, by the signer's own clock; None: it does not say."""
        if SIGNING_TIME not in self.values:
            return None
        held = self.values[SIGNING_TIME]
        form = "%y%m%d%H%M%SZ" if held.tag == 0x17 else "%Y%m%d%H%M%SZ"
        return datetime.strptime(held.content.decode(), form).replace(tzinfo=timezone.utc)

    def faults(self, content):
        certificate, found = self.signer(), []
        if self.values[MESSAGE_DIGEST].content != hashlib.new(self.digest, content).digest():
            found.append("it is over something else")
        if self.values[CONTENT_TYPE].oid() != self.type:
            found.append("it is over another kind of content")
        if not self._names(certificate):
            found.append("it names another certificate")
        if not self._verifies(certificate.public_key(), b"\x31" + self.attributes.raw[1:]):
            found.append("the signature does not verify")
        return found

    def _verifies(self, key, signed):
        kind, name, parameters = ALGORITHMS[self.algorithm]
        name = name or self.digest
        digest = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[name]
        if self.parameters not in (pss_parameters(name) if parameters is None else parameters):
            raise ValueError("its parameters are not known here")
        try:
            if kind == "ECDSA" and isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(self.signature, signed, ec.ECDSA(digest))
            elif kind == "RSA" and isinstance(key, rsa.RSAPublicKey):
                key.verify(self.signature, signed, padding.PKCS1v15(), digest)
            elif kind == "PSS" and isinstance(key, rsa.RSAPublicKey):
                key.verify(self.signature, signed, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
            else:
                return False
        except InvalidSignature:
            return False
        return True

    def _names(self, certificate):
        for kind, name in SIGNING_CERTIFICATES.items():
            if kind in self.values:
                parts = self.values[kind].parts()[0].parts()[0].parts()
                if parts[0].tag == 0x30:
                    name = DIGESTS[parts.pop(0).parts()[0].oid()]
                return parts[0].content == hashlib.new(name, certificate.public_bytes(Encoding.DER)).digest()
        return False


def pss_parameters(name):
    """RFC 4055 3.1, as they may be written."""
    kind, found = write_oid(next(oid for oid, one in DIGESTS.items() if one == name)), []
    for null in (b"", b"\x05\x00"):
        digest = write(0x30, kind, null)
        masks, salt = write(0x30, write_oid(MGF1), digest), write_integer(hashlib.new(name).digest_size)
        found.append(write(0x30, write(0xA0, digest), write(0xA1, masks), write(0xA2, salt)))
    return found


def chain_of(leaf, others, roots):
    """The certificates from a leaf up to one that is trusted, or as far as they are there."""
    chain = [leaf]
    while chain[-1] not in roots and len(chain) < 10:
        above = [one for one in [*roots, *others] if one not in chain and issued(chain[-1], one)]
        if not above:
            break
        chain.append(above[0])
    return chain


def chain_faults(leaf, others, roots, at, usage=None):
    """What is wrong with a certificate at an instant, and what cannot be told."""
    chain, problems = chain_of(leaf, others, roots), []
    if chain[-1] not in roots:
        return [], [f"nobody that you trust stands behind {chain[-1].subject.rfc4514_string()}"]
    for depth, one in enumerate(chain):
        if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
            problems.append(f"{one.subject.rfc4514_string()} was not valid at {at.isoformat()}")
        problems += [f"{one.subject.rfc4514_string()} {fault}" for fault in certificate_faults(one, depth)]
    doubts = []
    if usage:  # the signer's own are in a list that is signed; what comes along in a stamp, nobody signed
        doubts = [f"nothing vouches for {one.subject.rfc4514_string()}" for one in strangers(chain, others)]
        uses = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        if not uses.critical or [one.dotted_string for one in uses.value] != [usage]:
            problems.append("the certificate is not for time stamps")
    return problems, doubts


def strangers(chain, others):
    """Certificates that came along and take no part; those above a trusted one do, up to one signed by its own key."""
    left, top = [one for one in others if one not in chain], chain[-1]
    while above := [one for one in left if issued(top, one)]:
        left.remove(above[0])
        top = above[0]
    return left if top in chain or issued(top, top) else [*left, top]


def certificate_faults(certificate, depth):
    """What is wrong with a certificate at any time; depth 0: the signer's."""
    known = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage, x509.SubjectAlternativeName)
    held = list(certificate.extensions)
    found = [
        f"has a critical extension that is not understood ({one.oid.dotted_string})"
        for one in held
        if one.critical and not isinstance(one.value, known)
    ]
    usage = next((one.value for one in held if isinstance(one.value, x509.KeyUsage)), None)
    constraints = next((one.value for one in held if isinstance(one.value, x509.BasicConstraints)), None)
    if depth == 0 and usage is not None and not (usage.digital_signature or usage.content_commitment):
        found.append("may not sign")
    if depth and (constraints is None or not constraints.ca or (usage is not None and not usage.key_cert_sign)):
        found.append("may not issue certificates")
    elif depth and constraints.path_length is not None and constraints.path_length < depth - 1:
        found.append("may not stand so far above")
    key, digest = certificate.public_key(), certificate.signature_hash_algorithm
    weak = isinstance(key, rsa.RSAPublicKey) and key.key_size < 2048
    if weak or (certificate.issuer != certificate.subject and digest is not None and digest.name in ("md5", "sha1")):
        found.append("is signed with, or holds, a key or digest that is not to be relied on")
    return found


STAMPS_STAND = {
    x509.ReasonFlags.unspecified,
    x509.ReasonFlags.affiliation_changed,
    x509.ReasonFlags.superseded,
    x509.ReasonFlags.cessation_of_operation,
}


def revocation(chain, roots, lists, at, stamping=False):
    """What lists of revoked certificates say of a chain at an instant: what is wrong, and what cannot be told.

    stamping: the instant is the word of the chain's own key, which counts for nothing once others may have it
    (RFC 3161 4).
    """
    wrong, unknown, top = [], [], chain[-1]
    own = issued(top, top)
    for depth, lower in enumerate(chain if own else chain[:-1]):
        upper = chain[min(depth + 1, len(chain) - 1)]
        ours = [one for one in lists if one.issuer == lower.issuer and signed_by(one, upper)]
        if lower is not upper and not any(one.next_update_utc is None or one.next_update_utc >= at for one in ours):
            unknown.append(f"there is no list of revoked certificates from {upper.subject.rfc4514_string()}: --crl")
        found = [(lower, entry_of(one, lower, at, stamping)) for one in ours]
        wrong += [f"{one.subject.rfc4514_string()} was revoked at {since.isoformat()}" for one, since in found if since]
    if top not in roots and not own:
        unknown.append(f"the certificate of {top.issuer.rfc4514_string()} is not here, to read a list by: --trust")
    return wrong, unknown


def entry_of(crl, certificate, at, stamping):
    """Since when a list holds a certificate to be revoked, where that was before an instant, or bears on it."""
    entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None:
        return None
    since, reason = entry.revocation_date_utc, None
    for extension in entry.extensions:
        if isinstance(extension.value, x509.CRLReason):
            reason = extension.value.reason
        if reason is x509.ReasonFlags.remove_from_crl:
            return None
        if isinstance(extension.value, x509.InvalidityDate):
            since = min(since, extension.value.invalidity_date.replace(tzinfo=timezone.utc))
    return since if since <= at or (stamping and reason not in STAMPS_STAND) else None


def signed_by(crl, issuer):
    try:
        return crl.is_signature_valid(issuer.public_key())
    except Exception:
        return False


def read_lists(data):
    mark = b"-----END X509 CRL-----"
    return [x509.load_pem_x509_crl(part + mark + b"\n") for part in data.split(mark)[:-1]]


def issued(lower, upper):
    try:
        lower.verify_directly_issued_by(upper)
    except Exception:
        return False
    return True


def still_to_come(at):
    """A doubt, where a time that is stated lies ahead of this machine's clock."""
    if at is None or (at - datetime.now(timezone.utc)).total_seconds() <= 300:
        return []
    return [f"it says {at.isoformat()}, which is still to come: a clock is wrong, its own or that here"]


def check_stamp(folder, path, roots, lists):
    """The proven time, or None."""
    stamped = head_of(folder).get("stamped") is True
    if not path.exists():
        taken = "; the package was sealed with one: somebody took it out" if stamped else ""
        tell("time stamp", doubts=["there is none: when it was signed rests on the signer's clock" + taken])
        return None
    token = Signed(path.read_bytes())
    info = Element(token.content).parts()
    name = DIGESTS[info[2].parts()[0].parts()[0].oid()]
    text = info[4].content.decode().rstrip("Z").split(".")[0]
    at = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    problems = token.faults(token.content)
    if token.type != TST_INFO:
        problems.append("it is no time stamp")
    if path == folder / STAMP and not stamped:
        problems.append("there is one inside, though the package says that it was sealed without")
    if info[2].parts()[1].content != hashlib.new(name, (folder / (SIGNED + ".p7s")).read_bytes()).digest():
        problems.append("it is over something else")
    sealed = str(head_of(folder).get("sealed_at") or at.isoformat()).replace("Z", "+00:00")
    if (datetime.fromisoformat(sealed) - at).total_seconds() > 300:
        problems.append(f"it is of {at.isoformat()}, before the package was sealed")
    passed = tell("time stamp", problems, still_to_come(at), note=at.isoformat())
    wrong, doubts = chain_faults(token.signer(), token.certificates, roots, at, TIME_STAMPING)
    wrong += revocation(chain_of(token.signer(), token.certificates, roots), roots, lists, at, stamping=True)[0]
    trusted = tell("time-stamping authority", wrong, doubts, note=token.signer().subject.rfc4514_string())
    return at if passed and trusted else None


def check_signatures(folder, stamp_path, roots, stamp_roots, lists):
    signed = Signed((folder / (SIGNED + ".p7s")).read_bytes())
    leaf = signed.signer()
    problems = signed.faults((folder / SIGNED).read_bytes())
    listed = x509.load_pem_x509_certificates((folder / CERTIFICATES).read_bytes())
    if signed.type != DATA or signed.content is not None:
        problems.append("it is not detached")
    encoded = [sorted(one.public_bytes(Encoding.DER) for one in some) for some in (listed, signed.certificates)]
    if encoded[0] != encoded[1] or listed[0] != leaf:
        problems.append("its certificates are not those in metadata/certificates.pem")
    tell("signature (CMS)", problems, still_to_come(signed.claimed()), note=leaf.subject.rfc4514_string())
    key, pq = load_pem_public_key((folder / PQ_KEY).read_bytes()), []
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey  # older libraries have none

    if not isinstance(key, MLDSA65PublicKey):
        pq.append("the key is of another kind")
    try:
        key.verify((folder / (SIGNED + ".mldsa65")).read_bytes(), (folder / SIGNED).read_bytes())
    except InvalidSignature:
        pq.append("the signature does not verify")
    tell("second signature (ML-DSA-65)", pq)
    proven = check_stamp(folder, stamp_path, stamp_roots, lists)
    at = proven or datetime.now(timezone.utc)
    wrong, doubts = chain_faults(leaf, signed.certificates, roots, at)
    if not proven:
        doubts, wrong = doubts + wrong, []
    tell("signer's certificate" + ("" if proven else ", today"), wrong, doubts)
    inside = folder / "metadata/revocations.pem"
    chain = chain_of(leaf, signed.certificates, roots)
    all_lists = [*lists, *(read_lists(inside.read_bytes()) if inside.exists() else [])]
    wrong, unknown = revocation(chain, roots, all_lists, at)
    if wrong and not proven:  # what the signer says against itself counts; what it says for itself does not
        sure = revocation(chain, roots, all_lists, signed.claimed())[0] if signed.claimed() else []
        unknown += [f"{one}, and nothing shows that it signed before" for one in wrong if one not in sure]
        wrong = sure
    if chain[-1] not in roots:
        unknown.append("it hangs on the certificate's chain")
    own = "its own key signed it: no authority lists it" if chain == [leaf] else ""
    tell("signer's certificate was not revoked by then", wrong, unknown, note=own)


def check_sender(folder):
    """Whether who the manifest says that it is by is the one whose keys are in it."""
    bundle = json.loads((folder / SENDER).read_bytes())
    identity = bundle["identity"]
    sender, name, doubts = head_of(folder).get("sender") or {}, identity["name"], []
    problems = identity_faults(identity, bundle["attestations"])
    if sender.get("identity", "") not in ("", name):
        problems.append(
            f"the manifest says that it is by {sender.get('identity') or 'nobody'}, and the keys are of {name}"
        )
    leaf = (folder / CERTIFICATES).read_text().split("-----END")[0]
    if not any(chain.split("-----END")[0] == leaf for key in identity["keys"] for chain in key.get("certificates", [])):
        problems.append(f"the certificate that signed is not one of {name}")
    pq = (folder / PQ_KEY).read_text()
    if pq not in [key["public"] for key in identity["keys"] if key["use"] == "signature_pq"]:
        problems.append(f"the post-quantum key is not one of {name}")
    for what in ("agency", "state"):
        said, own = sender.get(what, ""), identity.get(what, "")
        if said and own and " ".join(said.casefold().split()) != " ".join(own.casefold().split()):
            doubts.append(f"it names the {what} {said!a}, and the identity {name} is of {own!a}")
    tell("keys are of the sender that it names", problems, doubts, note=name)


def identity_faults(identity, attestations):
    """Whether the keys that the sender has in use signed its identity, as canonical JSON (RFC 8785)."""
    text = json.dumps(identity, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    own = {key["fingerprint"]: key for key in identity["keys"] if key["use"] in ("note", "signature_pq")}
    signed = set()
    for one in attestations:
        key = load_pem_public_key(own[one["fingerprint"]]["public"].encode())
        try:
            key.verify(base64.b64decode(one["signature"]), b"comity identity attestation v1\n" + text.encode())
        except InvalidSignature:
            return [f"the identity {identity['name']} is not as its own keys signed it"]
        signed.add(one["fingerprint"])
    in_use = [key for key in own.values() if end_of(key) is None]
    newest = {key["use"]: key["fingerprint"] for key in sorted(in_use, key=lambda one: one["generation"])}
    unsigned = [use for use in ("note", "signature_pq") if newest.get(use) not in signed]
    return [f"the identity {identity['name']} is not signed by its own {use} key" for use in unsigned]


# -- custody (RFC 9162, C2SP notes) --------------------------------------------------------------------------------


def check_custody(folder):
    path = folder / "metadata/custody.json"
    if not path.exists():
        print(f"{'':<14}no custody travels with it")
        return
    extract = json.loads(path.read_bytes())
    text, _, signatures = extract["checkpoint"].rpartition("\n\n")
    origin = text.split("\n", 1)[0]
    problems = check_entries(extract)
    identity = json.loads((folder / SENDER).read_bytes())["identity"]
    name, keys = identity["name"], identity["keys"]
    if origin != name and not origin.startswith(name + "/"):
        problems.append(f"the log is {origin}, and {name}, who signed, may not speak for it")
    claimed = head_of(folder).get("sender", {}).get("identity", "")
    if claimed not in ("", name):
        problems.append(f"the package says that it is by {claimed}, and the keys inside are of {name}")
    certificates = (folder / CERTIFICATES).read_bytes().decode()
    owned = [chain for key in keys if key["use"] == "certificate" for chain in key["certificates"]]
    if not any(certificates.split("-----END")[0] == chain.split("-----END")[0] for chain in owned):
        problems.append(f"the certificate that signed is not one of {name}")
    silent = set((head_of(folder).get("provenance") or {}).get("exhibits") or []) - set(extract["items"])
    problems += [f"it says nothing of {exhibit}" for exhibit in sorted(silent)]
    wrong, doubts = signed_in_time(keys, signatures.splitlines(), text + "\n", origin)
    problems += wrong
    if not problems:
        doubts += exhibits_missing(folder, [json.loads(one["entry"]) for one in extract["entries"]])
    tell("custody so far", problems, doubts, note=f"{how_many(extract)} of {origin}")


def check_entries(extract):
    """What is wrong with the entries of an extract, and of those of others' logs that it goes on from."""
    text = extract["checkpoint"].rpartition("\n\n")[0]
    origin, size, root = (text + "\n").split("\n")[:3]
    problems, last, ties = [], {}, []
    for one in extract["entries"]:
        data, entry = one["entry"].encode(), json.loads(one["entry"])
        leaf = hashlib.sha256(b"\0" + data).digest()
        proof = [bytes.fromhex(node) for node in one["proof"]]
        if root_of(leaf, one["number"], int(size), proof) != base64.b64decode(root) or entry["number"] != one["number"]:
            problems.append(f"entry {one['number']} of {origin} is not shown to be part of the log")
        for item in entry["items"]:
            if item["previous"] != last.get(item["id"], -1):
                problems.append(f"an entry about {item['id']} before entry {one['number']} is missing")
            last[item["id"]] = one["number"]
        ties.append(entry.get("binding"))
    for sender in extract.get("senders", []):
        tie = tie_of(sender)
        if tie not in ties:
            problems.append(f"no entry of {origin} is bound to the last one of {tie['log']} that travels along")
        if json.loads(sender["entries"][-1]["entry"])["act"] not in ("transferred", "returned", "released"):
            problems.append(f"entry {tie['number']} of {tie['log']} gave nothing")
        problems += check_entries(sender)
        print(f"{'':<14}before: {how_many(sender)} of {tie['log']!a}, as {origin!a} was given them")
    return problems


def how_many(extract):
    return "1 entry" if len(extract["entries"]) == 1 else f"{len(extract['entries'])} entries"


def tie_of(extract):
    """What the receiver's entry is bound to: the last entry and the checkpoint of the sender's extract."""
    note, last = extract["checkpoint"], extract["entries"][-1]
    origin, size, root = note.split("\n")[:3]
    return {
        "log": origin,
        "number": last["number"],
        "leaf_hash": hashlib.sha256(b"\0" + last["entry"].encode()).hexdigest(),
        "tree_size": int(size),
        "root_hash": base64.b64decode(root).hex(),
        "checkpoint_sha256": hashlib.sha256(note.encode()).hexdigest(),
    }


def signed_in_time(keys, lines, text, origin):
    """Whether a key of the sender signed the checkpoint before it was changed for another: what is wrong, and what
    cannot be told. Plain Ed25519 has no time of its own: it has that of the ML-DSA-44 signature beside it."""
    stolen = {"keyCompromise", "cACompromise", "aACompromise"}
    left = [key for key in keys if key.get("revocation_reason") not in stolen]
    notes = [(load_pem_public_key(key["public"].encode()), end_of(key)) for key in left if key["use"] == "note"]
    ends = [end for key, end in notes if any(verifies(key, line, text, origin) for line in lines)]
    if not ends:
        return ["the checkpoint is not signed by the sender"], []
    if None in ends:
        return [], []
    cosigners = [(load_pem_public_key(key["public"].encode()), end_of(key)) for key in left if key["use"] == "note_pq"]
    told = [(cosigned_at(key, line, text, origin), end) for key, end in cosigners for line in lines]
    times = [(at, end is None or at < end) for at, end in told if at is not None]
    if any(good and at < max(ends) for at, good in times):
        return [], []
    if times:
        return [f"it was signed at {times[0][0].isoformat()}, after the key ended at {max(ends).isoformat()}"], []
    return [], [f"the key that signed it ended at {max(ends).isoformat()}, and nothing says that it signed before"]


def end_of(key):
    """When a key was changed for another or revoked; None: it is in use."""
    ends = [key[name].replace("Z", "+00:00") for name in ("not_after", "revoked_at") if key.get(name)]
    return min(map(datetime.fromisoformat, ends), default=None)


def cosigned_at(key, line, text, origin):
    """The time in an ML-DSA-44 cosignature (C2SP tlog-cosignature, subtree/v1) that verifies; None: it is none."""
    words = line.split(" ")
    if len(words) != 3 or words[1] != origin:
        return None
    data, (size, root) = base64.b64decode(words[2]), text.split("\n")[1:3]
    if data[:4] != hashlib.sha256(origin.encode() + b"\n\x06" + key.public_bytes_raw()).digest()[:4]:
        return None
    name = bytes([len(origin.encode())]) + origin.encode()
    tree = bytes(8) + int(size).to_bytes(8, "big") + base64.b64decode(root)
    try:
        key.verify(data[12:], b"subtree/v1\n\0" + name + data[4:12] + name + tree)
    except InvalidSignature:
        return None
    return datetime.fromtimestamp(int.from_bytes(data[4:12], "big"), timezone.utc)


def exhibits_missing(folder, entries):
    """The exhibits whose digests the log has, and no file here: nothing shows that this is what was collected."""
    told = head_of(folder).get("provenance") or {}
    known = {}
    for exhibit in told.get("exhibits") or []:
        items = [item for entry in entries for item in entry["items"] if item["id"] == exhibit]
        known[exhibit] = {item.get(which) for item in items for which in ("sha256", "sha512")} - {"", None}
    wanted, there = set().union(*known.values()), set()
    for name in LISTS if wanted else ():
        with open(folder / name, "rb") as file:
            there |= {line.split(b" ", 1)[0].decode("ascii", "replace") for line in file} & wanted
    missing = [
        f"no file here has the digest that the log has of {exhibit}"
        for exhibit, digests in known.items()
        if digests and not digests & there
    ]
    if missing and told.get("derived"):
        print(f"{'':<14}{'; '.join(missing)}; the sender says how this was made from it: {told['derived']!a}")
        return []
    return missing


def root_of(leaf, number, size, proof):
    """RFC 9162 2.1.3.2."""
    if number >= size:
        return None
    fn, sn, digest = number, size - 1, leaf
    for node in proof:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            digest = hashlib.sha256(b"\1" + node + digest).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            digest = hashlib.sha256(b"\1" + digest + node).digest()
        fn, sn = fn >> 1, sn >> 1
    return digest if sn == 0 else None


def verifies(key, line, text, origin):
    words = line.split(" ")
    if not isinstance(key, Ed25519PublicKey) or len(words) != 3 or words[1] != origin:
        return False
    data = base64.b64decode(words[2])
    name = hashlib.sha256(origin.encode() + b"\n\x01" + key.public_bytes_raw()).digest()[:4]
    try:
        key.verify(data[4:], text.encode())
    except InvalidSignature:
        return False
    return data[:4] == name


def load(paths, reader):
    found = []
    for path in paths:
        try:
            found += reader(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            print(f"{path}: holds no certificates or lists in PEM ({error})", file=sys.stderr)
            sys.exit(2)
    return found


def main(arguments=None):
    given = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    given.add_argument("folder", type=Path)
    given.add_argument("--trust", action="append", default=[], metavar="ROOTS.pem")
    given.add_argument("--stamp-trust", action="append", default=[], metavar="TSA-ROOTS.pem")
    given.add_argument("--time-stamp", type=Path, help="a stamp that came beside the package")
    given.add_argument("--crl", action="append", default=[], metavar="CRL.pem", help="a list of revoked certificates")
    asked = given.parse_args(arguments)
    roots = load(asked.trust, x509.load_pem_x509_certificates)
    stamp_roots = load(asked.stamp_trust, x509.load_pem_x509_certificates)
    lists = load(asked.crl, read_lists)
    if check_bag(asked.folder):
        inside = asked.folder / STAMP
        stamp = inside if inside.exists() or asked.time_stamp is None else asked.time_stamp
        for name, check in (
            ("evidence manifest says what is there", lambda: check_evidence(asked.folder)),
            ("description and use limitations can be read", lambda: check_described(asked.folder)),
            ("signatures", lambda: check_signatures(asked.folder, stamp, roots, stamp_roots, lists)),
            ("keys are of the sender that it names", lambda: check_sender(asked.folder)),
            ("custody", lambda: check_custody(asked.folder)),
        ):
            try:
                check()
            except Exception as error:  # what is malformed in any way is a failed check
                tell(name, [f"cannot be read: {error}"])
    verdict = next(one for one in ("failed", "indeterminate", "passed") if one in RESULTS)
    print(f"\n{verdict.upper()}: {asked.folder}")
    return {"passed": 0, "failed": 1, "indeterminate": 3}[verdict]


if __name__ == "__main__":
    sys.exit(main())
