"""A time-stamping service on the network, as `comity letter sign` asks it: the one place where a letter needs one."""

from typing import TYPE_CHECKING

from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

if TYPE_CHECKING:
    from asn1crypto import cms

SECONDS = 20


class Service(HTTPTimeStamper):
    """A service by its URL; whatever it answers that is no time stamp is an error that says so."""

    def __init__(self, url: str) -> None:
        super().__init__(url, timeout=SECONDS)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> "cms.ContentInfo":
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except TimestampRequestError as error:
            cause = f": {error.__cause__}" if error.__cause__ else ""
            raise TimestampRequestError(f"{self.url}: {error}{cause}") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise TimestampRequestError(f"{self.url}: its answer is no time stamp ({error})") from error
