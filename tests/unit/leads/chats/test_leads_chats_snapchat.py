"""Snapchat's own export, in both of its forms."""

import json
from pathlib import Path

from comity.leads import Leads, find_leads

OLD = {
    "Received Saved Chat History": [
        {
            "From": "becky_xo2009",
            "Media Type": "TEXT",
            "Created": "2026-10-20 17:22:10 UTC",
            "Content": "send 20000. mpesa 254798765432",
        }
    ],
    "Sent Saved Chat History": [
        {"To": "becky_xo2009", "Media Type": "TEXT", "Created": "2026-10-20 17:23:10 UTC", "Content": "no@no.example"}
    ],
}
NEW = {
    "becky_xo2009": [
        {
            "From": "becky_xo2009",
            "Media Type": "TEXT",
            "Created": "2026-10-20 17:22:10 UTC",
            "Content": "whatsapp me +234 803 123 4567",
            "IsSender": False,
        },
        {"Media Type": "TEXT", "Created": "some day", "Content": "lost"},
        "no message",
        {"Media Type": "MEDIA", "Created": "2026-10-20 17:25:10 UTC", "Content": None, "IsSender": True},
    ]
}


def read(tmp_path: Path, content: object) -> Leads:
    (tmp_path / "chat_history.json").write_text(json.dumps(content), encoding="utf-8")
    return find_leads([tmp_path])


def test_what_was_received_is_by_its_sender(tmp_path: Path) -> None:
    leads = read(tmp_path, OLD)
    assert leads.artifacts[0].kind == "chat"
    found = {one.value: one for one in leads.observables}
    assert found["snapchat:becky_xo2009"].tags == ("chat-participant",)
    paid = found["+254798765432"].places[0]
    assert (paid.by, paid.at) == ("snapchat:becky_xo2009", "2026-10-20T17:22:10Z")
    assert found["no@no.example"].places[0].by.startswith("the account's owner")


def test_conversations_by_user_name_are_read_too(tmp_path: Path) -> None:
    found = {one.value: one for one in read(tmp_path, NEW).observables}
    assert "snapchat:becky_xo2009" in found
    assert found["+2348031234567"].places[0].by == "snapchat:becky_xo2009"


def test_other_json_is_no_chat_of_snapchat(tmp_path: Path) -> None:
    leads = read(tmp_path, {"rows": [{"From": "x", "Created": "2026-10-20 17:22:10 UTC"}]})
    assert leads.artifacts[0].kind == "text"
