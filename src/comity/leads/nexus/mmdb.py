"""A user's own country or network file in MaxMind DB format; it comes before the data that ship.

Read are the layouts of GeoLite2/GeoIP2, DB-IP, IPinfo and ip-location-db. Nothing of theirs ships with Comity.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from comity.leads.errors import UnreadableInputError
from comity.leads.nexus.networks import NOTHING, AddressFacts

if TYPE_CHECKING:
    from maxminddb import Reader


class UserDatabase:
    """One such file, opened."""

    def __init__(self, reader: "Reader", *, name: str) -> None:
        self._reader = reader
        metadata = reader.metadata()
        built = datetime.fromtimestamp(metadata.build_epoch, tz=UTC).date()
        self.cite = f"{name} ({metadata.database_type}), {built.isoformat()}"

    @classmethod
    def open(cls, path: Path) -> "UserDatabase":
        """Raises UnreadableInputError where the file is absent or no MMDB."""
        import maxminddb

        try:
            return cls(maxminddb.open_database(path), name=path.name)
        except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
            raise UnreadableInputError(
                path=str(path), problem=f"cannot be read as an MMDB file ({error})", remedy="give a GeoIP MMDB file"
            ) from error

    def look_up(self, address: str) -> AddressFacts:
        """What the file says of an address; `NOTHING` where it says nothing, or holds another family only."""
        try:
            record = self._reader.get(address)
        except ValueError:
            return NOTHING
        if not isinstance(record, dict):
            return NOTHING
        return AddressFacts(
            asn=_number(record.get("autonomous_system_number") or record.get("asn")),
            holder=_text(record.get("autonomous_system_organization") or record.get("as_name")),
            registered=_state(record.get("registered_country")),
            used=_state(record.get("country")) or _state(record.get("country_code")),
        )


def _state(value: object) -> str:
    """A code from ``{"iso_code": "DE"}`` or ``"DE"``."""
    code = value.get("iso_code") if isinstance(value, dict) else value
    return code.upper() if isinstance(code, str) and len(code) == 2 else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    """15169 from ``15169`` or ``"AS15169"``."""
    text = str(value).upper().removeprefix("AS")
    return int(text) if text.isascii() and text.isdigit() else 0
