"""Targets within links: cut where the outer link ends them, decoded as often as they were encoded."""

import pytest

from comity.leads.extract import find_in_text
from comity.leads.extract.wrapped import find_wrapped, unwrap


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("https://www.google.com/url?q=https%3A%2F%2Fevil.com%2Fx&sa=D", "https://evil.com/x"),
        ("https://www.google.com/url?q=https%3A%2F%2Fevil.com%2F%3Fa%3D1%26b%3D2&sa=D", "https://evil.com/?a=1&b=2"),
        ("https://www.google.com/url?q=https://evil.com/x&sa=D", "https://evil.com/x"),
        ("https://a.com/?u=https://evil.com/x#top", "https://evil.com/x"),
        ("https://a.com/#https%3A//evil.com/", "https://evil.com/"),
        ("https://a.com/?u=https%253A%252F%252Fevil.com%252Fx%2520y&z", "https://evil.com/x y"),
        ("https://web.archive.org/web/2020/https://evil.com/x?a=1&b=2", "https://evil.com/x?a=1&b=2"),
        ("https://a.com/go/https%3A%2F%2Fevil.com%2Fx/3/y", "https://evil.com/x"),
        ("https://urldefense.com/v3/__https://evil.com/x__;!!abc$", "https://evil.com/x"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.com_a-2Db&d=Dw", "https://evil.com/a-b"),
        ("https://www.bing.com/ck/a?!&&p=e2&u=a1aHR0cHM6Ly9ldmlsLmNvbS94P2E9MQ&ntb=1", "https://evil.com/x?a=1"),
        ("https://a.com/?r=aHR0cDovL2V2aWwuY29tL3g=", "http://evil.com/x"),
    ],
)
def test_target(link: str, target: str) -> None:
    assert unwrap(link) == (target,)


def test_targets_within_targets() -> None:
    link = "https://eur.safelinks.example/?url=https%3A%2F%2Fg.com%2Furl%3Fq%3Dhttps%253A%252F%252Fevil.com%252F%26x%3D1&d=05"
    assert unwrap(link) == ("https://g.com/url?q=https%3A%2F%2Fevil.com%2F&x=1", "https://evil.com/")


@pytest.mark.parametrize(
    "link",
    [
        "mailto:a@b.com",
        "https://a.com/?u=httpsnothing",
        "https://a.com/?u=aHR0cHM6Lyd",
        "https://a.com/?u=aHR0cHM6Ly//8=",
        "https://a.com/?u=xaHR0cHM6Ly9ldmlsLmNvbS94",
        "https://a.com/?u=aHR0chm6ly9ldmlsLmNvbS94",
        "/relative?u=https%3A%2F%2Fevil.com",
    ],
)
def test_no_target(link: str) -> None:
    assert unwrap(link) == ()


def test_many_targets_cost_bounded_time() -> None:
    assert len(list(find_wrapped("?u=https://a.com&" * 10_000, 0))) == 20
    assert unwrap("https://a.com/?" + "u=https://a.com/?" * 1_000)


def test_place_of_a_plain_target_is_its_own() -> None:
    text = "see https://a.com/?u=https://evil.com/x&y=1 now"
    found = {(seen.value, text[seen.start : seen.end]) for seen in find_in_text(text)}
    assert ("https://evil.com/x", "https://evil.com/x") in found
    assert ("evil.com", "evil.com") in found
