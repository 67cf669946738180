"""Received lines of the servers that write them, read to who handed over what to whom, when and how."""

import pytest

from comity.leads.mail.headers import read_headers
from comity.leads.mail.received import ReceivedLine, read_received


def line(text: str) -> ReceivedLine:
    (field,) = read_headers(f"Received: {text}\n\n".encode(), at_most=10).fields
    return read_received(field)


def address(read: ReceivedLine) -> str:
    return read.from_address.value if read.from_address else ""


POSTFIX = "from helo.example (rdns.example [203.0.113.7]) by mx.example (Postfix) with ESMTPS id 4Vk for <u@b.example>; Tue, 1 Oct 2026 10:00:00 +0200 (CEST)"
UNKNOWN = "from helo.example (unknown [203.0.113.7]) (Authenticated sender: bob@x.example) by mx.example (Postfix) with ESMTPSA id 1; Tue, 1 Oct 2026 10:00:00 +0000"
SENDMAIL = "from helo.example (rdns.example [203.0.113.7] (may be forged)) by mx.example (8.14.7/8.14.7) with ESMTP id h1 for u@b.example; Tue, 1 Oct 2026 10:00:00 GMT"
EXIM = "from rdns.example ([203.0.113.7]:53211 helo=helo.example) by mx.example with esmtps (Exim 4.96.2) (envelope-from <e@s.example>) id 1q for u@b.example; Tue, 01 Oct 2026 10:00:00 +0000"
EXIM_BARE = "from [203.0.113.7] (helo=[198.51.100.9]) by mx.example with esmtp (Exim 4.96) id 1q; Tue, 01 Oct 2026 10:00:00 +0000"
EXCHANGE = "from HELO-EXAMPLE (203.0.113.7) by EX1.corp.example (10.1.1.2) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_X) id 15.20.5555.12 via Frontend Transport; Tue, 1 Oct 2026 10:00:00 +0000"
M365 = "from AB1PR01MB1.eurprd01.prod.outlook.com (2603:10a6:1:2::3) by CD1.prod.outlook.com (2603:10a6:9::8) with Microsoft SMTP Server id 15.20.1.2; Tue, 1 Oct 2026 10:00:00 +0000"
GMAIL = "by 2002:a05:6000:1::1 with SMTP id x1csp1; Mon, 1 Oct 2026 03:00:00 -0700 (PDT)"
GMAIL_IN = "from rdns.example (rdns.example. [203.0.113.7]) by mx.google.com with ESMTPS id y1 for <u@gmail.com> (version=TLS1_3 cipher=T bits=256/256); Mon, 1 Oct 2026 03:00:00 -0700 (PDT)"
QMAIL = "from unknown (HELO helo.example) (203.0.113.7) by mx.example with SMTP; 1 Oct 2026 10:00:00 -0000"
QMAIL_NAMED = (
    "from rdns.example (HELO helo.example) (bob@203.0.113.7) by mx.example with SMTP; 1 Oct 2026 10:00:00 -0000"
)
QMAIL_LOCAL = "(qmail 1234 invoked by uid 48); 1 Oct 2026 10:00:00 -0000"
HOTMAIL = "from 203.0.113.7 by by1fd.bay1.hotmail.msn.com with HTTP; Tue, 01 Oct 2026 10:00:00 GMT"
AOL = "from user@x.example by imo-m01.mx.aol.com (mail_out_v36_r4.9.) id 7.12 (1234) for <u@b.example>; Tue, 1 Oct 2026 10:00:00 -0400 (EDT)"
YAHOO = "from [203.0.113.7] by web1.mail.yahoo.com via HTTP; Tue, 01 Oct 2026 10:00:00 PDT"
POP = "from pop.isp.example [203.0.113.7] by localhost with POP3 (fetchmail-6.2.5.2) for u@localhost (single-drop); Tue, 01 Oct 2026 10:00:00 +0000"
COMMUNIGATE = "from [203.0.113.7] (account bob@x.example HELO [10.0.0.2]) by mx.example (CommuniGate Pro SMTP 5.1.2) with ESMTPSA id 2; Tue, 01 Oct 2026 10:00:00 +0000"
V6 = "from helo.example (rdns.example [IPv6:2001:db8::7]) by mx.example (Postfix) with ESMTP id 1; Tue, 1 Oct 2026 10:00:00 +0000"


@pytest.mark.parametrize(
    ("text", "from_name", "helo", "reverse", "peer", "by"),
    [
        (POSTFIX, "helo.example", "helo.example", "rdns.example", "203.0.113.7", "mx.example"),
        (UNKNOWN, "helo.example", "helo.example", "", "203.0.113.7", "mx.example"),
        (SENDMAIL, "helo.example", "helo.example", "rdns.example", "203.0.113.7", "mx.example"),
        (EXIM, "rdns.example", "helo.example", "rdns.example", "203.0.113.7", "mx.example"),
        (EXIM_BARE, "[203.0.113.7]", "198.51.100.9", "", "203.0.113.7", "mx.example"),
        (EXCHANGE, "HELO-EXAMPLE", "HELO-EXAMPLE", "", "203.0.113.7", "EX1.corp.example"),
        (M365, "AB1PR01MB1.eurprd01.prod.outlook.com", "AB1PR01MB1.eurprd01.prod.outlook.com", "", "2603:10a6:1:2::3", "CD1.prod.outlook.com"),
        (GMAIL, "", "", "", "", "2002:a05:6000:1::1"),
        (GMAIL_IN, "rdns.example", "rdns.example", "rdns.example.", "203.0.113.7", "mx.google.com"),
        (QMAIL, "unknown", "helo.example", "", "203.0.113.7", "mx.example"),
        (QMAIL_NAMED, "rdns.example", "helo.example", "rdns.example", "203.0.113.7", "mx.example"),
        (QMAIL_LOCAL, "", "", "", "", ""),
        (HOTMAIL, "203.0.113.7", "203.0.113.7", "", "203.0.113.7", "by1fd.bay1.hotmail.msn.com"),
        (AOL, "user@x.example", "user@x.example", "", "", "imo-m01.mx.aol.com"),
        (YAHOO, "[203.0.113.7]", "[203.0.113.7]", "", "203.0.113.7", "web1.mail.yahoo.com"),
        (POP, "pop.isp.example", "pop.isp.example", "", "203.0.113.7", "localhost"),
        (COMMUNIGATE, "[203.0.113.7]", "10.0.0.2", "", "203.0.113.7", "mx.example"),
        (V6, "helo.example", "helo.example", "rdns.example", "2001:db8::7", "mx.example"),
    ],
)  # fmt: skip
def test_known_servers(text: str, from_name: str, helo: str, reverse: str, peer: str, by: str) -> None:
    read = line(text)
    assert (read.from_name, read.helo, read.reverse_name, address(read), read.by_name) == (
        from_name,
        helo,
        reverse,
        peer,
        by,
    )
    assert read.at is not None


@pytest.mark.parametrize(
    ("text", "protocol", "recipient", "account", "verified", "retrieval"),
    [
        (POSTFIX, "ESMTPS", "u@b.example", "", True, False),
        (UNKNOWN, "ESMTPSA", "", "bob@x.example", False, False),
        (SENDMAIL, "ESMTP", "u@b.example", "", False, False),
        (EXIM, "esmtps", "u@b.example", "", True, False),
        (QMAIL_NAMED, "SMTP", "", "", False, False),
        (POP, "POP3", "u@localhost", "", False, True),
        (COMMUNIGATE, "ESMTPSA", "", "bob@x.example", False, False),
        (EXCHANGE, "Microsoft SMTP Server", "", "", False, False),
    ],
)
def test_details(text: str, protocol: str, recipient: str, account: str, verified: bool, retrieval: bool) -> None:
    read = line(text)
    assert (read.protocol, read.recipient, read.account) == (protocol, recipient, account)
    assert (read.reverse_verified, read.retrieval) == (verified, retrieval)


@pytest.mark.parametrize(
    "words",
    [
        "(Authenticated sender: bob@x.example)",
        "(user=bob@x.example mech=LOGIN)",
        "(account bob@x.example)",
        "(authenticated_user=bob@x.example)",
    ],
)
def test_accounts(words: str) -> None:
    assert line(f"from pc ([203.0.113.7]) {words} by y.example; 1 Oct 2026 10:00:00 +0000").account == "bob@x.example"


def test_a_recipient_named_accounts_is_no_account() -> None:
    read = line(
        "from x (localhost [127.0.0.1]) by y.example (Postfix) with ESMTP id 9 for <accounts@shop.example>; 1 Oct 2026 10:00:00 +0300"
    )
    assert (read.account, read.recipient) == ("", "accounts@shop.example")


@pytest.mark.parametrize(
    ("comment", "peer"),
    [
        ("bob@203.0.113.7", "203.0.113.7"),
        ("::1", "::1"),
        ("x 192.0.2.1 [203.0.113.7]", "203.0.113.7"),
        ("HELO [192.0.2.1]", ""),
        ("nothing", ""),
    ],
)
def test_peer_in_a_comment(comment: str, peer: str) -> None:
    assert address(line(f"from x ({comment}) by y.example; 1 Oct 2026 10:00:00 +0000")) == peer


def test_address_given_as_helo_is_kept_apart() -> None:
    read = line(EXIM_BARE)
    assert [host.value for host in read.other_addresses] == ["198.51.100.9"]


def test_address_of_the_server() -> None:
    read = line(EXCHANGE)
    assert read.by_address and read.by_address.value == "10.1.1.2"
    assert line("from a by [203.0.113.7] with SMTP; 1 Oct 2026 10:00:00 +0000").by_address
    bracketed = line("from a by mx.example (mta [203.0.113.7]) with SMTP; 1 Oct 2026 10:00:00 +0000").by_address
    assert bracketed and bracketed.value == "203.0.113.7"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("from a by b; Tue, 1 Oct 2026 10:00:00 +0200", "2026-10-01T10:00:00+02:00"),
        ("from a.example by b.example with SMTP Tue, 1 Oct 2026 10:00:00 +0200", "2026-10-01T10:00:00+02:00"),
        ("from a by b id 2026-10-01 10:00:00 +0200", "2026-10-01T10:00:00+02:00"),
        ("from a by b; nonsense", ""),
        ("from a by b", ""),
        ("1 Oct 2026 10:00:00 +0000 from a by b with a very long rest of a line that tells nothing about dates", ""),
    ],
)
def test_dates(text: str, at: str) -> None:
    read = line(text)
    assert (read.at.rfc3339 if read.at else "") == at


@pytest.mark.parametrize(
    "text",
    ["", ";", "from", "from by", "(((", ")))", "from (a (b (c", "by ; ", "from x by (unnamed) id 1", "from a from b by c by d", "from \"q\" <a@b> [x"],
)  # fmt: skip
def test_broken_lines_give_what_they_hold(text: str) -> None:
    read = line(text)
    assert read.from_address is None
    assert read.at is None


def test_unclosed_comment_still_gives_the_address() -> None:
    assert address(line("from x (rdns.example [203.0.113.7] by y.example")) == "203.0.113.7"


def test_long_lines_are_cut() -> None:
    assert len(line("from " + "a" * 20_000).text) <= 8_000
