"""The page that lies in every package: what it is, and how a stranger checks it with common tools."""

from pathlib import Path

from comity.evidence.legible import counted, legible
from comity.evidence.package.record import EvidenceHead, EvidenceTotals

_VERIFIER = Path(__file__).parent / "data" / "verify_standalone.py"

_TEXT = """\
SEALED EVIDENCE {package}

Case            {case}
Under           {authorisation}
From            {sender}
To              {recipients}
Sealed          {sealed_at} (by the sender's clock)
Holds           {files}, {size} bytes, in the folder data/

Nothing here needs the program that made it. How to check it, with tools that everybody has:

1. Open it (age, https://age-encryption.org; a key that starts with AGE-SECRET-KEY-PQ-1 needs age 1.3 or later):

       age -d -i KEY.txt PACKAGE.age | tar -x
       cd {package}

   KEY.txt holds your secret key. Who received this with an identity of Comity has it written once, in good time,
   while that program is at hand, and keeps it in a safe (or, for age before 1.3, adds --x25519):

       comity key export IDENTITY --age -o KEY.txt

2. What is signed is signatures/tagmanifests.sha512. It names two lists, which name every other file here, by digest:

       sha512sum -c signatures/tagmanifests.sha512
       sha512sum -c tagmanifest-sha512.txt && sha256sum -c tagmanifest-sha256.txt
       sha512sum -c manifest-sha512.txt && sha256sum -c manifest-sha256.txt

   A file that is in none of the lists, and is neither one of the two nor in signatures/, does not belong here; nor
   does an empty folder that is not among the empty_folders of metadata/evidence-manifest.json.

3. The signature. ROOTS.pem, beside this folder, holds the certificates that you trust, got from elsewhere;
   -no_check_time because a certificate may have ended since: that it was valid then, step 4 shows.

       openssl cms -verify -binary -inform DER -no_check_time -CAfile ../ROOTS.pem \\
           -in signatures/tagmanifests.sha512.p7s -content signatures/tagmanifests.sha512 -out /dev/null

4. {stamp}
   The second command shows its time; at that time the authority's certificate must have been valid (the third).

       openssl ts -verify -token_in -in signatures/tagmanifests.sha512.p7s.tst -no_check_time \\
           -data signatures/tagmanifests.sha512.p7s -CAfile ../TSA-ROOTS.pem
       openssl ts -reply -token_in -in signatures/tagmanifests.sha512.p7s.tst -token_out -text
       openssl pkcs7 -inform DER -in signatures/tagmanifests.sha512.p7s.tst -print_certs -text -noout

5. The second signature, which quantum computers cannot forge (ML-DSA-65, FIPS 204; OpenSSL 3.5 or later):

       openssl pkeyutl -verify -pubin -inkey metadata/signature-pq.pem -rawin \\
           -in signatures/tagmanifests.sha512 -sigfile signatures/tagmanifests.sha512.mldsa65

All of this at once, with Python and its library "cryptography" (take the script from a copy that you trust; with a
list of revoked certificates by the signer's authority: --crl ../CRL.pem):

       python3 verify_standalone.py --trust ../ROOTS.pem --stamp-trust ../TSA-ROOTS.pem .

What lies where

    data/                               the evidence, as it was; a name that some system could not hold has =XX for
                                        each such byte, and stands as it was in the evidence manifest, as do the
                                        names of empty folders, which the archive does not hold
    metadata/evidence-manifest.json     who, to whom, under which order, when; every file with its digests
    metadata/description.jsonld         the same for machines (CASE/UCO)
{formats}    metadata/use-limitations.jsonld     what may be done with it (ODRL)
{custody}    metadata/sender.json                the sender's public keys
    metadata/certificates.pem           the certificate that signed, and those above it
    metadata/signature-pq.pem           the public key of the second signature
    metadata/revocations.pem            lists of revoked certificates, where some went along
"""


def readme(head: EvidenceHead, totals: EvidenceTotals, *, custody: bool, formats: bool = False) -> bytes:
    """README.txt of a package."""
    order = head.authorisation
    under = ", ".join(word for word in (order.reference, order.issued_by, order.issued_on, order.legal_basis) if word)
    sender = ", ".join(word for word in (head.sender.name, head.sender.role, head.sender.agency) if word)
    stamp = (
        "The time stamp over that signature (RFC 3161):"
        if head.stamped
        else "There is no time stamp in it. One that came later is checked the same way (RFC 3161):"
    )
    text = _TEXT.format(
        package=head.package,
        case=_line(head.case),
        authorisation=_line(under),
        sender=_line(sender),
        recipients=_line("; ".join(one.name or one.key[:24] + "…" for one in head.recipients)),
        sealed_at=head.sealed_at.isoformat().replace("+00:00", "Z"),
        files=counted(totals.file_count, "file"),
        size=f"{totals.payload_bytes:,}",
        stamp=stamp,
        formats="    metadata/formats.jsonl              formats of the evidence, and the hashes in it\n"
        if formats
        else "",
        custody="    metadata/custody.json               who held it so far, with proofs\n" if custody else "",
    )
    return text.encode()


def verifier() -> bytes:
    """The verifier that ships with every package."""
    return _VERIFIER.read_bytes()


def _line(text: str) -> str:
    """One line, with what could disturb a terminal, or hide, by its number."""
    return legible(" ".join(text.split()))
