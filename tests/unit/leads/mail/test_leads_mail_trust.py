"""Where trust ends: hop by hop, against what senders forge; the origin and the reasons for it."""

import pytest

from comity.leads.mail import MailContent, read_mail
from comity.leads.mail.headers import read_headers
from comity.leads.mail.received import read_received
from comity.leads.mail.trust import Boundary, find_boundary

DATE = "; Tue, 1 Oct 2026 10:00:00 +0000"
MX = f"from mail.example.net (mail.example.net [203.0.113.7]) by mx.example.com (Postfix) with ESMTP id 1{DATE}"
INSIDE = f"from mx.example.com (mx.example.com [10.0.0.5]) by store.example.com (Postfix) with LMTP id 2{DATE}"
FORGED = f"from pay.example.com (pay.example.com [198.51.100.9]) by mail.example.net with ESMTP id 3{DATE}"


def boundary(*lines: str, known: tuple[str, ...] = ()) -> Boundary:
    block = read_headers("".join(f"Received: {line}\n" for line in lines).encode() + b"\n", at_most=100)
    return find_boundary(tuple(map(read_received, block.fields)), known=known)


def mail(*lines: str, headers: str = "") -> MailContent:
    return read_mail(("".join(f"Received: {line}\n" for line in lines) + headers + "\nbody\n").encode(), artifact="a1")


def reasons(content: MailContent) -> str:
    return "\n".join(reason.text for reason in content.reading.origin_reasons)


def test_the_first_outside_peer_is_the_origin() -> None:
    found = boundary(INSIDE, MX, FORGED)
    assert (found.trusted, found.origin, found.broken) == (2, "203.0.113.7", False)


def test_a_line_that_names_the_bank_under_the_boundary_proves_nothing() -> None:
    found = boundary(MX, INSIDE, FORGED)
    assert (found.trusted, found.origin) == (1, "203.0.113.7")


def test_no_lines() -> None:
    found = boundary()
    assert (found.trusted, found.origin, found.line) == (0, "", None)


def test_helo_of_the_receiving_side_proves_nothing() -> None:
    found = boundary(f"from mx.example.com (unknown [203.0.113.7]) by mx2.example.com with SMTP id 1{DATE}", MX)
    assert (found.trusted, found.origin) == (1, "203.0.113.7")


def test_a_verified_name_of_the_receiving_side_is_inside() -> None:
    relay = f"from x (relay.example.com [198.51.100.25]) by mx.example.com (Postfix) with SMTP id 1{DATE}"
    below = f"from y (y.example.net [203.0.113.7]) by relay.example.com (Postfix) with SMTP id 1{DATE}"
    assert boundary(relay, below).origin == "203.0.113.7"
    forged = relay.replace("[198.51.100.25]", "[198.51.100.25] (may be forged)")
    assert boundary(forged, below).origin == "198.51.100.25"


def test_a_verified_name_of_a_provider_is_not_inside() -> None:
    """Google's servers also send for Google's other customers."""
    gmail = f"from mail-x.google.com (mail-x.google.com [209.85.1.2]) by mx.google.com with ESMTPS id 1{DATE}"
    assert boundary(gmail, MX).origin == "209.85.1.2"


def test_internal_networks_of_an_operator_are_inside() -> None:
    top = f"from A.prod.outlook.com (2603:10a6::3) by B.prod.outlook.com (2603:10a6::8) with Microsoft SMTP Server id 15.20.1.2{DATE}"
    edge = f"from mail.example.net (203.0.113.7) by C.mail.protection.outlook.com (10.1.1.2) with Microsoft SMTP Server id 15.20.1.2{DATE}"
    found = boundary(top, edge, FORGED)
    assert (found.trusted, found.origin) == (2, "203.0.113.7")


def test_gmail_hands_over_to_itself_without_from() -> None:
    found = boundary(
        "by 2002:a05:6000:1::1 with SMTP id x1csp1; Mon, 1 Oct 2026 03:00:00 -0700 (PDT)",
        "from s.example (s.example. [203.0.113.7]) by mx.google.com with ESMTPS id y1; Mon, 1 Oct 2026 03:00:00 -0700 (PDT)",
        FORGED,
    )
    assert (found.trusted, found.origin) == (2, "203.0.113.7")


def test_qmail_writes_lines_without_hosts() -> None:
    found = boundary(
        "(qmail 12 invoked by uid 7); 1 Oct 2026 10:00:00 -0000",
        "from unknown (HELO x) (203.0.113.7) by mx.example.com with SMTP; 1 Oct 2026 10:00:00 -0000",
        FORGED,
    )
    assert (found.trusted, found.origin) == (2, "203.0.113.7")


def test_fetched_from_a_mailbox() -> None:
    found = boundary(
        f"from pop.example.com [198.51.100.25] by localhost with POP3 (fetchmail-6.3.1) for u@localhost{DATE}",
        MX,
    )
    assert (found.trusted, found.origin) == (2, "203.0.113.7")


def test_peer_named_without_an_address() -> None:
    found = boundary(f"from mail.example.net by mx.example.com with SMTP{DATE}", FORGED)
    assert (found.trusted, found.origin) == (1, "")
    assert found.line is not None
    inside = boundary(f"from store.example.com by mx.example.com with SMTP{DATE}")
    assert inside.line is None


def test_broken_chain() -> None:
    found = boundary(
        f"from localhost (localhost [127.0.0.1]) by mx.example.com with SMTP{DATE}",
        f"from a.example by z.example.org{DATE}",
    )
    assert (found.trusted, found.broken, found.origin) == (1, True, "")


def test_same_host_by_address() -> None:
    found = boundary(
        f"from x ([10.0.0.5]) by mx.example.com with SMTP{DATE}",
        f"from y.example.net ([203.0.113.7]) by [10.0.0.5] with SMTP{DATE}",
    )
    assert (found.trusted, found.origin) == (2, "203.0.113.7")


def test_same_host_by_name() -> None:
    found = boundary(
        f"from gate.example.org (gate.example.org [10.0.0.5]) by mx.example.com with SMTP{DATE}",
        f"from y.example.net ([203.0.113.7]) by gate.example.org with SMTP{DATE}",
    )
    assert (found.trusted, found.origin) == (2, "203.0.113.7")


@pytest.mark.parametrize("known", ["203.0.113.7", "203.0.113.0/24", "2001:db8::/32"])
def test_the_investigator_moves_the_boundary(known: str) -> None:
    found = boundary(MX, FORGED.replace("mail.example.net", "gate.example.com"), known=(known, "example.com"))
    assert found.origin == ("203.0.113.7" if ":" in known else "198.51.100.9")


def test_lowest_public_address_where_all_peers_seem_own() -> None:
    found = boundary(
        f"from relay.example.com (relay.example.com [198.51.100.25]) by mx.example.com (Postfix) with SMTP id 1{DATE}"
    )
    assert (found.line, found.origin) == (None, "198.51.100.25")


def test_no_host_address_is_judged_by_its_name() -> None:
    assert boundary(f"from mail.example.net ([255.255.255.255]) by mx.example.com with SMTP{DATE}").line is not None


def test_reading_tells_each_hop() -> None:
    content = mail(MX, FORGED)
    first, second = content.reading.hops
    assert (first.index, first.trusted, first.from_address, first.by_name) == (
        1,
        True,
        "203.0.113.7",
        "mx.example.com",
    )
    assert (second.trusted, second.delay_seconds, first.delay_seconds) == (False, None, 0)
    assert content.reading.origin_address == "203.0.113.7"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "no Received header"),
        ((MX,), "line [1] is the receiving side's own"),
        ((INSIDE, MX), "lines [1] to [2] are"),
        ((MX, FORGED), "Everything under it (line [2])"),
        ((MX, FORGED, FORGED), "Everything under it (lines [2] to [3])"),
        ((MX,), "mail.example.net, by the server's own look-up"),
        ((MX.replace("from mail.example.net (mail", "from liar.example (mail"),), "it called itself liar.example"),
        ((MX.replace("(mail.example.net [", "(unknown ["),), "which called itself mail.example.net"),
        ((f"from [203.0.113.7] by mx.example.com with HTTP{DATE}",), "came from 203.0.113.7: the first"),
        ((f"from mail.example.net by mx.example.com with SMTP{DATE}",), "and no address"),
        ((f"from localhost by mx.example.com{DATE}",), "No line names an address outside"),
        ((f"from localhost by mx.example.com{DATE}", f"from a.example by z.example.org{DATE}"), "nothing ties to the receiving side"),
        ((f"from r (relay.example.com [198.51.100.25]) by mx.example.com{DATE}",), "lowest public address"),
        ((f"from m.google.com (m.google.com [209.85.1.2]) by mx.example.com{DATE}",), "is of Google, which serves many customers"),
        ((f"from m.google.com (unknown [209.85.1.2]) by mx.example.com{DATE}",), "would be of Google"),
        ((MX, f"from pc ([192.0.2.1]) by mail.example.net with ESMTPA{DATE}"), "the mail came to it from 192.0.2.1"),
        ((MX, f"from pc ([10.0.0.1]) (Authenticated sender: bob@example.org) by mail.example.net{DATE}"), "the account bob@example.org was signed in"),
        ((MX.replace("mail.example.net (mail.example.net [", "mx3.example.com (unknown ["), INSIDE), "read on from line [2]"),
        ((f"by mx.example.com with SMTP{DATE}", f"from x by [10.0.0.9]{DATE}", f"from y ([203.0.113.7]) by 10.0.0.9{DATE}"), "203.0.113.7"),
    ],
)  # fmt: skip
def test_reasons(lines: tuple[str, ...], said: str) -> None:
    assert said in reasons(mail(*lines))


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ("X-Originating-IP: [192.0.2.1]\n", "X-Originating-IP claims the client 192.0.2.1"),
        ("X-Originating-IP: 203.0.113.7\n", "X-Originating-IP names the same address"),
        ("X-Sender-IP: 10.1.2.3\n", "an internal address that leads to no place by itself"),
        ("X-PHP-Script: shop.example/mail.php for 192.0.2.1, 192.0.2.2\n", "claims the client 192.0.2.2"),
    ],
)
def test_what_other_headers_claim(headers: str, said: str) -> None:
    assert said in reasons(mail(MX, headers=headers))


def test_spf_agrees_or_disagrees() -> None:
    spf = "Received-SPF: pass (mx.example.com: domain of a@example.net designates {0} as permitted sender) client-ip={0};\n"
    top = read_mail((spf.format("203.0.113.7") + f"Received: {MX}\n\n").encode(), artifact="a1")
    assert "the receiving side recorded agrees" in reasons(top)
    other = read_mail((spf.format("192.0.2.9") + f"Received: {MX}\n\n").encode(), artifact="a1")
    assert "disagrees: it names 192.0.2.9" in reasons(other)
