"""The keys that open packages as a file for the program age: the way out for the day when there is no Comity."""

from comity.evidence.keys.identity import KeyUse
from comity.evidence.keys.store import Unlocked


def export_age(unlocked: Unlocked, *, classic: bool = False) -> bytes:
    """An identity file of age (C2SP age), newest key first; `classic`: only X25519 keys, as age before 1.3 reads them.

    Secret, and not encrypted. age 1.3 or later reads the hybrid keys; earlier ones refuse a file that holds any.
    """
    uses = (KeyUse.RECIPIENT,) if classic else (KeyUse.RECIPIENT_PQ, KeyUse.RECIPIENT)
    lines = [
        f"# SECRET: opens all that was encrypted to {unlocked.public.name}.",
        f"# For age{'' if classic else ' 1.3 or later'}: age -d -i THIS-FILE PACKAGE.age | tar -x",
        *unlocked.age_identities(uses),
    ]
    return "".join(f"{line}\n" for line in lines).encode()
