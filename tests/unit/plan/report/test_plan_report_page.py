"""The page stands alone, is well formed for people and machines, and lets nothing from evidence act."""

import itertools
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from enum import Enum
from hashlib import sha256
from html.parser import HTMLParser

import msgspec
import pytest

from comity.law import Confidence
from comity.plan.model import DirectRequest, Event, Plan, UrgencyClass
from comity.plan.report import page as page_module
from comity.plan.report import render
from comity.plan.report.chronology import chronology

VOID = {"meta", "br", "link", "img", "input", "hr", "base"}
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "javascript:alert(document.domain)",
    "data:text/html,<script>alert(1)</script>",
    'https://evil.example/"onclick=alert(1)//',
    "{{ 7 * 7 }}{% raw %}",
    "</title><svg onload=alert(1)>",
    "]]><!-- --><iframe src=//evil.example>",
    "\\00003c/style\\00003e*{background:url(//evil.example)}",
)


class Seen(HTMLParser):
    """What a browser would build, as far as a test needs it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(html: str) -> Seen:
    seen = Seen()
    seen.feed(html)
    seen.close()
    assert not seen.open, f"left open: {seen.open}"
    return seen


def test_every_part_is_there(plan: Plan) -> None:
    seen = read(render(plan))
    ids = {attributes.get("id") for _, attributes in seen.elements}
    assert {
        "summary", "map", "steps", "obstacles", "jurisdiction", "holders", "events", "findings", "not-pursued",
        "evidence", "provenance", "main",
    } <= ids  # fmt: skip
    body = " ".join(seen.text["body"].split())
    for text in ("Re-KYC phishing", "INR 24,44,998", "Freeze the account", "Letters rogatory", "No treaty"):
        assert text in body


def test_nothing_is_fetched_and_nothing_runs(plan: Plan) -> None:
    seen = read(render(plan))
    names = {name for name, _ in seen.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio"}
    assert {name for name, _ in seen.elements if name == "image"} == set()
    for _, attributes in seen.elements:
        assert not {"style", "src", "srcset", "xlink:href", "action"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
    style = seen.text["style"]
    assert "@import" not in style
    assert set(re.findall(r"url\(([^)]*)\)", style)) == {"#hatch"}


def test_the_policy_allows_this_style_sheet_only(plan: Plan) -> None:
    html = render(plan)
    seen = read(html)
    style = re.search(r"<style>(.*)</style>", html, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style.group(1).encode()).digest()).decode()
    policies = [a["content"] for a in seen.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


def test_links_lead_to_parts_of_the_page_or_to_ordinary_pages(plan: Plan) -> None:
    seen = read(render(plan))
    ids = [a["id"] for _, a in seen.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for link in seen.all("a"):
        target = link["href"] or ""
        assert target.startswith("https://") or target[1:] in ids, target
        if target.startswith("https://"):
            assert link["rel"] == "noopener noreferrer external"


def test_headings_tables_and_pictures_are_described(plan: Plan) -> None:
    html = render(plan)
    seen = read(html)
    levels = [int(name[1]) for name, _ in seen.elements if re.fullmatch("h[1-6]", name)]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert len(seen.all("caption")) == len(seen.all("table"))
    assert all(cell.get("scope") in ("col", "row") for cell in seen.all("th"))
    pictures = [svg for svg in seen.all("svg") if svg.get("role") == "img"]
    assert len(pictures) == 2
    ids = {a.get("id") for _, a in seen.elements}
    assert all(set((svg["aria-labelledby"] or "").split()) <= ids for svg in pictures)
    assert all(svg.get("aria-hidden") == "true" for svg in seen.all("svg") if svg not in pictures)
    assert [a["lang"] for a in seen.all("html")] == ["en"]
    assert [a["id"] for a in seen.all("input")] == ["print-extract", "print-shown", "print-all"]
    assert {"header", "nav", "main", "footer"} <= {name for name, _ in seen.elements}


def test_the_page_can_run_from_right_to_left(plan: Plan) -> None:
    assert read(render(plan, direction="rtl")).all("html")[0]["dir"] == "rtl"


def changed(value: object, change: Callable[[str], str]) -> object:
    """The same records with every free text changed."""
    if isinstance(value, Enum | date | bool | int | float) or value is None:
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(changed(item, change) for item in value)
    if isinstance(value, dict):
        return {k if isinstance(k, Enum) else change(k): changed(v, change) for k, v in value.items()}
    assert isinstance(value, msgspec.Struct)
    return type(value)(**{name: changed(getattr(value, name), change) for name in value.__struct_fields__})


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_markup(plan: Plan, attack: str) -> None:
    before = read(render(plan))
    hostile = changed(plan, lambda text: f"{attack}{text}" if text else text)
    assert isinstance(hostile, Plan)
    html = render(hostile)
    seen = read(html)
    kinds = {name for name, _ in before.elements}
    assert {name for name, _ in seen.elements} <= kinds
    assert not [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]
    assert len(seen.all("style")) == 1
    for link in seen.all("a"):
        assert re.match(r"#|https://", link["href"] or "")
    assert "49" not in seen.text["title"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_urls_that_are_not_ordinary_make_no_link(plan: Plan, attack: str) -> None:
    hostile = changed(plan, lambda text: attack if text.startswith("https://") else text)
    assert isinstance(hostile, Plan)
    assert {link["href"][0] for link in read(render(hostile)).all("a") if link["href"]} == {"#"}


def test_urls_and_domains_of_the_evidence_are_written_so_that_nothing_links_them(plan: Plan) -> None:
    html = render(plan)
    assert "play[.]google[.]com" in html
    assert "play.google.com" not in html


def test_hidden_characters_are_named(plan: Plan) -> None:
    turned = changed(plan, lambda text: text.replace("Settlement", "Settle\u202emen\u2066t\x00"))
    assert isinstance(turned, Plan)
    html = render(turned)
    assert "Settle⟨U+202E⟩men⟨U+2066⟩t⟨U+0000⟩" in html
    assert "\u202e" not in html


def test_the_reference_reaches_the_head_of_printed_pages_as_text(plan: Plan) -> None:
    style = read(render(plan)).text["style"]
    assert r'"Cr\00002e\000020No\00002e\000020147\00002f2026"' in style
    assert "@reference@" not in style
    assert "@handling@" not in style


def test_a_long_line_at_the_head_of_printed_pages_is_cut(plan: Plan) -> None:
    long = changed(plan, lambda text: text * 50 if text.startswith("Cr. No.") else text)
    assert isinstance(long, Plan)
    assert page_module.css_string("…")[1:] in read(render(long)).text["style"]


def test_rows_beyond_the_limit_are_counted(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    many = msgspec.structs.replace(plan, findings=plan.findings * (page_module.MOST_ROWS + 7))
    html = render(many)
    assert "7 more are left out here" in html
    assert html.count("reply-to-differs") == page_module.MOST_ROWS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the host answered", "The host answered"),
        ("follow-up: none", "Follow-up: none"),
        ("kyc_settle@ybl received it", "kyc_settle@ybl received it"),
        ("e& UAE", "e& UAE"),
        ("eBay said so", "eBay said so"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_but_evidence_stays_as_it_is(text: str, told: str) -> None:
    assert page_module.sentence(text) == told


def test_a_plan_with_nothing_in_it_is_still_a_page(plan: Plan) -> None:
    bare = msgspec.structs.replace(
        plan,
        states=(), holders=(), steps=(), obstacles=(), not_pursued=(), findings=(), events=(),
        jurisdiction=msgspec.structs.replace(plan.jurisdiction, claims=(), conflicts=(), notes=()),
        provenance=msgspec.structs.replace(plan.provenance, data_sets=(), assumptions=(), limits=()),
        case=msgspec.structs.replace(
            plan.case, offences=(), victims=(), suspects=(), artifacts=(), legal_facts={}, urgency_reason=""
        ),
    )  # fmt: skip
    text = " ".join(read(render(bare)).text["body"].split())
    for words in ("leads to no other state", "Nothing is to be asked", "No obstacle was recognised", "Every trace is"):
        assert words in text


def test_later_steps_are_folded_and_their_numbers_become_ranges(plan: Plan) -> None:
    later = msgspec.structs.replace(plan.steps[0].urgency, level=UrgencyClass.AFTER)
    more = tuple(
        msgspec.structs.replace(plan.steps[0], id=f"s{n}", order=n, urgency=later, depends_on=("s1", "s2", "s3"))
        for n in range(4, 8)
    )
    html = render(msgspec.structs.replace(plan, steps=(*plan.steps, *more)))
    assert '<details class="group">' in html
    assert "Later: 4 steps (4–7)" in html
    assert 'steps <a href="#step-s1">1</a>–<a href="#step-s3">3</a>' in html


def test_who_may_be_asked_directly_is_an_addressee_of_its_own(plan: Plan) -> None:
    desk = DirectRequest(
        to="OVHcloud, abuse contact",
        how="send the exact address",
        basis="Its own terms",
        url="https://www.ovhcloud.com/abuse",
        source="RFC 9083 10.2.4",
        confidence=Confidence.HIGH,
    )
    beside = msgspec.structs.replace(plan.steps[0], direct=(desk,))
    alone = msgspec.structs.replace(plan.steps[1], direct=(msgspec.structs.replace(desk, url="javascript:x"),))
    html = render(msgspec.structs.replace(plan, steps=(beside, alone, plan.steps[2])))
    assert "<dt>Or directly</dt>" in html
    assert "<dt>Ask</dt>" in html
    assert "No treaty is needed" in html
    assert "javascript" not in html


def test_a_date_that_is_over_is_marked(plan: Plan) -> None:
    expires = plan.steps[0].expires
    assert expires is not None
    over = msgspec.structs.replace(expires, past=True, what="may be gone")
    html = render(msgspec.structs.replace(plan, steps=(msgspec.structs.replace(plan.steps[0], expires=over),)))
    assert '<span class="chip chip-closed">past</span>' in html
    assert '<span class="chip chip-closed">past</span>' not in render(plan)


def test_what_to_mind_and_what_was_asked_before_stand_with_the_step(plan: Plan) -> None:
    step = msgspec.structs.replace(plan.steps[0], expectation="expect little", earlier="asked for on 2026-11-19")
    html = render(msgspec.structs.replace(plan, steps=(step,)))
    assert "<dt>Mind</dt><dd>Expect little</dd>" in html
    assert "<dt>Earlier</dt><dd>Asked for on 2026-11-19</dd>" in html


def test_steps_that_go_out_on_one_day_are_one_row_of_the_chronology(plan: Plan) -> None:
    leaving = [Event(at="2026-11-24", kind="start_by", title=f"Step {n}", step=f"s{n}") for n in (1, 2, 3)]
    due = Event(at="2026-11-25", kind="due", title="Step 1", detail="answer", step="s1")
    alone = Event(at="2026-11-26", kind="start_by", title="Step 9", step="s9")
    changed = msgspec.structs.replace(plan, events=(*leaving, due, alone))
    assert [row.steps for row in chronology(changed)] == [("s1", "s2", "s3"), (), ("s9",)]
    html = render(changed)
    assert "3 steps go out" in html
    assert 'Step 9 <span class="quiet">goes out</span>' in html


def test_the_table_of_steps_says_whether_a_route_is_open_or_conditional(plan: Plan) -> None:
    html = render(plan)
    for step in plan.steps:
        if step.recommended is not None:
            named = f"{step.recommended.called[0].upper()}{step.recommended.called[1:]}"
            assert f"{named} ({step.recommended.status.value})" in html
