"""Data that left a network, log-ins in named values behind a syslog head, and what a person must look at."""

from pathlib import Path

import pytest

from comity.leads import Leads, find_leads

VPN = (
    "2026-09-11T04:22:31Z fw01 sslvpn[991]: user=svc_backup action=login-success src=188.40.112.66 port=51532\n"
    "2026-09-12T05:01:12Z fw01 sslvpn[991]: user=svc_backup action=login-failed src=77.246.159.10 port=40112\n"
    "2026-09-13T22:14:02Z fw01 flow: 10.20.4.7:49822 -> 51.38.112.7:443 bytes={sent} proto=tcp\n"
)
FIREWALL = (
    "date=2026-09-13 time=22:14:02 srcip=10.20.4.7 dstip=51.38.112.7 action=accept sentbyte=700000000\n"
    "date=2026-09-13 time=22:24:02 srcip=10.20.4.8 dstip=51.38.112.7 action=accept sentbyte=700000000\n"
    "date=2026-09-13 time=22:24:02 srcip=8.8.8.8 dstip=9.9.9.9 action=accept sentbyte=7000000000\n"
)
M365 = (
    "CreationDate,UserIds,Operations,ClientIP,UserAgent\n"
    "2026-09-21T06:14:09Z,a@b.example,UserLoggedIn,102.89.33.17,Chrome\n"
    "2026-09-21T06:19:44Z,a@b.example,New-InboxRule,102.89.33.17,Chrome\n"
)
PANEL = (
    '103.25.12.9 - admin [12/May/2026:06:02:11 +0000] "GET /admin/users HTTP/2.0" {status} 9123 "-" "Mozilla/5.0"\n'
    '103.25.12.9 - admin [12/May/2026:06:02:12 +0000] "GET /favicon.ico HTTP/2.0" 200 9 "-" "Mozilla/5.0"\n'
)


def read(tmp_path: Path, text: str, name: str = "vpn.log") -> Leads:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return find_leads([tmp_path / name])


def tags(leads: Leads, value: str) -> tuple[str, ...]:
    return next(one.tags for one in leads.observables if one.value == value)


def test_a_log_in_in_named_values_behind_a_head_is_told(tmp_path: Path) -> None:
    leads = read(tmp_path, VPN.format(sent=214748364800))
    assert "log-login" in tags(leads, "188.40.112.66")
    assert "log-login" not in tags(leads, "77.246.159.10")


def test_where_much_data_went_is_told(tmp_path: Path) -> None:
    leads = read(tmp_path, VPN.format(sent=214748364800))
    assert tags(leads, "51.38.112.7") == ("log-outflow",)
    told = next(finding for finding in leads.findings if finding.code == "log-outflow")
    assert told.message.startswith(
        "51.38.112.7: 214,748,364,800 bytes went there from 10.20.4.7, first 2026-09-13T22:14"
    )
    assert told.where == "line 3"


def test_little_data_tells_nothing(tmp_path: Path) -> None:
    leads = read(tmp_path, VPN.format(sent=2147483))
    assert tags(leads, "51.38.112.7") == ()


def test_flows_to_one_address_add_up_and_only_the_networks_own_count(tmp_path: Path) -> None:
    leads = read(tmp_path, FIREWALL)
    assert "log-outflow" in tags(leads, "51.38.112.7")
    assert "log-outflow" not in tags(leads, "9.9.9.9")
    told = next(finding for finding in leads.findings if finding.code == "log-outflow")
    assert "1,400,000,000 bytes went there from 10.20.4.7, 10.20.4.8 in 2 lines" in told.message


def test_an_audit_export_of_a_mail_service_is_a_log(tmp_path: Path) -> None:
    assert set(tags(read(tmp_path, M365, "audit.csv"), "102.89.33.17")) == {"log-login", "log-privilege"}


@pytest.mark.parametrize(("status", "logged_in"), [("200", True), ("302", False), ("403", False)])
def test_who_sees_an_inner_page_of_an_administration_is_logged_in(tmp_path: Path, status: str, logged_in: bool) -> None:
    assert ("log-login" in tags(read(tmp_path, PANEL.format(status=status)), "103.25.12.9")) is logged_in


def test_what_was_read_and_told_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "mute.json").write_text('{"rows": [{"a": 1}]}', encoding="utf-8")
    (tmp_path / "note.txt").write_text("They wrote from 203.0.113.9", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    leads = find_leads([tmp_path])
    paths = {artifact.id: Path(artifact.path).name for artifact in leads.artifacts}
    silent = [paths[one.artifact] for one in leads.findings if one.code == "artifact-tells-nothing"]
    assert silent == ["mute.json"]
