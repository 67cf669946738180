"""Address lists: the forms of RFC 5322 and the wrong ones of real mail; nobody is lost and nobody invented."""

import pytest

from comity.leads.mail.addresses import Mailbox, read_addresses


def pairs(text: str) -> list[tuple[str, str]]:
    return [(box.name, box.address) for box in read_addresses(text)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a@b.example", [("", "a@b.example")]),
        ("<a@b.example>", [("", "a@b.example")]),
        ("Ann <a@b.example>", [("Ann", "a@b.example")]),
        ('"Ann, B." <a@b.example>, c@d.example', [("Ann, B.", "a@b.example"), ("", "c@d.example")]),
        ("a@b.example (Ann)", [("Ann", "a@b.example")]),
        ("a@b.example (Ann (of B))", [("Ann (of B)", "a@b.example")]),
        ("Ann (the boss) <a@b.example>", [("Ann", "a@b.example")]),
        ("(Ann) <a@b.example>", [("Ann", "a@b.example")]),
        ('"a\\"b" <a@b.example>', [('a"b', "a@b.example")]),
        ('"a b"@c.example', [("", '"a b"@c.example')]),
        ('<"a b"@c.example>', [("", '"a b"@c.example')]),
        ("team: a@b.example, Cy <c@d.example>; e@f.example", [("", "a@b.example"), ("Cy", "c@d.example"), ("", "e@f.example")]),
        ("undisclosed-recipients:;", []),
        ("Empty: ; a@b.example", [("", "a@b.example")]),
        ("<@relay.example,@r2.example:a@b.example>", [("", "a@b.example")]),
        ("<@relay.example:a@b.example>", [("", "a@b.example")]),
        ("a@b.example; c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        ("Ann a@b.example", [("Ann", "a@b.example")]),
        ("a @ b.example", [("", "a@b.example")]),
        ("a@ b.example", [("", "a@b.example")]),
        ("Ann <a@b.example", [("Ann", "a@b.example")]),
        ("Ann < a@b.example >", [("Ann", "a@b.example")]),
        ("Ann <<a@b.example>>", [("Ann", "a@b.example")]),
        ("'a@b.example'", [("", "a@b.example")]),
        ("\"a@b.example\"", [("", "a@b.example")]),
        ('"x@y.example" <a@b.example>', [("x@y.example", "a@b.example")]),
        ("x@y.example <a@b.example>", [("x@y.example", "a@b.example")]),
        ("<mailto:a@b.example>", [("", "a@b.example")]),
        ("mailto:a@b.example?subject=x", [("", "a@b.example?subject=x")]),
        ("<mailto:a@b.example?subject=x>", [("", "a@b.example")]),
        ("[mailto:a@b.example]", [("", "a@b.example")]),
        ("a@b.example <a@b.example> <c@d.example>", [("a@b.example", "a@b.example"), ("", "c@d.example")]),
        ("user@pot@b.example", [("", "user@pot@b.example")]),
        ("a@[203.0.113.7]", [("", "a@[203.0.113.7]")]),
        ("a@[IPv6:2001:db8::7]", [("", "a@[IPv6:2001:db8::7]")]),
        ("postmaster@203.0.113.7", [("", "postmaster@203.0.113.7")]),
        ("Ann", [("Ann", "")]),
        ("MAILER-DAEMON", [("MAILER-DAEMON", "")]),
        ("<MAILER-DAEMON>", [("", "MAILER-DAEMON")]),
        ("<>", []),
        ("", []),
        (" , ;, ", []),
        ('"never closed <a@b.example>', [("never closed", "a@b.example")]),
        ('Ann "the "boss" <a@b.example>', [("Ann the boss", "a@b.example")]),
        ("(never closed a@b.example", [("never closed", "a@b.example")]),
        ("a)b <c@d.example>", [("a)b", "c@d.example")]),
        ("=?utf-8?q?M=C3=BCller=2C_A?= <a@b.example>", [("Müller, A", "a@b.example")]),
        ('"=?utf-8?q?M=C3=BCller?=" <a@b.example>', [("Müller", "a@b.example")]),
        ("a@b.example (=?utf-8?q?M=C3=BCller?=)", [("Müller", "a@b.example")]),
        ("Ann Müller <a@bücher.example>", [("Ann Müller", "a@bücher.example")]),
        ("(only a comment)", []),
        ("A. B. C <a@b.example>", [("A. B. C", "a@b.example")]),
        ("a.@b.example", [("", "a.@b.example")]),
        ("a..b@c.example", [("", "a..b@c.example")]),
        ("<a b@c.example>", [("", "b@c.example")]),
        ("<a@b.example c>", [("", "a@b.examplec")]),
        ("<@b.example>", [("", "@b.example")]),
    ],
)  # fmt: skip
def test_lists(written: str, read: list[tuple[str, str]]) -> None:
    assert pairs(written) == read


def test_address_hidden_in_an_encoded_word_is_marked() -> None:
    assert read_addresses("=?utf-8?q?Bank_=3Ca=40b=2Eexample=3E?=") == (
        Mailbox(name="Bank", address="a@b.example", in_words=True),
    )
    assert read_addresses("=?utf-8?q?no_address?=") == (Mailbox(name="no address", address=""),)


def test_domain() -> None:
    assert Mailbox(name="", address="a@b@c.example").domain == "c.example"
    assert Mailbox(name="", address="root").domain == ""


def test_at_most() -> None:
    assert len(read_addresses("a@b.example," * 10, at_most=3)) == 3
