"""Calls about figures and persons concerned."""

from collections.abc import Iterator
from datetime import date

from comity.client.call import Caller
from comity.client.pages import rows
from comity.client.records_oversight import Figures, PersonTold, Publication, Report


class OversightCalls:
    """What can be asked for oversight."""

    _call: Caller

    def figures(self) -> tuple[Figures, ...]:
        """Of which years there are figures."""
        return self._call.get("/oversight/years", tuple[Figures, ...])

    def report(self, year: int = 0) -> Report:
        """The newest figures of a year; 0: of all."""
        return self._call.get(f"/oversight/years/{year}", Report)

    def report_file(self, year: int, form: str) -> bytes:
        """The newest figures of a year as ``json`` or ``csv``."""
        return self._call.download(f"/oversight/years/{year}/files/{form}")

    def count_figures(self) -> None:
        """Have all years counted anew in the background."""
        self._call.change("POST", "/oversight/count", type(None))

    def publish(self, year: int, *, note: str = "") -> Publication:
        """Publish the figures of a year as they stand; the token lasts a day at most."""
        return self._call.change("POST", f"/oversight/years/{year}/publish", Publication, {"note": note})

    def publications(self) -> Iterator[Publication]:
        """What was published, newest first."""
        return rows(self._call, "/oversight/published", Publication)

    def published_report(self, publication_id: int) -> Report:
        """A report as it was published."""
        return self._call.get(f"/oversight/published/{publication_id}", Report)

    def published_file(self, publication_id: int, form: str) -> bytes:
        """A report as it was published, as ``json`` or ``csv``."""
        return self._call.download(f"/oversight/published/{publication_id}/files/{form}")

    def persons_due(self) -> Iterator[PersonTold]:
        """Who is still to be told, of the cases that the token's owner may see; who is due first comes first."""
        return rows(self._call, "/oversight/persons", PersonTold)

    def persons(self, case_id: str, request_id: str) -> tuple[PersonTold, ...]:
        """Persons concerned by a request."""
        return self._call.get(f"/cases/{case_id}/requests/{request_id}/persons", tuple[PersonTold, ...])

    def owe_person(
        self, case_id: str, request_id: str, *, person: str, rule: str, due_on: date, remedies: str = ""
    ) -> PersonTold:
        """Note that a person must be told of a request."""
        body = {"person": person, "rule": rule, "due_on": due_on, "remedies": remedies}
        return self._call.change("POST", f"/cases/{case_id}/requests/{request_id}/persons", PersonTold, body)

    def delay_person(self, one: PersonTold, *, until: date, reason: str, authority: str) -> PersonTold:
        """Put off telling a person, by an authority's decision."""
        body = {"version": one.version, "until": until, "reason": reason, "authority": authority}
        return self._call.change("POST", f"/cases/{one.case_id}/persons/{one.id}/delay", PersonTold, body)

    def tell_person(self, one: PersonTold, *, means: str = "") -> PersonTold:
        """The person was told."""
        body = {"version": one.version, "means": means}
        return self._call.change("POST", f"/cases/{one.case_id}/persons/{one.id}/told", PersonTold, body)
