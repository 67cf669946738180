"""Calls about sealed packages."""

import time
from collections.abc import Iterator

from comity.client.call import Caller
from comity.client.pages import rows
from comity.client.records_casework import Identity, Package, WholePackage

LOOK_EVERY_S = 1.0
_UNDER_WAY = frozenset({"waiting", "running"})


class VaultCalls:
    """What can be asked of the vault of a case."""

    _call: Caller

    def packages(self, case_id: str) -> Iterator[Package]:
        """The packages of a case, newest first."""
        return rows(self._call, f"/cases/{case_id}/packages", Package)

    def package(self, case_id: str, package_id: str) -> WholePackage:
        """One package, with what the last check found."""
        return self._call.get(f"/cases/{case_id}/packages/{package_id}", WholePackage)

    def seal(self, case_id: str, *exhibits: str, recipient: str, authorised_by: str, **more: object) -> Package:
        """Have files of the case sealed for a trusted identity, by its name; `more` as the API describes it."""
        said = {"exhibits": exhibits, "known_recipient": recipient, "authorised_by": authorised_by, **more}
        return self._call.change("POST", f"/cases/{case_id}/packages", Package, said)

    def check_package(self, case_id: str, artifact_id: str) -> Package:
        """Have a file that was received opened and checked as a package."""
        return self._call.change("POST", f"/cases/{case_id}/packages/check", Package, {"artifact_id": artifact_id})

    def wait_for_package(self, case_id: str, package: Package, *, timeout_s: float = 600.0) -> WholePackage:
        """The package once it was sealed or checked, or as it stands when the time is over."""
        until = time.monotonic() + timeout_s
        while (now := self.package(case_id, package.id)).state in _UNDER_WAY and time.monotonic() < until:
            time.sleep(LOOK_EVERY_S)
        return now

    def release_package(self, case_id: str, package: Package) -> Package:
        """Let a package leave; not by who sealed it."""
        path = f"/cases/{case_id}/packages/{package.id}/release"
        return self._call.change("POST", path, Package, {"version": package.version})

    def package_file(self, case_id: str, package_id: str) -> bytes:
        """The file of a released package."""
        return self._call.download(f"/cases/{case_id}/packages/{package_id}/file")

    def package_report(self, case_id: str, package_id: str) -> bytes:
        """The report of the last check, for court (PDF)."""
        return self._call.download(f"/cases/{case_id}/packages/{package_id}/report")

    def identities(self) -> tuple[Identity, ...]:
        """The node's own identity, and then those that it trusts."""
        return self._call.get("/identities", tuple[Identity, ...])
