"""What a log tells of its clients, and where each thing in it happened."""

from pathlib import Path

import pytest

from comity.leads import Leads, Observable, find_leads
from comity.leads.limits import Limits
from comity.leads.logs import LogEntry, signs_of, weight_of
from comity.leads.model import Place
from comity.leads.nexus import TieSources

_LINE = '{} - - [{} +0000] "{} HTTP/1.1" {} 1 "-" "{}"\n'


def line(
    client: str, request: str, status: int = 200, *, at: str = "09/Nov/2026:22:14:31", agent: str = "Mozilla"
) -> str:
    return _LINE.format(client, at, request, status, agent)


def leads_of(folder: Path, text: str, *, name: str = "access.log", limits: Limits | None = None) -> Leads:
    (folder / name).write_text(text)
    return find_leads([folder], limits=limits or Limits())


def one(leads: Leads, value: str) -> Observable:
    return next(found for found in leads.observables if found.value == value)


def place(leads: Leads, value: str) -> Place:
    return one(leads, value).places[0]


def told(leads: Leads, code: str) -> list[str]:
    return [finding.message for finding in leads.findings if finding.code == code]


def tags_of(*, method: str = "", path: str = "", status: str = "", agent: str = "", message: str = "") -> set[str]:
    entry = LogEntry(method=method, path=path, status=status, agent=agent, message=message)
    return {sign.tag for sign in signs_of(entry)}


@pytest.mark.parametrize(
    ("method", "path", "status", "tags"),
    [
        ("POST", "/wp-login.php", "302", {"log-login", "log-post"}),
        ("POST", "/wp-login.php", "200", {"log-login-failed", "log-post"}),
        ("POST", "/wp-content/plugins/x/alfa.php", "200", {"web-shell", "log-post"}),
        ("GET", "/uploads/c99.php", "200", {"web-shell"}),
        ("GET", "/uploads/c99.php", "404", set()),
        ("POST", "/images/2026/x.php", "200", {"web-shell", "log-post"}),
        ("GET", "/wp-content/uploads/invoice/login.php?id=1", "200", {"kit-page"}),
        ("POST", "/wp-admin/update.php?action=upload-plugin", "200", {"log-upload", "log-post"}),
        ("PUT", "/a.jsp", "201", {"log-upload", "log-post"}),
        ("GET", "/invoice/log.txt", "200", {"loot-fetch"}),
        ("GET", "/kit/rezult.txt", "200", {"loot-fetch"}),
        ("GET", "/site-backup.zip", "200", {"loot-fetch"}),
        ("GET", "/x?f=%2e%2e%2f%2e%2e%2fetc%2fpasswd", "404", {"log-probe"}),
        ("GET", "/robots.txt", "200", set()),
        ("GET", "/index.html", "200", set()),
        ("GET", "", "200", set()),
    ],
)
def test_signs_of_requests(method: str, path: str, status: str, tags: set[str]) -> None:
    assert tags_of(method=method, path=path, status=status) == tags


def test_signs_of_agents_and_messages() -> None:
    assert tags_of(agent="Mozilla/5.0 (compatible; Googlebot/2.1)", path="/") == {"crawler"}
    assert tags_of(agent="sqlmap/1.7", path="/") == {"scanner"}
    assert tags_of(message="sshd: Accepted password for root from x") == {"log-login"}
    assert tags_of(message="sshd: Failed password for root") == {"log-login-failed"}
    assert tags_of(message="sudo: bob : COMMAND=/bin/sh") == {"log-privilege"}
    assert tags_of(message="tick") == set()


def test_weights_order_what_tells() -> None:
    order = [("crawler",), (), ("log-post",), ("kit-page",), ("web-shell", "crawler")]
    weights = [weight_of(tags) for tags in order]
    assert weights == sorted(weights)
    assert len(set(weights)) == len(weights)
    assert weight_of(("log-confirmed",)) == weight_of(("web-shell",))


def test_each_place_tells_when_who_and_what(tmp_path: Path) -> None:
    leads = leads_of(tmp_path, line("203.0.113.9", "POST /up/alfa.php") + line("198.51.100.7", "GET /?u=evil.example"))
    (artifact,) = leads.artifacts
    assert artifact.kind.value == "log"
    seen = place(leads, "203.0.113.9")
    assert (seen.where, seen.at, seen.by, seen.act, seen.agent) == (
        "line 1",
        "2026-11-09T22:14:31+00:00",
        "203.0.113.9",
        "POST /up/alfa.php 200",
        "Mozilla",
    )
    assert place(leads, "evil.example").by == "198.51.100.7"
    assert one(leads, "203.0.113.9").tags == ("web-shell", "log-post")
    assert len(told(leads, "log-telling-client")) == 1
    assert "2 clients" in told(leads, "log-read")[0]


def test_telling_places_are_kept_where_not_all_are(tmp_path: Path) -> None:
    text = (
        line("203.0.113.9", "GET /") * 20 + line("203.0.113.9", "POST /up/alfa.php") * 2 + line("203.0.113.9", "GET /")
    )
    leads = leads_of(tmp_path, text, limits=Limits(places=3))
    seen = one(leads, "203.0.113.9")
    assert [found.where for found in seen.places] == ["line 1", "line 22", "line 21"]
    assert "more-places-20" in seen.tags


def test_all_places_telling_give_way_to_none(tmp_path: Path) -> None:
    leads = leads_of(tmp_path, line("203.0.113.9", "POST /up/alfa.php") * 9, limits=Limits(places=3))
    assert [found.where for found in one(leads, "203.0.113.9").places] == ["line 1", "line 2", "line 3"]


def test_times_without_zone_or_year_are_said_to_be_so(tmp_path: Path) -> None:
    nginx = "2026/11/09 22:14:31 [error] 1#1: *7 x, client: 203.0.113.9, server: x\n"
    assert "name no zone" in told(leads_of(tmp_path, nginx), "log-zone-unknown")[0]
    syslog = "Nov  9 22:14:31 mx sshd[1]: Failed password for root from 203.0.113.9 port 22\n" * 3
    assert "name no year" in told(leads_of(tmp_path, syslog), "log-zone-unknown")[0]


def test_a_repeated_deed_is_told_once_with_its_count(tmp_path: Path) -> None:
    text = "".join(
        line("203.0.113.9", "POST /up/alfa.php", at=f"09/Nov/2026:22:14:{second}") for second in (31, 32, 33)
    )
    (message,) = told(leads_of(tmp_path, text), "log-telling-client")
    assert "3 × web-shell" in message
    assert "the last at 2026-11-09T22:14:33+00:00" in message


def test_only_so_many_clients_are_told_the_gravest_first(tmp_path: Path) -> None:
    text = "".join(line(f"198.51.100.{number}", "GET /.env", 404) for number in range(1, 120))
    leads = leads_of(tmp_path, text + line("203.0.113.9", "POST /up/alfa.php"))
    assert len(told(leads, "log-telling-client")) == 100
    assert told(leads, "log-telling-client")[0].startswith("203.0.113.9")
    assert "20 more clients" in told(leads, "log-more-visitors")[0]


_MAIL = (
    "Received: from web.example ([198.51.100.7]) by mx.bank.example (Postfix) with ESMTP id A1; "
    "Mon, 9 Nov 2026 22:14:36 +0000\nFrom: a@shop.example\nTo: b@bank.example\nSubject: x\n"
    "X-Originating-IP: [203.0.113.9]\nDate: Mon, 9 Nov 2026 22:14:33 +0000\n\nhello\n"
)


def test_log_confirms_the_address_that_a_mail_claims(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_text(_MAIL)
    leads = find_leads([tmp_path])
    assert "sender-forgeable" in one(leads, "203.0.113.9").tags
    leads = leads_of(tmp_path, line("203.0.113.9", "POST /up/alfa.php"))
    assert "log-confirmed" in one(leads, "203.0.113.9").tags
    assert "sender-forgeable" not in one(leads, "203.0.113.9").tags


def test_deed_right_before_a_mail_is_matched_with_it(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_text(_MAIL)
    text = line("192.0.2.1", "GET /") + line("203.0.113.9", "POST /up/alfa.php")
    leads = leads_of(tmp_path, text)
    (message,) = told(leads, "log-matches-mail")
    assert message.startswith("203.0.113.9 sent POST /up/alfa.php 200 at 2026-11-09T22:14:31+00:00, 2 s before")
    assert "log-matches-mail" in one(leads, "203.0.113.9").tags
    far = leads_of(tmp_path, line("203.0.113.9", "POST /up/alfa.php", at="09/Nov/2026:22:13:31"))
    assert told(far, "log-matches-mail") == []


def test_busy_server_matches_nothing(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_text(_MAIL)
    text = "".join(line(f"203.0.113.{number}", "POST /x") for number in range(1, 9))
    assert told(leads_of(tmp_path, text), "log-matches-mail") == []


def test_log_in_columns(tmp_path: Path) -> None:
    text = (
        "Date,User,IP address,Operation,User agent\n"
        "11/09/2026 10:14:31 PM,a@bank.example,203.0.113.9,UserLoggedIn,Mozilla\n"
        "11/23/2026 10:15:00 PM,a@bank.example,203.0.113.9,New-InboxRule,Mozilla\n"
        ",b@bank.example,,,\n"
    )
    leads = leads_of(tmp_path, text, name="signins.csv")
    assert leads.artifacts[0].kind.value == "log"
    assert place(leads, "203.0.113.9").at == "2026-11-09T22:14:31"
    assert place(leads, "203.0.113.9").act == "UserLoggedIn"
    assert place(leads, "a@bank.example").by == "203.0.113.9"
    assert {"log-login", "log-privilege"} <= set(one(leads, "203.0.113.9").tags)


def test_payments_with_addresses_are_payments_and_visits(tmp_path: Path) -> None:
    text = "Account: DE89370400440532013000\n\nDate;IP;Action;To IBAN;Debit\n" + "".join(
        f"2026-11-{day:02} 10:00:00;203.0.113.9;transfer;GB82WEST12345698765432;{day}.50\n" for day in range(10, 16)
    )
    leads = leads_of(tmp_path, text, name="t.csv")
    assert leads.artifacts[0].kind.value == "table"
    assert len(leads.transfers) == 6
    seen = place(leads, "GB82WEST12345698765432")
    assert (seen.by, seen.act) == ("203.0.113.9", "debit 10.50")
    assert told(leads, "log-zone-unknown")


def test_table_with_few_addresses_is_no_log(tmp_path: Path) -> None:
    text = "time,ip,action\n" + "x,y,z\n" * 5 + "2026-11-09 22:14:31,203.0.113.9,login\n"
    assert leads_of(tmp_path, text, name="t.csv").artifacts[0].kind.value == "table"


def test_deeds_without_a_client_or_zone_match_nothing(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_text(_MAIL)
    nginx = '2026/11/09 22:14:31 [error] 1#1: *7 x, {}server: x, request: "POST /up/alfa.php HTTP/1.1", host: "x"\n'
    leads = leads_of(tmp_path, nginx.format("client: 203.0.113.9, ") + nginx.format(""))
    assert told(leads, "log-matches-mail") == []
    assert "log-confirmed" in one(leads, "203.0.113.9").tags


def test_confirmed_address_says_so_in_its_ties(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_text(_MAIL.replace("203.0.113.9", "102.89.34.17"))
    (tmp_path / "access.log").write_text(line("102.89.34.17", "GET /"))
    leads = find_leads([tmp_path], sources=TieSources(providers=()))
    (tie,) = one(leads, "102.89.34.17").nexus
    assert "a server's own log names it as a client" in tie.reasons[0].text


def test_clients_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    text = "".join(line(f"198.51.100.{number}", "POST /a.php") for number in range(1, 9))
    leads = leads_of(tmp_path, text, limits=Limits(observables=3))
    assert len(leads.observables) == 3
    assert told(leads, "observables-not-listed")
