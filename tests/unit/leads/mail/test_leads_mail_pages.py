"""HTML as mail holds it: tokens, text, links wherever they hide; in time that grows with the length only."""

import time

import pytest

from comity.leads.mail.html import Comment, EndTag, StartTag, Text, read_tokens, unescape_attribute
from comity.leads.mail.pages import Use, read_page, sniff_charset


def targets(source: str) -> list[tuple[str, str]]:
    return [(link.at, link.target) for link in read_page(source).links]


@pytest.mark.parametrize(
    ("source", "tokens"),
    [
        ("a &amp; b", [Text(text="a & b")]),
        ("<P CLASS='x' hidden>", [StartTag(name="p", attributes={"class": "x", "hidden": ""})]),
        ("<a href=x/y>t</A >", [StartTag(name="a", attributes={"href": "x/y"}), Text(text="t"), EndTag(name="a")]),
        ('<a href="1" href="2">', [StartTag(name="a", attributes={"href": "1"})]),
        ("<img/src=x>", [StartTag(name="img", attributes={"src": "x"})]),
        ("<a href='never closed", [StartTag(name="a", attributes={"href": "never closed"})]),
        ("<a x=>", [StartTag(name="a", attributes={"x": ""})]),
        ("1 < 2 <3", [Text(text="1 "), Text(text="<"), Text(text=" 2 "), Text(text="<"), Text(text="3")]),
        ("<!-- c -->t", [Comment(text=" c "), Text(text="t")]),
        ("<!-->t", [Comment(text=""), Text(text="t")]),
        ("<!--->t", [Comment(text=""), Text(text="t")]),
        ("<!-- never closed", [Comment(text=" never closed")]),
        ("<!DOCTYPE html>t", [Text(text="t")]),
        ("<?xml x?>t", [Text(text="t")]),
        ("<![CDATA[a<b]]>t", [Text(text="a<b"), Text(text="t")]),
        ("<![CDATA[a", [Text(text="a")]),
        ("</>t", [Text(text="t")]),
        ("</", [Text(text="</")]),
        ("</p never closed", [EndTag(name="p")]),
        ("<script>a<b&amp;</script>t", [StartTag(name="script"), Text(text="a<b&amp;", inside="script"), EndTag(name="script"), Text(text="t")]),
        ("<title>a&amp;b", [StartTag(name="title"), Text(text="a&b", inside="title")]),
        ("<style></style>", [StartTag(name="style"), Text(text="", inside="style"), EndTag(name="style")]),
        ("<p", [StartTag(name="p")]),
        ("", []),
    ],
)  # fmt: skip
def test_tokens(source: str, tokens: list[object]) -> None:
    assert list(read_tokens(source)) == tokens


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a&amp;b", "a&b"), ("a&region=1", "a&region=1"), ("a&reg;b", "a®b"), ("a&copy b", "a© b"), ("a&nonsense;b", "a&nonsense;b"),
        ("&#104;&#x74;tp", "http"), ("&lt", "<"), ("&noentity x", "&noentity x"), ("plain", "plain"),
    ],
)  # fmt: skip
def test_attribute_references(written: str, read: str) -> None:
    assert unescape_attribute(written) == read


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<a href="https://e.example">t</a>', [("link", "https://e.example")]),
        ("<a href=//e.example/x>t", [("link", "//e.example/x")]),
        ("<a href=''>t</a><a name=x>t</a>", []),
        ("<a href=a><a href=b>", [("link", "a"), ("link", "b")]),
        ('<map><area href="a"></map>', [("link", "a")]),
        ('<img src="a" srcset="b 1x, c 2x, " alt="x">', [("img src", "a"), ("img srcset", "b"), ("img srcset", "c")]),
        ('<body background="a">', [("body background", "a")]),
        ('<form action="a"><button formaction="b">', [("form action", "a"), ("button formaction", "b")]),
        ('<link rel=stylesheet href="a">', [("link href", "a")]),
        ('<base href="http://b.example/">', [("base href", "http://b.example/")]),
        ('<meta http-equiv="Refresh" content="0; URL=http://e.example/">', [("meta refresh", "http://e.example/"), ("meta content", "http://e.example/")]),
        ('<meta http-equiv=refresh content=5>', []),
        ("<meta name=x content={'a':'https://e.example/1','b':\"https://f.example\"}>", [("meta content", "https://e.example/1"), ("meta content", "https://f.example")]),
        ("<meta name=x content=https://e.example/a,https://*.f.example,https://g.example>", [("meta content", "https://e.example/a"), ("meta content", "https://*.f.example"), ("meta content", "https://g.example")]),
        ('<div onclick="location.href=\'https://e.example/\'">', [("div onclick", "https://e.example/")]),
        ('<td style="background:url( \'a.png\' )">', [("style", "a.png")]),
        ('<style>@import "a.css"; b{background:url(b.png)}</style>', [("style", "a.css"), ("style", "b.png")]),
        ('<a data-saferedirecturl="https://g.example" href=a>', [("a data-saferedirecturl", "https://g.example"), ("link", "a")]),
        ('<v:roundrect href="https://e.example">', [("v:roundrect href", "https://e.example")]),
        ('<html xmlns:v="http://schemas.example/v">', []),
        ('<p data-x="https://e.example/y">', [("p data-x", "https://e.example/y")]),
        ('<p title="see https://e.example/y now">', [("p title", "https://e.example/y")]),
        ("<!--[if mso]><a href='https://e.example'>x</a><![endif]-->", [("comment, link", "https://e.example")]),
        ("<textarea><a href='https://e.example/x'>", [("markup", "https://e.example/x")]),
        ("<iframe srcdoc=\"<a href='https://e.example'>\">", [("srcdoc, link", "https://e.example")]),
        ('<a href="data:text/html,%3Ca%20href%3Dhttps://e.example%3E">', [("data page in link, link", "https://e.example"), ("link", "data:text/html,")]),
        ('<a href="data:text/html;base64,PGEgaHJlZj1odHRwczovL2UuZXhhbXBsZT4=">', [("data page in link, link", "https://e.example"), ("link", "data:text/html;base64,")]),
        ('<img src="data:image/gif;base64,' + "A" * 500 + '">', [("img src", ("data:image/gif;base64," + "A" * 500)[:100])]),
        ("<a href=3D\"https://e.example/x\">", [("link", '3D"https://e.example/x"'), ("markup", "https://e.example/x")]),
    ],
)  # fmt: skip
def test_links(source: str, found: list[tuple[str, str]]) -> None:
    assert targets(source) == found


def test_text_is_what_a_person_sees() -> None:
    page = read_page(
        "<title>T</title><p>a<br>b &nbsp; c</p><table><tr><td>1<td>2</table><script>x()</script><style>y</style>z<!-- n -->"
    )
    assert page.text == "T\na\nb c\n1 2\nz"
    assert (page.scripts, page.styles, page.comments) == (["x()"], ["y"], [" n "])


def test_blank_comments_are_nothing() -> None:
    assert read_page("a<!-- --><!-- said -->").comments == [" said "]


def test_text_of_a_link_with_its_pictures() -> None:
    (image, link) = read_page('<a href=u>go <img alt="Bank" src=i>\n now</a>').links
    assert (link.text, link.use) == ("go Bank now", Use.LINK)
    assert image.use is Use.RESOURCE


def test_password_field_and_form() -> None:
    page = read_page("<form><input type=' PASSWORD '></form>")
    assert page.has_form and page.has_password_field


def test_nesting_ends() -> None:
    source = "<a href=https://deep.example>"
    for _ in range(6):
        source = f'<iframe srcdoc="{source.replace("&", "&amp;").replace(chr(34), "&quot;")}">'
    page = read_page(source)
    assert len(page.links) < 5


def test_links_are_limited() -> None:
    assert len(read_page("<a href=x></a>" * 50, at_most_links=10).links) == 10


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b'<meta charset="koi8-r">', "koi8-r"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
        (b"<p>", ""),
    ],
)
def test_charset_of_the_page(data: bytes, charset: str) -> None:
    assert sniff_charset(data) == charset


@pytest.mark.parametrize(
    "source",
    ["<div>" * 200_000, "<" * 200_000, "<a " * 100_000, "<!--" * 100_000, "&" * 300_000, "<a href='" * 50_000, "<script>" * 50_000, "<a b=\"" * 50_000],
    ids=["nested", "angles", "open-tags", "comments", "ampersands", "open-quotes", "scripts", "quotes"],
)  # fmt: skip
def test_hostile_pages_in_bounded_time(source: str) -> None:
    started = time.perf_counter()
    read_page(source)
    assert time.perf_counter() - started < 3
