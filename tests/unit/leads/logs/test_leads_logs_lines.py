"""Lines of logs, in every form that is read."""

import pytest

from comity.leads.logs import find_format
from comity.leads.logs.entry import LogEntry, client_address, shortened
from comity.leads.logs.fields import W3cReader, entry_of, read_json_line, read_pairs
from comity.leads.logs.lines import read_access, read_apache_error, read_nginx_error, read_syslog
from comity.leads.logs.moment import any_moment, clf_moment, epoch_of, iso_moment, named_moment, zone_of


def told(entry: LogEntry | None) -> tuple[str, str, str, str]:
    assert entry is not None
    return entry.at, entry.client, entry.act, entry.agent


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            '102.89.34.17 - - [09/Nov/2026:22:14:31 -0300] "POST /wp-login.php HTTP/1.1" 302 0 "-" "Mozilla/5.0 (X)"',
            ("2026-11-09T22:14:31-03:00", "102.89.34.17", "POST /wp-login.php 302", "Mozilla/5.0 (X)"),
        ),
        (
            '2001:DB8::1 - bob [09/Nov/2026:22:14:31 +0000] "GET / HTTP/2.0" 304 -',
            ("2026-11-09T22:14:31+00:00", "2001:db8::1", "GET / 304", ""),
        ),
        (
            'shop.example:443 203.0.113.9 - - [09/Nov/2026:22:14:31 +0000] "\\x16\\x03" 400 1 "-" "-"',
            ("2026-11-09T22:14:31+00:00", "203.0.113.9", "\\x16\\x03 400", ""),
        ),
        (
            'host.example - - [09/Nov/2026:22:14:31 +0000] "GET /a" - 1',
            ("2026-11-09T22:14:31+00:00", "", "GET /a", ""),
        ),
    ],
)
def test_access_logs(line: str, expected: tuple[str, str, str, str]) -> None:
    assert told(read_access(line)) == expected


@pytest.mark.parametrize(
    "line",
    ["", "x", '1.2.3.4 - - [99/Foo/2026:22:14:31 +0000] "GET /" 200 1', '1.2.3.4 - - [09/Nov/2026] "GET /" 200 1'],
)
def test_no_access_log(line: str) -> None:
    assert read_access(line) is None


def test_error_logs() -> None:
    nginx = (
        "2026/11/09 22:14:31 [error] 12#12: *7 open() failed, client: 203.0.113.9, server: x, "
        'request: "GET /.env HTTP/1.1", host: "x"'
    )
    assert told(read_nginx_error(nginx)) == ("2026-11-09T22:14:31", "203.0.113.9", "GET /.env error", "")
    plain = read_nginx_error("2026/11/09 22:14:31 [notice] 12#12: started")
    assert told(plain) == ("2026-11-09T22:14:31", "", "started", "")
    assert read_nginx_error("x") is None
    apache = "[Mon Nov 09 22:14:31.5 2026] [php:warn] [pid 7] [client 203.0.113.9:4711] PHP Warning: x"
    assert told(read_apache_error(apache)) == ("2026-11-09T22:14:31", "203.0.113.9", "PHP Warning: x", "")
    assert read_apache_error("[x] y") is None


def test_syslog() -> None:
    dated = "<34>1 2026-11-09T22:14:31+01:00 web sshd[77]: Accepted password for root from 203.0.113.9 port 22 ssh2"
    at, client, act, _ = told(read_syslog(dated))
    assert (at, client) == ("2026-11-09T22:14:31+01:00", "203.0.113.9")
    assert act.startswith("sshd: Accepted password")
    bare = "Nov  9 22:14:31 mx dovecot: imap-login: Login: user=<a@b.example>, rip=203.0.113.9, lip=10.0.0.1"
    at, client, act, _ = told(read_syslog(bare))
    assert (at, client) == ("", "203.0.113.9")
    assert act.startswith("Nov 9 22:14:31 dovecot: imap-login")
    assert told(read_syslog("Nov  9 22:14:31 mx cron: tick"))[1] == ""
    assert read_syslog("hello") is None


def test_w3c_extended_log() -> None:
    read = W3cReader()
    assert read("2026-11-09 22:14:31 1.2.3.4 GET /") is None
    assert read("#Software: Microsoft Internet Information Services 10.0") is None
    assert read("#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status") is None
    line = "2026-11-09 22:14:31 10.0.0.1 POST /owa/auth.owa a=1 203.0.113.9 Mozilla/5.0+(X) 302"
    assert told(read(line)) == ("2026-11-09T22:14:31Z", "203.0.113.9", "POST /owa/auth.owa?a=1 302", "Mozilla/5.0 (X)")
    assert read("short") is None


def test_json_lines() -> None:
    line = (
        '{"ts": 1794262471.5, "request": {"remote_ip": "203.0.113.9", "method": "GET", "uri": "/a", '
        '"headers": {"User-Agent": ["curl/8"], "Accept": []}}, "status": 200, "err": null}'
    )
    assert told(read_json_line(line)) == ("2026-11-09T22:14:31Z", "203.0.113.9", "GET /a 200", "curl/8")
    for other in ("", "[]", "{", '{"a": 1}', "{" + '"a":{' * 3000):
        assert read_json_line(other) is None
    deep = '{"a": {"b": {"c": {"d": {"clientip": "203.0.113.9"}}}}}'
    assert read_json_line(deep) is None


def test_named_values() -> None:
    line = 'date=2026-11-09 time=22:14:31 tz="+0530" srcip=203.0.113.9 dstip=198.51.100.7 dstport=443 action="accept"'
    assert told(read_pairs(line)) == (
        "2026-11-09T22:14:31+05:30",
        "203.0.113.9",
        "accept to 198.51.100.7 port 443",
        "",
    )
    assert told(
        read_pairs('time="2026-11-09T22:14:31" zone=x srcip=203.0.113.9 dst=198.51.100.7 msg=x timezone=Z')
    ) == (
        "2026-11-09T22:14:31Z",
        "203.0.113.9",
        "x to 198.51.100.7",
        "",
    )
    for other in ("a=1", "a=1 b=2 c", "a=1 b=2 c=3", 'say "x = = =" y'):
        assert read_pairs(other) is None


def test_request_line_counts_where_there_is_no_method() -> None:
    entry = entry_of(
        {"time_iso8601": "2026-11-09T22:14:31Z", "remote_addr": "203.0.113.9", "request": "GET /x HTTP/1.1"}
    )
    assert told(entry)[2] == "GET /x"
    assert told(entry_of({"date": "2026-13-09", "time": "22:14:31", "ip": "203.0.113.9"}))[0] == ""


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-09 22:14:31,123 +0530", "2026-11-09T22:14:31+05:30"),
        ("2026/11/09 22:14:31", "2026-11-09T22:14:31"),
        ("2026-11-09T22:14:31 UTC", "2026-11-09T22:14:31Z"),
        ("1794262471", "2026-11-09T22:14:31Z"),
        ("1794262471123", "2026-11-09T22:14:31Z"),
        ("[09/Nov/2026:22:14:31 -0300]", "2026-11-09T22:14:31-03:00"),
        ("Mon Nov 09 22:14:31 2026", "2026-11-09T22:14:31"),
        ("2026-02-30 22:14:31", ""),
        ("yesterday", ""),
    ],
)
def test_moments(text: str, at: str) -> None:
    assert any_moment(text) == at


def test_moments_of_one_form() -> None:
    assert clf_moment("09/Nov/2026:22:14:31") == "2026-11-09T22:14:31"
    assert clf_moment("x") == iso_moment("x") == named_moment("x") == zone_of("") == ""
    assert zone_of("gmt") == "Z"
    assert epoch_of("2026-11-09T22:14:31Z") == 1794262471
    assert epoch_of("2026-11-09T22:14:31") is None
    assert epoch_of("x") is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ('"203.0.113.9, 10.0.0.1"', "203.0.113.9"),
        ("localhost", ""),
        ("-", ""),
    ],
)
def test_client_addresses(text: str, address: str) -> None:
    assert client_address(text) == address


def test_long_acts_keep_both_ends_and_cards_are_masked() -> None:
    assert shortened("abcdefghij", 5) == "ab…ij"
    entry = LogEntry(method="GET", path="/pay?card=4111111111111111", status="200", agent="x" * 300)
    assert "4111111111111111" not in entry.act
    assert len(entry.shown_agent) == 200


def test_forms_are_told_apart() -> None:
    access = '203.0.113.9 - - [09/Nov/2026:22:14:31 +0000] "GET / HTTP/1.1" 200 0\n'
    w3c = "#Version: 1.0\n#Fields: date time c-ip cs-method\n2026-11-09 22:14:31 203.0.113.9 GET\n"
    for text, name in (
        (access, "access log"),
        (access * 2_000, "access log"),
        (w3c, "W3C extended log"),
        ('{"time": "2026-11-09T22:14:31Z", "ip": "203.0.113.9"}\n' * 2, "log of JSON lines"),
        ("Nov  9 22:14:31 mx cron: tick\n" * 2, "syslog"),
    ):
        found = find_format(text)
        assert found is not None
        assert found.name == name
    for text in ("", "hello\n", '{"time": "2026-11-09T22:14:31Z", "ip": "203.0.113.9"}\n', "a,b\n1,2\n"):
        assert find_format(text) is None
