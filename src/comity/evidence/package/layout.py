"""Which files a package has, in the order in which it holds them: one pass writes them, one pass checks them.

Evidence comes first, for its digests are known only when it was read; what names it comes after; what signs that, last.
"""

BAGIT = "bagit.txt"
BAG_INFO = "bag-info.txt"
DATA = "data/"
MANIFEST_SHA256, MANIFEST_SHA512 = "manifest-sha256.txt", "manifest-sha512.txt"
TAGS_SHA256, TAGS_SHA512 = "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"
EVIDENCE = "metadata/evidence-manifest.json"
DESCRIPTION = "metadata/description.jsonld"
FORMATS = "metadata/formats.jsonl"
LIMITATIONS = "metadata/use-limitations.jsonld"
CUSTODY = "metadata/custody.json"
SENDER = "metadata/sender.json"
CERTIFICATES = "metadata/certificates.pem"
REVOCATIONS = "metadata/revocations.pem"
PQ_KEY = "metadata/signature-pq.pem"
README = "README.txt"
VERIFIER = "verify_standalone.py"
SIGNED = "signatures/tagmanifests.sha512"
CMS = SIGNED + ".p7s"
PQ_SIGNATURE = SIGNED + ".mldsa65"
STAMP = CMS + ".tst"

STREAMED = (MANIFEST_SHA256, MANIFEST_SHA512, EVIDENCE, DESCRIPTION, FORMATS)
"""Tag files that grow with the evidence."""
REQUIRED_TAGS = (
    BAGIT,
    MANIFEST_SHA256,
    MANIFEST_SHA512,
    EVIDENCE,
    DESCRIPTION,
    LIMITATIONS,
    SENDER,
    CERTIFICATES,
    PQ_KEY,
    README,
    VERIFIER,
    BAG_INFO,
)
OPTIONAL_TAGS = (FORMATS, CUSTODY, REVOCATIONS)
TAIL = (TAGS_SHA256, TAGS_SHA512, SIGNED, CMS, PQ_SIGNATURE)
"""What is in no tag manifest, in this order; a time stamp may follow."""
TAGS = frozenset(REQUIRED_TAGS + OPTIONAL_TAGS)
UNLISTED = frozenset((*TAIL, STAMP))

BAGIT_TEXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAG_BYTES_MAX = 16 << 20
"""Longest tag file that is held in memory."""
