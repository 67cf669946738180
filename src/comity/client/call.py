"""One call to a node: authorised, tried again where that is safe, its problems raised."""

import time
import uuid
from pathlib import Path
from typing import Any, TypeVar

import httpx
import msgspec

from comity.client.errors import NodeRefusedError, NodeUnreachableError
from comity.client.records import Problem

T = TypeVar("T")
TRIES = 3
WAIT_S = 0.5
_BUSY = frozenset({429, 502, 503, 504})


class Caller:
    """Calls of one client. Every change carries an idempotency key, so that trying again changes nothing twice."""

    def __init__(self, url: str, token: str, *, timeout_s: float, transport: httpx.BaseTransport | None) -> None:
        self.url = f"{url.rstrip('/')}/api/v1"
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self.http = httpx.Client(headers=headers, timeout=timeout_s, transport=transport)

    def get(self, path: str, kind: type[T], **params: str | int) -> T:
        """Read something."""
        shown = {name: value for name, value in params.items() if value != ""}
        return self._decoded(self._send("GET", path, params=shown), kind)

    def change(self, method: str, path: str, kind: type[T], body: object = None) -> T:
        """Change something, once."""
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
        content = msgspec.json.encode(body) if body is not None else b""
        return self._decoded(self._send(method, path, content=content, headers=headers), kind)

    def upload(self, path: str, kind: type[T], file: Path) -> T:
        """Send a file, streamed; it is there once, however often it is sent."""
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        for attempt in range(1, TRIES + 1):
            with file.open("rb") as stream:
                try:
                    sent = {"file": (file.name, stream, "application/octet-stream")}
                    response = self.http.post(f"{self.url}{path}", files=sent, headers=headers, timeout=None)
                    return self._decoded(_accepted(response), kind)
                except httpx.TransportError as error:
                    if attempt == TRIES:
                        raise NodeUnreachableError(f"{self.url}: no answer ({type(error).__name__})") from error
            time.sleep(WAIT_S * 2**attempt)
        raise AssertionError("the last try returns or raises")

    def download(self, path: str, **params: str | int) -> bytes:
        """A file, whole."""
        return self._send("GET", path, params=params).content

    def save(self, path: str, file: Path) -> None:
        """Have a long file made, and write it piece by piece; a line that is cut is not tried again.

        The file is there when it is whole: what comes lies beside it until then, and is removed where it breaks off.
        """
        part = file.with_name(f".{file.name}.{uuid.uuid4().hex[:8]}.part")
        try:
            with self.http.stream("POST", f"{self.url}{path}") as response:
                if not response.is_success:
                    response.read()
                _accepted(response)
                try:
                    with part.open("xb") as out:
                        for chunk in response.iter_bytes():
                            out.write(chunk)
                    part.replace(file)
                finally:
                    part.unlink(missing_ok=True)
        except httpx.TransportError as error:
            raise NodeUnreachableError(f"{self.url}: no answer ({type(error).__name__})") from error

    def _send(self, method: str, path: str, **how: Any) -> httpx.Response:
        for attempt in range(1, TRIES + 1):
            try:
                response = self.http.request(method, f"{self.url}{path}", **how)
            except httpx.TransportError as error:
                if attempt == TRIES:
                    raise NodeUnreachableError(f"{self.url}: no answer ({type(error).__name__})") from error
            else:
                if response.status_code not in _BUSY or attempt == TRIES:
                    return _accepted(response)
            time.sleep(WAIT_S * 2**attempt)
        raise AssertionError("the last try returns or raises")

    @staticmethod
    def _decoded(response: httpx.Response, kind: type[T]) -> T:
        if kind is type(None):
            return None
        try:
            return msgspec.json.decode(response.content, type=kind)
        except msgspec.DecodeError as error:
            raise NodeRefusedError(
                status=response.status_code, title="not the answer of a node", detail=str(error)
            ) from None


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    try:
        problem = msgspec.json.decode(response.content, type=Problem)
    except msgspec.DecodeError:
        problem = Problem(title=f"{response.status_code} {response.reason_phrase}")
    raise NodeRefusedError(
        status=response.status_code,
        title=problem.title,
        detail=problem.detail,
        errors=tuple((one.field, one.detail) for one in problem.errors),
    )
