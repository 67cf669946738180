"""What `evidence` raises.

::

    ComityError
    └── EvidenceError
        ├── CustodyError                a custody log that cannot do what was asked
        │   ├── EntryError              bytes or values that are not a custody entry
        │   ├── ActRefusedError         an act that the custody of the item does not allow
        │   ├── ClockError              a clock that went backwards beyond the log's tolerance
        │   ├── LogDamagedError         files of a log that do not belong together
        │   └── NoteError               bytes that are not a signed note, checkpoint or proof
        │       ├── SignatureError      a signature by a known key that does not verify
        │       └── SignerUnknownError  no signature by a key that is trusted
        │           └── SignerRevokedError  only by keys that their owners revoked
        ├── AgeError                    encryption that cannot be done or undone
        │   ├── AgeKeyError             text that is no key
        │   ├── AgeHeaderError          a header that cannot be read
        │   ├── AgeMacError             a header that was altered
        │   ├── NoIdentityError         no identity that opens the file
        │   ├── AgePayloadError         content that is altered, cut or out of order
        │   └── ArmorError              ASCII armour that is not strict
        ├── PackageError                a sealed package that cannot be made, read or unpacked
        │   ├── ArchiveError            an archive that is not in our form
        │   ├── SourceError             evidence that cannot be read, or changed while it was
        │   ├── SignatureFormatError    bytes that are no CMS signature or time stamp
        │   ├── TimeStampError          a time-stamping authority that gave none
        │   ├── LimitationError         use limitations or a consent that cannot be read
        │   ├── RecallError             a statement on recall that cannot be read, or evidence that cannot be removed
        │   ├── HashListError           a list of hashes that cannot be read
        │   └── package.NotAcceptedError    a package that did not pass, with the report
        └── IdentityKeyError            a key, certificate or identity
            ├── KeyFileError            a file that is missing, in the way, open to others or not what it claims
            ├── PassphraseError         no passphrase, or not the right one
            ├── IdentityError           a public identity that does not hold together
            └── TokenError              a PKCS#11 token that is absent or refuses
"""

from comity.errors import ComityError


class EvidenceError(ComityError):
    """Base of the errors of evidence: what, where, and how to mend it."""

    def __init__(self, *, what: str, problem: str, remedy: str) -> None:
        self.what = what
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{what}: {problem}; {remedy}")


class CustodyError(EvidenceError):
    """A custody log that cannot do what was asked."""


class EntryError(CustodyError):
    """Bytes or values that are not a custody entry in its canonical form."""


class ActRefusedError(CustodyError):
    """An act that the custody of the item does not allow; `code` is the finding's code."""

    def __init__(self, *, what: str, code: str, problem: str, remedy: str) -> None:
        self.code = code
        super().__init__(what=what, problem=problem, remedy=remedy)


class ClockError(CustodyError):
    """A clock that went backwards beyond the log's tolerance."""


class LogDamagedError(CustodyError):
    """Files of a log that do not belong together; `check` names what is wrong."""


class NoteError(CustodyError):
    """Bytes that are not a signed note, checkpoint or proof, or that prove nothing."""


class SignatureError(NoteError):
    """A signature by a known key that does not verify: the note was altered, or was never theirs."""


class SignerUnknownError(NoteError):
    """A note that no trusted key has signed: nothing can be said about it."""


class SignerRevokedError(SignerUnknownError):
    """A signature only by keys that their owners revoked, because others may have them."""


class IdentityKeyError(EvidenceError):
    """Base of what goes wrong with keys, certificates and identities."""


class KeyFileError(IdentityKeyError):
    """A file that is missing, in the way, open to others or not what it claims to be."""


class PassphraseError(IdentityKeyError):
    """No passphrase, or not the right one."""


class IdentityError(IdentityKeyError):
    """A public identity that does not hold together."""


class TokenError(IdentityKeyError):
    """A PKCS#11 token that is absent or refuses."""


class AgeError(EvidenceError):
    """Encryption that cannot be done or undone."""


class AgeKeyError(AgeError):
    """Text that is no key of age."""


class AgeHeaderError(AgeError):
    """A header that cannot be read."""


class AgeMacError(AgeError):
    """A header that was altered."""


class NoIdentityError(AgeError):
    """No identity that opens the file."""


class AgePayloadError(AgeError):
    """Content that is altered, cut or out of order."""


class ArmorError(AgeError):
    """ASCII armour that is not strict."""


class PackageError(EvidenceError):
    """A sealed package that cannot be made, read or unpacked."""


class ArchiveError(PackageError):
    """An archive that is not in our form."""


class SourceError(PackageError):
    """Evidence that cannot be read, or that changed while it was read."""


class SignatureFormatError(PackageError):
    """Bytes that are no CMS signature or time stamp."""


class TimeStampError(PackageError):
    """A time-stamping authority that gave no time stamp."""


class LimitationError(PackageError):
    """Use limitations, or a consent to more, that cannot be read."""


class RecallError(PackageError):
    """A statement on recall that cannot be read, or evidence that cannot be removed."""


class HashListError(PackageError):
    """A list of hashes that cannot be read, or is none."""
