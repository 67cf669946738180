"""From files to leads: what is found, where, and what is said about the rest."""

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from os import mkfifo
from pathlib import Path

import msgspec
import pytest

from comity.leads import Leads, find_leads
from comity.leads.artifacts.source import Source
from comity.leads.errors import LeadsError, LimitError, UnreadableInputError
from comity.leads.limits import Limits

_MAIL = (
    b"Received: from x (mail.sender.example [198.51.100.7]) by mx.bank.example (Postfix); 1 Oct 2026 10:00:00 +0000\n"
    b"From: Bank <info@bank.example>\nTo: you@victim.example\nSubject: call +91 98765 43210\n"
    b"Message-ID: <d41d8cd98f00b204e9800998ecf8427e@ids.example>\nX-Id: d41d8cd98f00b204e9800998ecf8427e\n\n"
    b"Pay to 50100123456789 at http://evil.example/pay\n"
)


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return stream.getvalue()


def found(leads: Leads) -> set[tuple[str, str]]:
    return {(one.kind.value, one.value) for one in leads.observables}


def codes(leads: Leads) -> list[str]:
    return [one.code for one in leads.findings]


def test_text_with_exact_places(tmp_path: Path) -> None:
    raw = "é first\nsee hxxp://evil[.]example/a and 203.0.113.9\n".encode()
    path = write(tmp_path, "note.txt", raw)
    leads = find_leads([path])
    (artifact,) = leads.artifacts
    assert (artifact.id, artifact.path, artifact.kind.value, artifact.size_bytes) == ("a1", str(path), "text", len(raw))
    assert len(artifact.sha256) == 64
    by_value = {one.value: one.places[0] for one in leads.observables}
    place = by_value["203.0.113.9"]
    assert (place.artifact, place.where, place.text) == ("a1", "line 2", "203.0.113.9")
    assert raw[place.offset :].startswith(b"203.0.113.9")
    assert raw[by_value["evil.example"].offset :].startswith(b"evil[.]example")


def test_one_observable_with_all_its_places(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"203.0.113.9 and\n203.0.113.9\n")
    write(tmp_path, "b.txt", b"203.0.113.9")
    (one,) = find_leads([tmp_path]).observables
    assert [(place.artifact, place.where) for place in one.places] == [
        ("a1", "line 1"),
        ("a1", "line 2"),
        ("a2", "line 1"),
    ]


def test_mail_with_its_headers_body_and_places(tmp_path: Path) -> None:
    leads = find_leads([write(tmp_path, "m.eml", _MAIL)])
    assert {
        ("email-addr", "info@bank.example"),
        ("ipv4-addr", "198.51.100.7"),
        ("phone-number", "+919876543210"),
    } <= found(leads)
    assert {("url", "http://evil.example/pay"), ("domain-name", "evil.example")} <= found(leads)
    assert not {kind for kind, _ in found(leads)} & {"file-hash"}
    assert ("domain-name", "ids.example") not in found(leads)
    (mail,) = leads.mails
    assert mail.origin_address == "198.51.100.7"
    link = next(one for one in leads.observables if one.value == "http://evil.example/pay")
    assert _MAIL[link.places[0].offset :].startswith(b"http://evil.example/pay")
    assert "sender-forgeable" in next(one for one in leads.observables if one.value == "info@bank.example").tags
    assert "sender-forgeable" not in link.tags


def test_attachments_are_artifacts_of_their_own(tmp_path: Path) -> None:
    boundary = b"Content-Type: multipart/mixed; boundary=b\n\n"
    part = (
        b"--b\nContent-Type: text/csv; name=t.csv\nContent-Disposition: attachment; filename=t.csv\n\n"
        b"ip,x\n203.0.113.9,1\n--b\n"
    )
    inner = b"Content-Type: message/rfc822\n\n" + _MAIL + b"--b--\n"
    raw = b"From: a@bank.example\nTo: b@bank.example\nMIME-Version: 1.0\n" + boundary + part + inner
    leads = find_leads([write(tmp_path, "m.eml", raw)])
    kinds = [(one.kind.value, one.parent) for one in leads.artifacts]
    assert kinds[0] == ("mail", "")
    assert ("table", "a1") in kinds
    assert ("mail", "a1") in kinds
    assert leads.artifacts[1].path.startswith(f"{leads.artifacts[0].path}!")
    assert ("ipv4-addr", "203.0.113.9") in found(leads)
    assert len(leads.mails) == 2


def test_hostile_attachment_does_not_keep_the_mail_from_being_read(tmp_path: Path) -> None:
    import base64

    bomb = base64.encodebytes(zipped(zeros__txt=b"0" * 30_000_000))
    raw = (
        b"From: a@bank.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhttp://evil.example/\n--b\n"
        b"Content-Type: application/zip; name=x.zip\nContent-Transfer-Encoding: base64\n\n" + bomb + b"--b--\n"
    )
    leads = find_leads([write(tmp_path, "m.eml", raw)])
    assert "attachment-refused" in codes(leads)
    assert ("domain-name", "evil.example") in found(leads)


def test_archives_within_archives(tmp_path: Path) -> None:
    data = zipped(a__txt=b"203.0.113.9")
    for _ in range(2):
        data = zipped(inner__zip=data)
    path = write(tmp_path, "x.zip", data)
    leads = find_leads([path])
    assert leads.artifacts[-1].path == f"{path}!inner.zip!inner.zip!a.txt"
    assert found(leads) == {("ipv4-addr", "203.0.113.9")}
    with pytest.raises(LimitError, match="archive_depth"):
        find_leads([write(tmp_path, "y.zip", zipped(inner__zip=data))])


def test_mailbox_and_compressed_mailbox(tmp_path: Path) -> None:
    mbox = (
        b"From a@x.example Mon Jan  6 10:00:00 2025\n"
        + _MAIL
        + b"\nFrom a@x.example Mon Jan  6 11:00:00 2025\n"
        + _MAIL
    )
    for path in (write(tmp_path, "old.mbox", mbox), write(tmp_path, "old.mbox.gz", gzip.compress(mbox))):
        leads = find_leads([path])
        assert [one.kind.value for one in leads.artifacts][-3:] == ["mailbox", "mail", "mail"]
        assert len(leads.mails) == 2
        assert "message 2 (byte" in leads.artifacts[-1].path


def test_web_page(tmp_path: Path) -> None:
    raw = (
        b"<html><body><a href='http://evil.example/x'>bank.example</a><script>var u='203.0.113.9'</script>"
        b"<!-- 203.0.113.8 --></body>"
    )
    leads = find_leads([write(tmp_path, "p.html", raw)])
    assert {
        ("url", "http://evil.example/x"),
        ("domain-name", "bank.example"),
        ("ipv4-addr", "203.0.113.9"),
        ("ipv4-addr", "203.0.113.8"),
    } <= found(leads)
    link = next(one for one in leads.observables if one.kind.value == "url")
    assert raw[link.places[0].offset :].startswith(b"http://evil.example/x")
    assert link.places[0].where.startswith("link")
    entity = find_leads([write(tmp_path, "q.html", b"<html>a&#46;203.0.113.9 &#101;vil.example")])
    assert {one.value: one.places[0].offset for one in entity.observables}["evil.example"] == -1


def test_table_and_transfers(tmp_path: Path) -> None:
    raw = (
        "Account: 50100123456789\n\nDate;Text;Betrag\n"
        "05.01.2025;UPI badguy@ybl für Miete;-5,00\n06.01.2025;x@evil.example;7,50\n"
    )
    leads = find_leads([write(tmp_path, "t.csv", raw.encode("cp1252"))])
    assert leads.artifacts[0].kind.value == "table"
    assert codes(leads) == ["charset-guessed"]
    assert [(one.amount, one.source, one.target, one.where) for one in leads.transfers] == [
        ("5.00", "50100123456789", "badguy@ybl", "row 4"),
        ("7.50", "", "50100123456789", "row 5"),
    ]
    place = next(one for one in leads.observables if one.value == "badguy@ybl").places[0]
    assert (place.where, raw.encode("cp1252")[place.offset :][:10]) == ("row 4, column Text", b"badguy@ybl")


def test_file_named_like_a_table_that_is_none(tmp_path: Path) -> None:
    leads = find_leads([write(tmp_path, "t.csv", b"just 203.0.113.9 text\nno table\n")])
    assert leads.artifacts[0].kind.value == "text"


def test_stix_and_what_only_looks_like_it(tmp_path: Path) -> None:
    good = (
        b'{"type": "bundle", "id": "bundle--63ab8e67-acac-4817-845a-d09f0e86954c", "objects": '
        b'[{"type": "ipv4-addr", "id": "x", "value": "203.0.113.9"}]}'
    )
    leads = find_leads([write(tmp_path, "s.json", good)])
    assert leads.artifacts[0].kind.value == "stix"
    (one,) = leads.observables
    assert good[one.places[0].offset :].startswith(b"203.0.113.9")
    bad = find_leads([write(tmp_path, "b.json", good[:-2])])
    assert codes(bad) == ["stix-unreadable"]
    assert ("ipv4-addr", "203.0.113.9") in found(bad)


def test_member_that_is_damaged_is_a_finding(tmp_path: Path) -> None:
    data = bytearray(zipped(a__txt=b"203.0.113.9 " * 20, b__txt=b"203.0.113.8"))
    data[data.index(b"a.txt") + 8] ^= 0xFF
    leads = find_leads([write(tmp_path, "x.zip", bytes(data))])
    assert codes(leads) == ["archive-member-damaged"]
    assert found(leads) == {("ipv4-addr", "203.0.113.8")}


def test_links_of_a_mail(tmp_path: Path) -> None:
    raw = _MAIL.replace(
        b"\n\nPay", b"\nMIME-Version: 1.0\nContent-Type: text/html\n\n<a href='http://evil.example/l'>x</a> Pay"
    )
    leads = find_leads([write(tmp_path, "m.eml", raw)])
    link = next(one for one in leads.observables if one.value == "http://evil.example/l")
    assert "sender-forgeable" not in link.tags


def test_bounds_hold_for_what_structure_tells_too(tmp_path: Path) -> None:
    path = write(tmp_path, "m.eml", _MAIL)
    few = find_leads([path], limits=Limits(observables=1))
    assert "observables-not-listed" in codes(few)
    table = write(tmp_path, "t.csv", b"ip,n\n" + b"203.0.113.9,x\n" * 20)
    (one,) = find_leads([table], limits=Limits(places=5)).observables
    assert (len(one.places), one.tags) == (5, ("more-places-15",))


def test_pdf(tmp_path: Path) -> None:
    content = b"BT /F1 12 Tf 1 1 Td (to 203.0.113.9) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    good = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    good += b"trailer << /Root 1 0 R >>\n%%EOF\n"
    (one,) = find_leads([write(tmp_path, "y.pdf", good)]).observables
    assert (one.value, one.places[0].where, one.places[0].offset) == ("203.0.113.9", "page 1", 3)
    leads = find_leads([write(tmp_path, "x.pdf", b"%PDF-1.4\nbroken")])
    assert codes(leads) == ["pdf-unreadable"]


def test_card_numbers_are_shown_nowhere(tmp_path: Path) -> None:
    import msgspec

    number = "4111111111111111"
    write(tmp_path, "a.txt", f"card {number}, http://evil.example/pay?card={number}\n{number}|12|27".encode())
    write(tmp_path, "b.csv", f"date,card no,amount\n2025-01-05,{number},5.00\n2025-01-06,{number},5.00\n".encode())
    write(tmp_path, "c.eml", _MAIL.replace(b"Pay to", f"Card 4111 1111 1111 1111 {number} to".encode()))
    leads = find_leads([tmp_path])
    assert ("payment-card", "411111******1111") in found(leads)
    text = msgspec.json.encode(leads)
    assert number.encode() not in text
    assert b"4111 1111 1111 1111" not in text


def test_places_and_observables_have_bounds(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"".join(b"203.0.113.%d 203.0.113.9\n" % (number % 250) for number in range(500)))
    leads = find_leads([path], limits=Limits(places=10))
    one = next(one for one in leads.observables if one.value == "203.0.113.9")
    assert len(one.places) == 10
    assert any(tag.startswith("more-places-") for tag in one.tags)
    few = find_leads([path], limits=Limits(observables=3))
    assert len(few.observables) == 3
    assert codes(few) == ["observables-not-listed"]


def test_tables_have_bounds(tmp_path: Path) -> None:
    rows = b"".join(b"2025-01-05,DE89370400440532013000,%d.00\n" % number for number in range(1, 20))
    path = write(tmp_path, "t.csv", b"date,beneficiary,amount\n" + rows)
    leads = find_leads([path], limits=Limits(table_rows=10, transfers=5))
    assert codes(leads) == ["table-rows-not-read", "transfers-not-listed"]
    assert len(leads.transfers) == 5


def test_progress_counts_every_byte_twice(tmp_path: Path) -> None:
    done: list[tuple[str, int]] = []
    path = write(tmp_path, "a.txt", b"203.0.113.9")
    find_leads([path], progress=lambda label, size: done.append((label, size)))
    assert sum(size for _, size in done) == 22


def test_input_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="no artifact of a kind"):
        find_leads([write(tmp_path, "x.bin", b"\x89PNG\x00\x01")])
    with pytest.raises(UnreadableInputError, match="does not exist"):
        find_leads([tmp_path / "missing"])
    big = tmp_path / "big.eml"
    with big.open("wb") as stream:
        stream.write(b"From: a@b.example\nTo: c@d.example\n\n")
        stream.truncate(3_000_000_000)
    with pytest.raises(LimitError, match="artifact_bytes"):
        find_leads([big])


def test_a_folder_with_one_readable_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.png", b"\x89PNG\x00\x01")
    write(tmp_path, "b.txt", b"203.0.113.9")
    leads = find_leads([tmp_path])
    assert codes(leads) == ["artifact-not-read"]
    assert found(leads) == {("ipv4-addr", "203.0.113.9")}


def test_mails_lie_only_so_deep(tmp_path: Path) -> None:
    raw = _MAIL
    for _ in range(4):
        raw = b"From: a@bank.example\nTo: b@bank.example\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + raw
    leads = find_leads([write(tmp_path, "m.eml", raw)], limits=Limits(mail_depth=2))
    assert "mail-too-deep" in codes(leads)


def test_errors_are_of_one_family() -> None:
    assert issubclass(LimitError, LeadsError)


def test_same_bytes_are_read_once_and_both_places_named(tmp_path: Path) -> None:
    rows = b"date,beneficiary,amount\n2025-01-05,DE89370400440532013000,5.00\n2025-01-06,DE89370400440532013000,7.00\n"
    write(tmp_path, "a/statement.csv", rows)
    write(tmp_path, "b.zip", zipped(kontoauszug__csv=rows, other__csv=rows.replace(b"5.00", b"6.00")))
    leads = find_leads([tmp_path])
    assert [(one.id, one.kind.value, one.duplicate_of) for one in leads.artifacts] == [
        ("a1", "table", ""),
        ("a2", "archive", ""),
        ("a3", "table", "a1"),
        ("a4", "table", ""),
    ]
    assert [one.amount for one in leads.transfers] == ["5.00", "7.00", "6.00", "7.00"]
    (told,) = (one for one in leads.findings if one.code == "artifact-duplicate")
    assert told.artifact == "a1"
    assert "statement.csv" in told.message
    assert "kontoauszug.csv" in told.message


def test_many_copies_are_one_finding(tmp_path: Path) -> None:
    for number in range(8):
        write(tmp_path, f"{number}.txt", b"203.0.113.9")
    (told,) = find_leads([tmp_path]).findings
    assert "8 times" in told.message
    assert "and 2 more" in told.message


_LOG = b'203.0.113.9 - - [09/Nov/2026:22:14:31 +0000] "POST /wp-login.php HTTP/1.1" 302 0 "-" "Mozilla/5.0"\n'


def test_log_that_first_lay_in_a_mail_is_read_again_where_it_stands_alone(tmp_path: Path) -> None:
    mail = (
        b"From: a@bank.example\nTo: b@bank.example\nX-Originating-IP: [203.0.113.9]\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain; name="access.log"\n'
        b'Content-Disposition: attachment; filename="access.log"\n\n' + _LOG + b"\n--x--\n"
    )
    tags = {one.value: one.tags for one in find_leads([write(tmp_path, "m/a.eml", mail)]).observables}
    assert "log-confirmed" not in tags["203.0.113.9"]
    write(tmp_path, "z.log", _LOG + b"\n")
    write(tmp_path, "z2.log", _LOG)
    leads = find_leads([tmp_path])
    assert {"log-confirmed"} <= set(next(one.tags for one in leads.observables if one.value == "203.0.113.9"))


def test_what_cannot_be_read_in_a_folder_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"203.0.113.9")
    (tmp_path / "broken").symlink_to(tmp_path / "nothing")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "out").symlink_to("/etc/hostname")
    mkfifo(tmp_path / "pipe")
    write(tmp_path, "z.txt", b"203.0.113.10")
    leads = find_leads([tmp_path])
    assert found(leads) == {("ipv4-addr", "203.0.113.9"), ("ipv4-addr", "203.0.113.10")}
    told = {Path(one.where).name: one for one in leads.findings}
    assert {one.code for one in told.values()} == {"artifact-unreadable"}
    assert set(told) == {"broken", "circle", "out", "pipe"}
    assert "link to nothing" in told["broken"].message


def test_one_bad_file_alone_stays_an_error(tmp_path: Path) -> None:
    mkfifo(tmp_path / "pipe")
    for given in ([tmp_path / "pipe"], [tmp_path], [tmp_path, tmp_path / "pipe"]):
        with pytest.raises(UnreadableInputError, match="no regular file"):
            find_leads(given)


def test_what_is_made_to_harm_stays_an_error_among_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"203.0.113.9")
    bomb = write(tmp_path, "bomb.zip", zipped(a__txt=b"\0" * 60_000_000))
    for given in ([bomb], [tmp_path], [bomb, bomb]):
        with pytest.raises(LimitError, match="unpack_ratio"):
            find_leads(given)


def test_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", b"203.0.113.9")
    (tmp_path / "shut").mkdir()
    real = os.scandir

    def scan(folder: Path) -> "os._ScandirIterator[str]":
        if Path(folder).name == "shut":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scan)
    leads = find_leads([tmp_path])
    assert codes(leads) == ["artifact-unreadable"]
    assert "permission denied" in leads.findings[0].message


def test_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", b"203.0.113.9")
    write(tmp_path, "b.txt", b"203.0.113.10")
    real = Source.sha256

    def fails(self: Source, progress: Callable[[int], None]) -> str:
        if self.name == "b.txt":
            raise OSError(5, "Input/output error")
        return real(self, progress)

    monkeypatch.setattr(Source, "sha256", fails)
    leads = find_leads([tmp_path])
    assert codes(leads) == ["artifact-unreadable"]
    assert "input/output error" in leads.findings[0].message


def test_names_that_would_write_on_a_terminal_are_escaped(tmp_path: Path) -> None:
    name = "a\n\x1b[31m\u202etxt\udcff.txt"
    write(tmp_path, name, b"203.0.113.9")
    (artifact,) = find_leads([tmp_path]).artifacts
    assert artifact.path == f"{tmp_path}/a\\u000a\\u001b[31m\\u202etxt\\udcff.txt"
    assert find_leads([tmp_path / name]).artifacts[0].path == artifact.path


def test_progress_of_containers_is_that_of_their_file(tmp_path: Path) -> None:
    mailbox = b"".join(
        b"From x@y.example Tue Nov 10 05:42:18 2026\n" + _MAIL + b"%d\n\n" % number for number in range(30)
    )
    for path in (
        write(tmp_path, "m.mbox", mailbox),
        write(tmp_path, "a.zip", zipped(m__mbox=mailbox, b__txt=b"x" * 90)),
    ):
        done: list[int] = []

        def tell(label: str, size: int, done: list[int] = done) -> None:
            done.append(size)

        find_leads([path], progress=tell)
        assert sum(done) == 2 * path.stat().st_size
        assert len([size for size in done if size]) > 3


def test_bytes_that_are_no_letters_are_written_as_such(tmp_path: Path) -> None:
    known = "éèêëàâäîïôöùûü" * 3
    line = f'203.0.113.9 - - [09/Nov/2026:22:14:31 +0000] "POST /{known}|/up/alfa.php HTTP/1.1" 200 0 "-" "M|"\n'
    chat = f"[09.11.26, 18:02:11] {known}|: see 203.0.113.9\n[13.11.26, 18:02:11] Bob: x\n"
    rows = f"date;beneficiary|{known};amount\n" + "2025-01-05;DE89370400440532013000;5.00\n" * 3
    for name, text in (("a.log", line), ("c.txt", chat), ("t.csv", rows), ("m.eml", _MAIL.decode() + known + "|")):
        write(tmp_path, name, text.encode().replace(b"|", b"\xff"))
    leads = find_leads([tmp_path])
    assert msgspec.json.decode(msgspec.json.encode(leads), type=Leads) == leads
    acts = [place.act for one in leads.observables for place in one.places]
    assert any("\ufffd/up/alfa.php" in act for act in acts)
