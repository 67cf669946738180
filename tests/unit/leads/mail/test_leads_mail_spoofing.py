"""Who a mail pretends to be: display names, addresses that differ, verdicts, subjects."""

import pytest

from comity.leads.mail import MailContent, read_mail

MX = "Received: from s.example.net (s.example.net [203.0.113.7]) by mx.example.com (Postfix); Tue, 1 Oct 2026 10:00:00 +0000\n"


def read(headers: str, *, protected: tuple[str, ...] = (), body: str = "") -> MailContent:
    return read_mail(
        f"{headers}Message-ID: <1@example.com>\nDate: Tue, 1 Oct 2026 10:00:00 +0000\n\n{body}\n".encode(),
        artifact="a1",
        protected=protected,
    )


def codes(headers: str) -> dict[str, str]:
    return {finding.code: finding.severity.value for finding in read(headers).findings}


@pytest.mark.parametrize(
    ("headers", "code", "severity"),
    [
        ("To: a@b.example\n", "from-missing", "warning"),
        ("From: nobody\n", "from-malformed", "warning"),
        ('From: "kyc@bank.com" <a@evil.com>\n', "display-name-address", "warning"),
        ("From: Bank www.bank.com <a@evil.com>\n", "display-name-address", "warning"),
        ('From: "other@evil.com" <a@evil.com>\n', "display-name-address", "warning"),
        ("From: MetaMask Support <a@evil.com>\n", "display-name-brand", "notice"),
        ("From: =?utf-8?b?0KBheVBhbA==?= <a@evil.com>\n", "mixed-script-name", "warning"),
        ("From: =?utf-8?q?a=E2=80=AEb?= <a@evil.com>\n", "bidi-control", "warning"),
        ("From: =?utf-8?q?Pay=E2=80=8BPal?= <a@evil.com>\n", "invisible-characters", "notice"),
        ("From: a@b.example, c@d.example\n", "from-several", "warning"),
        ("From: a@b.example, c@d.example\nSender: a@b.example\n", "from-several", "notice"),
        ("From: =?utf-8?q?Bank_=3Ca=40evil=2Ecom=3E?=\n", "from-hidden-in-words", "warning"),
        ("From: a@bank.com\nReply-To: a@evil.com\n", "reply-to-differs", "warning"),
        ("From: a@bank.com\nReply-To: b@bank.com\n", "reply-to-other-address", "info"),
        ("From: a@bank.com\nReturn-Path: <a@evil.com>\n", "return-path-differs", "notice"),
        ("From: a@bank.com\nSender: a@evil.com\n", "sender-differs", "notice"),
        ("From: a@bank.com\nFrom: b@bank.com\n", "header-repeated", "warning"),
        ("Authentication-Results: mx.example.com; spf=fail smtp.mailfrom=bank.com\n" + MX + "From: a@bank.com\n", "spf-fail", "notice"),
        ("Authentication-Results: mx.example.com; dmarc=fail header.from=bank.com\n" + MX + "From: a@bank.com\n", "dmarc-fail", "warning"),
        ("Authentication-Results: mx.example.com; dkim=fail\n" + MX + "From: a@bank.com\n", "dkim-fail", "notice"),
        ("From: a@b.example\nSubject: =?utf-8?b?UGF50YBhbA==?= now\n", "mixed-script-subject", "notice"),
        ("From: a@b.example\nSubject: =?utf-8?q?a=E2=80=AEb?=\n", "bidi-control", "notice"),
        ("From: a@b.example\nSubject: =?utf-8?q?a=E2=80=8Bb=E2=80=8Bc?=\n", "invisible-characters", "notice"),
        ("From: a@paypa1.com\n", "look-alike-domain", "warning"),
        ("From: a@paypal-login.com\n", "known-name-in-host", "notice"),
        ("From: a@bücher.de\n", "internationalised-domain", "info"),
        ("From: a@pаypal-x.com\n", "mixed-script-domain", "warning"),
    ],
)  # fmt: skip
def test_findings(headers: str, code: str, severity: str) -> None:
    assert codes(headers).get(code) == severity


@pytest.mark.parametrize(
    "headers",
    [
        "From: a@bank.com\nReply-To: A@bank.com\nReturn-Path: <bounce@mail.bank.com>\nSender: x@bank.com\n",
        "From: bank.com <a@bank.com>\n",
        'From: "a@bank.com" <a@bank.com>\n',
        "From: Ann <a@bank.com>\nReturn-Path: <>\n",
        "From: PayPal <service@paypal.com>\n",
        "From: Dr. A. Miller St.Louis <a@bank.com>\n",
        "From: a@localhost\nReply-To: b@localhost\n",
    ],
)
def test_honest_senders(headers: str) -> None:
    assert set(codes(headers)) <= {"reply-to-other-address", "message-id-differs"}


def test_untrusted_verdicts_are_not_repeated() -> None:
    assert "spf-fail" not in codes(MX + "X: y\nAuthentication-Results: mx.example.com; spf=fail\nFrom: a@bank.com\n")
    assert "arc-fail" not in codes("ARC-Seal: cv=fail; d=x.example\n" + MX + "From: a@bank.com\n")


def test_look_alikes_are_tagged_and_the_victims_protected() -> None:
    mail = read("From: a@suvarnarekha-bank-in.com\n", protected=("suvarnarekha.bank.in",))
    (domain,) = [one for one in mail.sightings if one.value == "suvarnarekha-bank-in.com"]
    assert "look-alike" in domain.tags


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ("From: a@bank.com\nMessage-ID: <1@evil.com>\n", "message-id-differs"),
        (MX + "From: a@bank.com\nMessage-ID: <1@mx.example.com>\n", "message-id-added"),
        ("From: a@bank.com\n", "message-id-missing"),
    ],
)
def test_message_id(headers: str, code: str) -> None:
    mail = read_mail(f"{headers}\n".encode(), artifact="a1")
    assert code in {finding.code for finding in mail.findings}


@pytest.mark.parametrize("message_id", ["<1@mail.bank.com>", "<1@host.lan>", "<1>", "<1@bounce.net>"])
def test_fitting_message_id(message_id: str) -> None:
    mail = read_mail(
        f"From: a@bank.com\nReturn-Path: <x@bounce.net>\nMessage-ID: {message_id}\n\n".encode(), artifact="a1"
    )
    assert not {finding.code for finding in mail.findings} & {"message-id-differs", "message-id-added"}
