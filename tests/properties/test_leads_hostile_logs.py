"""Logs, chats and pasted transfers made to harm: nothing raises, and nothing takes long."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.leads import Leads, find_leads
from comity.leads.chats import read_export, read_lines
from comity.leads.extract.swift import find_swift_payments
from comity.leads.logs import find_format, signs_of

_PIECES = (
    *("203.0.113.9", " - - ", "[09/Nov/2026:22:14:31 +0000]", '"GET / HTTP/1.1"', " 200 0", "\n", '"', "\\", "{", "}"),
    *("#Fields: date time c-ip", "2026-11-09 22:14:31", "srcip=", "dstip=", "tz=", "Nov  9 22:14:31 mx sshd[1]: "),
    *("[09.11.26, 18:02:11] ", "Bob: ", "\u200e", "\u202a", "11/9/26, 6:02 PM - ", ":", "From: a\nType: incoming\n"),
    *("Sent: x\n", '<div class="message default" id="message1">', '<div class="page_wrap">', '<div class="text">'),
    *('title="09.11.2026 18:02:11"', "</div>", '"messages": [', '"date": "', '"from_id": "user1"', "]", ",", "0"),
    *(":20:", ":32A:261110USD5,", ":59:/", "DE89370400440532013000", "client=", "\x00", "\ud800", "é", "٠"),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_nothing_raises(text: str) -> None:
    form = find_format(text)
    if form:
        for line in text.splitlines():
            entry = form.read(line)
            if entry:
                signs_of(entry)
    for name in ("WhatsApp Chat.txt", "result.json", "messages.html"):
        read_lines(text, name=name)
        read_export(text, name=name)
    list(find_swift_payments(text))


@settings(max_examples=40, deadline=None)
@given(_TEXTS, st.sampled_from(["a.log", "a.csv", "a.json", "a.html", "a.txt"]))
def test_whole_reading_raises_nothing(text: str, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        leads = find_leads([path, Path(__file__)])
    assert msgspec.json.decode(msgspec.json.encode(leads), type=Leads) == leads


_ACCESS = '203.0.113.9 - - [09/Nov/2026:22:14:31 +0000] "GET {} HTTP/1.1" 200 0\n'
_PAGE = '<div class="page_wrap"><div class="message default" id="message1"><div title="09.11.2026 18:02:11">'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("marks.txt", "\u200e" * 300_000 + "[09.11.26, 18:02:11] A: x\n[10.11.26, 18:02:11] B: x\n"),
        ("open.html", _PAGE + '<div class="text">' * 30_000),
        ("tags.html", _PAGE + '<div class="text">' + "<" * 300_000 + "</div>"),
        ("spaces.html", _PAGE + '<div class="text">' + " " * 300_000 + "x</div>"),
        ("path.log", _ACCESS.format("/uploads/" * 2_000) * 30),
        ("query.log", _ACCESS.format("/" + "backup" * 2_000) * 30),
        ("client.log", ("Nov  9 22:14:31 mx postfix[1]: " + "client=" * 40_000 + "\n") * 3),
        ("message.log", ("Nov  9 22:14:31 mx su: " + "sudo:" * 40_000 + "\n") * 3),
        ("pairs.log", ("a=1 b=2 " + 'c="' * 20_000 + "\n") * 3),
        ("swift.txt", ":32A:x\n:59:" + " " * 300_000 + "x\n:20:" + "\t" * 300_000 + "x\n"),
        ("braces.json", "[" * 300_000),
        ("labels.txt", "binance " * 40_000 + "0x28C6c06298d514Db089934071355E5743bf21d60"),
    ],
)
def test_nothing_takes_long(name: str, text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text)
        start = time.process_time()
        find_leads([path])
        assert time.process_time() - start < 5
