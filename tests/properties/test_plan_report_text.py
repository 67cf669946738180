"""Whatever text the evidence holds, the page keeps its shape and shows nothing hidden."""

from html.parser import HTMLParser

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.plan import build_plan

from comity.plan.report import render
from comity.plan.report.words import defanged, plain, safe_link

PLAN = build_plan()


class Shape(HTMLParser):
    """The elements and the names of their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(name for name, _ in attrs)))


SHAPE = Shape(render(PLAN)).seen


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_the_shape_of_the_page_does_not_depend_on_the_text(text: str) -> None:
    finding = msgspec.structs.replace(PLAN.findings[0], message=text, where=text)
    artifact = msgspec.structs.replace(PLAN.case.artifacts[0], path=text)
    case = msgspec.structs.replace(PLAN.case, title=text, reference=text, facts=text, artifacts=(artifact,))
    html = render(msgspec.structs.replace(PLAN, findings=(finding,), case=case))
    assert Shape(html).seen == SHAPE
    html.encode("utf-8")


@given(st.text())
def test_plain_text_is_stable_and_can_be_written(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    once.encode("utf-8")


@given(st.text())
def test_links_are_kept_whole_or_not_at_all(text: str) -> None:
    assert safe_link(text) in ("", text)
    assert not safe_link("javascript:" + text)


@given(st.text())
def test_defanged_text_has_no_scheme_that_a_reader_follows(text: str) -> None:
    assert "://" not in defanged(text)
    assert not defanged(text).lower().startswith("http")
