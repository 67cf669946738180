"""How dates, sums, codes and evidence are written."""

from datetime import date

import pytest

from comity.plan.report import words


@pytest.mark.parametrize(
    ("at", "zone", "text"),
    [
        ("2026-11-24", "", "24 Nov 2026"),
        ("2026-11-17T04:12:36Z", "Asia/Kolkata", "17 Nov 2026, 09:42:36 +05:30 (04:12:36 UTC)"),
        ("2026-11-17T22:00:00Z", "Asia/Kolkata", "18 Nov 2026, 03:30:00 +05:30 (17 Nov 2026, 22:00:00 UTC)"),
        ("2026-11-17T04:12:36+00:00", "UTC", "17 Nov 2026, 04:12:36 UTC"),
        ("2026-11-17T07:12:36+03:00", "", "17 Nov 2026, 07:12:36 +03:00 (04:12:36 UTC)"),
        ("2026-11-17T07:12:36", "Asia/Dubai", "17 Nov 2026, 07:12:36"),
        ("2026-11-17T04:12:36Z", "No/Such", "17 Nov 2026, 04:12:36 UTC"),
        ("2026-11-17T04:12:36Z", "../../etc", "17 Nov 2026, 04:12:36 UTC"),
        ("yesterday at noon", "", "yesterday at noon"),
        ("", "", ""),
    ],
)
def test_moments(at: str, zone: str, text: str) -> None:
    assert words.moment(at, zone) == text


@pytest.mark.parametrize(
    ("number", "currency", "state", "text"),
    [
        ("2444998", "INR", "IN", "INR 24,44,998"),
        ("24800.50", "USD", "US", "USD 24,800.50"),
        ("91078", "AED", "RU", "AED 91,078"),
        ("1000000", "EUR", "!!", "EUR 1,000,000"),
        ("many", "EUR", "FR", "EUR many"),
    ],
)
def test_amounts_are_grouped_as_the_state_groups_them(number: str, currency: str, state: str, text: str) -> None:
    assert words.amount(number, currency, state) == text


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://www.coe.int/en/web/conventions?a=1&b=2", True),
        ("http://example.org/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("https://user:secret@example.org/", False),
        ("https://example.org:8443/", False),
        ("https://example.org:port/", False),
        ("https://[::1", False),
        ("https://localhost/", False),
        ("https:///path.only", False),
        ("https://example.org/\nhttps://evil.example", False),
        ('https://example.org/"onclick="x', False),
        ("https://exämple.org/", False),
        ("memory", False),
        ("", False),
    ],
)
def test_links(url: str, kept: bool) -> None:
    assert words.safe_link(url) == (url if kept else "")


def test_codes_become_words() -> None:
    assert words.words("subscriber_information") == "subscriber information"
    assert words.words("ipv4-addr") == "IPv4 address"


def test_counts_and_lists() -> None:
    assert words.count(1, "step") == "1 step"
    assert words.count(1200, "step") == "1,200 steps"
    assert words.count(2, "query", "queries") == "2 queries"
    assert [words.listing(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (1023, "1023 bytes"),
        (1024, "1.0 KiB"),
        (6450, "6.3 KiB"),
        (3 << 20, "3.0 MiB"),
        (5 << 40, "5120.0 GiB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert words.size(size) == text


def test_defanged_text_is_no_url() -> None:
    assert words.defanged("https://a.example/b.c") == "hxxps[:]//a[.]example/b[.]c"
    assert words.defanged("HTTP://a.example") == "hxxp[:]//a[.]example"


def test_plain_text_keeps_scripts_and_names_what_hides() -> None:
    kept = "प्रमाण‍पत्र\u200c Жалоба 請求 ⚠ é\n\t"
    assert words.plain(kept) == kept
    assert words.plain("a\u202eb\u200bc\x07\u2028\ud800") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+0007⟩⟨U+2028⟩⟨U+D800⟩"


def test_very_long_text_is_cut_and_counted() -> None:
    assert words.plain("x" * (words.LONGEST_TEXT + 1234)).endswith("x… (1,234 more)")


def test_days() -> None:
    assert words.day(date(2027, 2, 8)) == "8 Feb 2027"
