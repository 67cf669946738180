"""Chats in the forms in which messengers export them: who wrote what when, and what that makes of them."""

import json
from pathlib import Path

import pytest

from comity.leads import Leads, Observable, find_leads
from comity.leads.chats import Chat, read_export, read_lines
from comity.leads.model import Place


def lined(text: str, name: str = "chat.txt") -> Chat:
    chat = read_lines(text, name=name)
    assert chat is not None
    return chat


def said(chat: Chat) -> list[tuple[str, str]]:
    return [(one.at, one.speaker) for one in chat.messages]


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [
        ("[09.11.26, 18:02:11] Bob: hi", "[13.11.26, 18:05:40] Al: yes", "2026-11-09T18:02:11"),
        ("09.11.26, 18:02 - Bob: hi", "13.11.26, 18:05 - Al: yes", "2026-11-09T18:02:00"),
        ("11/9/26, 6:02 PM - Bob: hi", "11/13/26, 6:05 PM - Al: yes", "2026-11-09T18:02:00"),
        ("09/11/2026, 6:02 pm - Bob: hi", "13/11/2026, 6:05 pm - Al: yes", "2026-11-09T18:02:00"),
        ("[9/11/2026, 6:02:11 p.\u00a0m.] Bob: hi", "[13/11/2026, 6:05:00 p.\u00a0m.] Al: si", "2026-11-09T18:02:11"),
        ("2026-11-09, 18:02 - Bob: hi", "2026-11-13, 18:05 - Al: yes", "2026-11-09T18:02:00"),
        ("2026/11/09 下午6:02 - Bob: hi", "2026/11/13 下午6:05 - Al: yes", "2026-11-09T18:02:00"),
        ("\u200e[09/11/26, 12:02:11 AM] Bob: hi", "\u200e[13/11/26, 12:05:00 AM] Al: yes", "2026-11-09T00:02:11"),
        ("٠٩/١١/٢٠٢٦، ٦:٠٢ م - Bob: hi", "١٣/١١/٢٠٢٦، ٦:٠٥ م - Al: yes", "2026-11-09T18:02:00"),
        ("9. 11. 2026 klo 18.02 - Bob: hi", "13. 11. 2026 klo 18.05 - Al: yes", "2026-11-09T18:02:00"),
    ],
)
def test_forms_of_many_languages(first: str, second: str, at: str) -> None:
    chat = lined(f"{first}\n{second}\n")
    assert said(chat)[0] == (at, "Bob")
    assert not chat.unsure_days
    assert not chat.zoned


def test_what_the_numbers_leave_open_time_decides() -> None:
    rising = "[09/11/26, 18:00:00] A: x\n[10/11/26, 18:00:00] B: y\n[01/12/26, 18:00:00] A: z\n"
    assert said(lined(rising))[0][0] == "2026-11-09T18:00:00"
    open_question = "[01/02/26, 18:00:00] A: x\n[01/02/26, 18:01:00] B: y\n"
    assert lined(open_question).unsure_days
    assert said(lined(open_question))[0][0] == "2026-02-01T18:00:00"
    american = "1/2/26, 6:00 PM - A: x\n1/2/26, 6:01 PM - B: y\n"
    assert said(lined(american))[0][0] == "2026-01-02T18:00:00"
    same = "[01/01/26, 18:00:00] A: x\n[01/01/26, 18:01:00] B: y\n"
    assert not lined(same).unsure_days


def test_messages_go_on_over_lines_and_dates_that_are_none_stay_empty() -> None:
    chat = lined("[31/11/26, 18:00:00] A: one\ntwo\n[13/11/26, 18:00:00] B: three\n[14/11/26, 18:00:00] A left\n")
    assert said(chat) == [("", "A"), ("2026-11-13T18:00:00", "B"), ("2026-11-14T18:00:00", "")]
    assert chat.speakers() == {"A": 1, "B": 1}


@pytest.mark.parametrize(
    ("text", "name", "platform"),
    [
        ("x", "WhatsApp Chat with Bob.txt", "whatsapp"),
        ("<Media omitted>", "chat.txt", "whatsapp"),
        ("Messages and calls are end-to-end encrypted.", "_chat.txt", "whatsapp"),
        ("x", "[LINE] Chat.txt", "line"),
        ("x", "online.txt", ""),
        ("x", "chat.txt", ""),
    ],
)
def test_which_messenger(text: str, name: str, platform: str) -> None:
    assert lined(f"[13/11/26, 18:00:00] A: {text}\n[13/11/26, 18:00:00] B: y\n", name).platform == platform


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello\nworld\n",
        "2026-11-09 18:02 - only one: message\n",
        "[09/11/26, 18:00:00] A\n[10/11/26, 18:00:00] B\n",
        "one\n" * 9 + "[09/11/26, 18:00:00] A: x\n[10/11/26, 18:00:00] B: y\n",
        "[09/11/26, 18:00:00] A: x\n" + "prose\n" * 40 + "[10/11/26, 18:00:00] B: y\n",
        "[31/02/26, 18:00:00] A: x\n[31/02/26, 18:00:00] B: y\n",
    ],
)
def test_no_chat(text: str) -> None:
    assert read_lines(text, name="x.txt") is None


_TELEGRAM = {
    "name": "Mule",
    "type": "personal_chat",
    "id": 77,
    "messages": [
        {
            "id": 1,
            "type": "message",
            "date": "2026-11-09T18:02:11",
            "date_unixtime": "1794247331",
            "from": "Mule",
            "from_id": "user777000",
            "text": [
                "pay to ",
                {"type": "bank", "text": "DE89370400440532013000"},
                {"type": "text_link", "text": " here", "href": "https://evil.example/x"},
            ],
        },
        {
            "id": 2,
            "date": "2026-11-09T18:03:00",
            "from": "Victim",
            "from_id": "user5000",
            "text": "ok",
            "date_unixtime": "bad",
        },
        {"id": 3, "text": "no time, no name"},
        {"id": 4, "date_unixtime": 9, "date": 5, "from": "x", "text": 7},
    ],
}


def leads_of(folder: Path, text: str, name: str) -> Leads:
    (folder / name).write_text(text)
    return find_leads([folder / name])


def one(leads: Leads, value: str) -> Observable:
    return next(found for found in leads.observables if found.value == value)


def place(leads: Leads, value: str) -> Place:
    return one(leads, value).places[0]


def told(leads: Leads) -> dict[str, str]:
    return {finding.code: finding.message for finding in leads.findings}


def test_telegram_json(tmp_path: Path) -> None:
    leads = leads_of(tmp_path, json.dumps(_TELEGRAM), "result.json")
    assert leads.artifacts[0].kind.value == "chat"
    seen = place(leads, "DE89370400440532013000")
    assert (seen.where, seen.at, seen.by, seen.act) == (
        "message 1",
        "2026-11-09T18:02:11Z",
        "telegram:777000",
        "message",
    )
    assert place(leads, "https://evil.example/x").by == "telegram:777000"
    mule, victim = one(leads, "telegram:777000"), one(leads, "telegram:5000")
    assert mule.tags == ("chat-participant", "gives-payee")
    assert victim.tags == ("chat-participant",)
    assert mule.places[0].text == "Mule"
    assert mule.shown == "Mule (Telegram user id)"


def test_telegram_account_with_all_chats_and_other_lists() -> None:
    whole = json.dumps({"chats": {"list": [_TELEGRAM, {"messages": "none"}, 7]}})
    chat = read_export(whole, name="result.json")
    assert chat is not None
    assert chat.platform == "telegram"
    assert len(chat.messages) == 2
    signal = json.dumps(
        [
            {"sent_at": 1794247331000, "source": "+49 1512 3456789", "body": "hi", "name": "Al"},
            {"timestamp": 1794247332, "sourceE164": "+4915123456789", "message": "you"},
            {"timestamp": "2026-11-09T18:02:11Z", "source": "Bob", "body": ["x", 7, {"text": "y"}]},
        ]
    )
    read = read_export(signal, name="messages.json")
    assert read is not None
    assert (read.platform, read.zoned) == ("signal", True)
    assert said(read)[0] == ("2026-11-09T18:02:11Z", "+4915123456789")
    assert read.messages[2].text == "xy"


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "[1, 2]", "{", "7", '{"chats": 7}', '[{"date": "2026-11-09T18:02:11Z", "from": "a"}]', "[" * 5000],
)
def test_json_that_is_no_chat(text: str) -> None:
    assert read_export(text, name="x.json") is None


_HTML = """<!DOCTYPE html><html><head><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="history">
<div class="message service" id="message-1"><div class="body details">9 November 2026</div></div>
<div class="message default clearfix" id="message2"><div class="body">
<div class="pull_right date details" title="09.11.2026 18:02:11 UTC+05:30">18:02</div>
<div class="from_name">
Mule &amp; Co </div>
<div class="text">
Pay to <b>DE89370400440532013000</b><br>see <a href="https://evil.example/x">here</a>
</div></div></div>
<div class="message default clearfix joined" id="message3"><div class="body">
<div class="pull_right date details" title="09.11.2026 18:03:11 UTC+05:30">18:03</div>
<div class="text">or call +49 1512 3456789</div></div></div>
</div></div></body></html>"""


def test_telegram_html(tmp_path: Path) -> None:
    leads = leads_of(tmp_path, _HTML, "messages.html")
    assert leads.artifacts[0].kind.value == "chat"
    seen = place(leads, "DE89370400440532013000")
    assert (seen.where, seen.at, seen.by) == ("message 2", "2026-11-09T18:02:11+05:30", "Mule & Co")
    assert _HTML[seen.offset :].startswith('<div class="message default clearfix" id="message2"')
    assert place(leads, "https://evil.example/x").by == "Mule & Co"
    assert place(leads, "+4915123456789").by == "Mule & Co"
    assert "chat-zone-unknown" not in told(leads)


def test_telegram_page_without_messages() -> None:
    assert read_export('<div class="page_wrap"><div class="message service">x</div></div>', name="m.html") is None


_SIGNAL = """From: Mule (+49 1512 3456789)
Type: incoming
Sent: Mon, 09 Nov 2026 18:02:11 +0100
Received: Mon, 09 Nov 2026 18:02:12 +0100

Pay 0.05 BTC to bc1q6zv2khjyhx4tka2lwmvqvkv0gdtnce3ta374e6

From: You
Type: outgoing
Date: 2026-11-09 18:05:00

ok
"""


def test_signal_blocks(tmp_path: Path) -> None:
    leads = leads_of(tmp_path, _SIGNAL, "chat.txt")
    assert leads.artifacts[0].kind.value == "chat"
    seen = place(leads, "bitcoin:bc1q6zv2khjyhx4tka2lwmvqvkv0gdtnce3ta374e6")
    assert (seen.at, seen.by) == ("2026-11-09T18:02:11+01:00", "+4915123456789")
    assert one(leads, "signal:+4915123456789").tags == ("chat-participant", "gives-payee")
    chat = read_export(_SIGNAL, name="chat.txt")
    assert chat is not None
    assert said(chat)[1] == ("2026-11-09T18:05:00", "You")
    undated = read_export("From: You\nType: outgoing\nReceived: x\n\nok\n", name="chat.txt")
    assert undated is not None
    assert (said(undated), undated.zoned) == ([("", "You")], False)


_WHATSAPP = """[09.11.26, 18:02:11] \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.
[09.11.26, 18:02:11] +49 1512 3456789: Hello Sir
[13.11.26, 18:05:40] Subra: Yes madam, from 203.0.113.9
[13.11.26, 18:06:03] +49 1512 3456789: our manager is at +234 803 555 0142
[13.11.26, 18:07:01] \u202a+234 803 555 0142\u202c: pay bc1q6zv2khjyhx4tka2lwmvqvkv0gdtnce3ta374e6
"""


def test_whatsapp(tmp_path: Path) -> None:
    leads = leads_of(tmp_path, _WHATSAPP, "WhatsApp Chat with Martina.txt")
    assert leads.artifacts[0].kind.value == "chat"
    assert one(leads, "whatsapp:+4915123456789").tags == ("chat-participant",)
    assert one(leads, "whatsapp:+2348035550142").tags == ("chat-participant", "gives-payee")
    assert one(leads, "+2348035550142").tags == ("chat-participant", "gives-payee")
    assert place(leads, "+2348035550142").by == "+4915123456789"
    assert place(leads, "203.0.113.9").by == "Subra"
    assert place(leads, "bitcoin:bc1q6zv2khjyhx4tka2lwmvqvkv0gdtnce3ta374e6").at == "2026-11-13T18:07:01"
    assert "A chat on WhatsApp" in told(leads)["chat-read"]
    assert "+4915123456789 (2), Subra (1), +2348035550142 (1)" in told(leads)["chat-read"]
    assert "chat-zone-unknown" in told(leads)


def test_chat_with_many_and_unsure_days(tmp_path: Path) -> None:
    text = "".join(f"[01/02/26, 18:00:{number:02}] Person {number}: hi\n" for number in range(15))
    findings = told(leads_of(tmp_path, text, "chat.txt"))
    assert "and 3 more" in findings["chat-read"]
    assert "a messenger that the export does not name" in findings["chat-read"]
    assert "chat-dates-ambiguous" in findings


def test_mail_is_no_chat(tmp_path: Path) -> None:
    mail = "From: a@b.example\nTo: c@d.example\nSubject: x\nDate: Mon, 9 Nov 2026 22:14:33 +0000\n\nhello\n"
    assert leads_of(tmp_path, mail, "m.txt").artifacts[0].kind.value == "mail"


def test_number_on_a_messenger_that_is_not_told_is_no_account(tmp_path: Path) -> None:
    text = "[13/11/26, 18:00:00] +49 1512 3456789: x\n[13/11/26, 18:00:01] Bob: y\n"
    leads = leads_of(tmp_path, text, "chat.txt")
    assert {one.kind.value for one in leads.observables} == {"phone-number"}
    assert one(leads, "+4915123456789").tags == ("chat-participant",)
