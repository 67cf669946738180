"""Real mails and STIX content made by others: each is read, fast, with nothing invented."""

import re
import time
from pathlib import Path

import pytest

from comity.leads import find_leads

_SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
_MAILS = sorted(_SAMPLES.glob("mail/*/*.eml"))
_STIX = sorted([*_SAMPLES.glob("stix/*.json"), *_SAMPLES.glob("misp/*.json")])

pytestmark = pytest.mark.skipif(not _MAILS, reason="../shared/samples is not beside this checkout")


_MAILER = re.compile(rb"(?im)^(?:x-mailer|user-agent):.*$")
"""Names the home of the program that sent a mail, which is no lead."""


@pytest.mark.parametrize("path", _MAILS, ids=lambda path: path.stem)
def test_each_mail_within_a_second(path: Path) -> None:
    started = time.perf_counter()
    leads = find_leads([path])
    assert time.perf_counter() - started < 1.0
    assert leads.mails
    assert leads.observables


@pytest.mark.parametrize("path", _MAILS, ids=lambda path: path.stem)
def test_every_link_host_in_plain_sight_is_found(path: Path) -> None:
    raw = _MAILER.sub(b"", path.read_bytes())
    hosts = {
        match.group(1).decode("ascii").lower().rstrip(".")
        for match in re.finditer(rb"https?://([A-Za-z0-9.-]+\.[A-Za-z]{2,12})[/\s\"'<>?]", raw)
    }
    values = {one.value for one in find_leads([path]).observables}
    encoded = {host for host in hosts if not re.search(rb"(?<!=\r\n)(?<!=\n)" + re.escape(host.encode()), raw.lower())}
    assert hosts - values - encoded <= _IN_MARKUP_ONLY


_IN_MARKUP_ONLY = {"www.w3.org", "schemas.microsoft.com"}
"""Names of markup vocabularies, which lead nowhere."""


@pytest.mark.parametrize("path", _STIX, ids=lambda path: path.stem)
def test_stix_and_misp_content_is_read(path: Path) -> None:
    leads = find_leads([path])
    assert leads.artifacts[0].kind.value in ("stix", "text", "table")
    assert not [one for one in leads.findings if one.code == "stix-unreadable"]
