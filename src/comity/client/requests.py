"""Calls about requests."""

from collections.abc import Iterator

from comity.client.pages import rows
from comity.client.records import Request, WholeRequest
from comity.client.work import WorkCalls


class RequestCalls(WorkCalls):
    """What can be asked of requests."""

    def requests(self, *, case_id: str = "", **wanted: str) -> Iterator[Request]:
        """Requests, newest first: of one case, or those with ``direction``, ``state``, ``waits`` … as given."""
        path = f"/cases/{case_id}/requests" if case_id else "/requests"
        return rows(self._call, path, Request, **wanted)

    def request(self, case_id: str, request_id: str) -> WholeRequest:
        """One request with its dates and history."""
        return self._call.get(f"/cases/{case_id}/requests/{request_id}", WholeRequest)

    def act(
        self,
        request: Request,
        act: str,
        *,
        note: str = "",
        means: str = "",
        reasons: tuple[str, ...] = (),
        signed: str = "",
        unsigned: str = "",
    ) -> WholeRequest:
        """Enter that an act happened now; NodeRefusedError with status 409 where the request moved on meanwhile.

        Sending a letter of ours names the SHA-256 of the `signed` file, or says why it goes `unsigned`.
        """
        last = "approve" if act == "approve" else f"acts/{act}"
        body = {"version": request.version, "note": note, "means": means, "reasons": list(reasons)}
        body |= {"signed": signed, "unsigned": unsigned}
        path = f"/cases/{request.case_id}/requests/{request.id}/{last}"
        return self._call.change("POST", path, WholeRequest, body)
