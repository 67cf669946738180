"""Whatever a table looks like: what was planted in its cells is found in place, and no payment is invented."""

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.leads import Leads, find_leads

_PLANTS = (
    ("45.95.147.236", "ipv4-addr", "45.95.147.236"),
    ("193.142.146.135", "ipv4-addr", "193.142.146.135"),
    ("8.8.4.4", "ipv4-addr", "8.8.4.4"),
    ("5.188.206.14:443", "ipv4-addr", "5.188.206.14"),
    ("2a03:2880:f10c:83:face:b00c:0:25de", "ipv6-addr", "2a03:2880:f10c:83:face:b00c:0:25de"),
    ("DE89370400440532013000", "iban", "DE89370400440532013000"),
    ("GB29 NWBK 6016 1331 9268 19", "iban", "GB29NWBK60161331926819"),
    ("rahul.k@okaxis", "upi-address", "rahul.k@okaxis"),
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "crypto-address", "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    ("TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE", "crypto-address", "tron:TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE"),
    ("kaveri.accounts@yandex.ru", "email-addr", "kaveri.accounts@yandex.ru"),
    ("https://sbi-kyc-update.com/login", "url", "https://sbi-kyc-update.com/login"),
    ("secure-login-hdfc.net", "domain-name", "secure-login-hdfc.net"),
    ("+4915123456789", "phone-number", "+4915123456789"),
    ("+91 98765 43210", "phone-number", "+919876543210"),
    (
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "crypto-address",
        "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    ),
    (
        "0x28C6c06298d514Db089934071355E5743bf21d60",
        "crypto-address",
        "ethereum:0x28C6c06298d514Db089934071355E5743bf21d60",
    ),
    ("paid by 185.220.101.4, see evil-shop.com", "ipv4-addr", "185.220.101.4"),
    ("hxxps://evil-shop[.]com/a", "url", "https://evil-shop.com/a"),
    ("HDFC0001234", "ifsc", "HDFC0001234"),
    ("4111 1111 1111 1111", "payment-card", "411111******1111"),
    ("da39a3ee5e6b4b0d3255bfef95601890afd80709", "file-hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
)
_HEADINGS = (
    *("IP", "src_ip", "client_ip", "IP Address", "Adresse", "адрес", "アドレス", "عنوان", "पता", "id", "item", "§"),
    *(
        "Source",
        "To",
        "From",
        "Value",
        "Wert",
        "Montant",
        "Betrag",
        "Amount",
        "सूचना",
        "Reference",
        "Step",
        "User-Agent",
    ),
    *(
        "Account",
        "Phone",
        "Note",
        "Bemerkung",
        "Section",
        "Table",
        "Extension",
        "host.name",
        "c-ip",
        "Zeit",
        "金额",
        "",
    ),
)
_AMOUNT_HEADINGS = frozenset({"Amount", "Betrag", "Montant", "金额", "Value", "Wert"})
_MEASURES = ("Latitude", "Duration", "Bytes", "Risk score", "Dauer", "Длительность")
_DAYS = ("2026-11-08 10:00:00", "2026-11-09T02:11:09+01:00", "03.11.2026", "08/11/2026")
_NUMBERS = {
    "plain": ("1250.00", "99.95", "310000.00"),
    "german": ("1.250,00", "99,95", "1.310.000,00"),
    "lakh": ("1,250.00", "99.95", "3,10,000.00"),
    "swiss": ("1'250.00", "99.95", "1'310'000.00"),
}
_FILLS = ("", "ok", "success", "DE", "Müller", "12", "login")


@st.composite
def _tables(draw: st.DrawFn) -> tuple[str, str, str, list[tuple[str, str, str, str]], bool]:
    """A table, its charset and delimiter, what is planted, whether it may list payments."""
    rows = draw(st.integers(3, 8))
    columns: list[tuple[str, list[str]]] = []
    planted: list[tuple[str, str, str, str]] = []
    for heading in draw(st.lists(st.sampled_from(_HEADINGS), min_size=1, max_size=4, unique=True)):
        chosen = [draw(st.sampled_from(_PLANTS)) for _ in range(rows)]
        if draw(st.booleans()):
            chosen = [chosen[0]] * rows
        columns.append((heading, [written for written, _, _ in chosen]))
        planted += [(written, kind, value, heading) for written, kind, value in chosen]
    if draw(st.booleans()):
        columns.append(("Date", [draw(st.sampled_from(_DAYS))] * rows))
    paid = draw(st.booleans())
    if paid:
        numbers = _NUMBERS[draw(st.sampled_from(sorted(_NUMBERS)))]
        columns.append(("Paid amount", [draw(st.sampled_from(numbers)) for _ in range(rows)]))
    columns.append(
        (draw(st.sampled_from(_MEASURES)), [draw(st.sampled_from(("12.50", "3.25", "52.52"))) for _ in range(rows)])
    )
    columns.append(("Status", [draw(st.sampled_from(_FILLS)) for _ in range(rows)]))
    order = draw(st.permutations(columns))
    delimiter = draw(st.sampled_from(",;\t|"))
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=draw(st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))))
    headed = draw(st.booleans())
    if headed:
        writer.writerow([heading for heading, _ in order])
    writer.writerows(zip(*(cells for _, cells in order), strict=True))
    charset = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))
    return out.getvalue(), charset, delimiter, planted, paid or not headed


def _read(text: str, charset: str) -> tuple[Leads, bytes]:
    raw = text.encode(charset)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(raw)
        return find_leads([path]), raw


@settings(max_examples=60, deadline=None)
@given(_tables())
def test_no_cell_loses_what_it_names_and_no_payment_is_invented(
    table: tuple[str, str, str, list[tuple[str, str, str, str]], bool],
) -> None:
    text, charset, _, planted, paid = table
    leads, raw = _read(text, charset)
    found = {(one.kind.value, one.value): one for one in leads.observables}
    for written, kind, value, heading in planted:
        # A hash under "id" is rather a session or a user, four small numbers under "User-Agent" rather a version.
        if (written, heading) != ("8.8.4.4", "User-Agent") and (kind, heading) != ("file-hash", "id"):
            assert (kind, value) in found, (written, heading, text)
    codec = "utf-16-le" if charset == "utf-16" else "utf-8"
    for one in leads.observables:
        for place in one.places:
            spelled = place.text.encode(codec)
            assert "*" in place.text or raw[place.offset : place.offset + len(spelled)] == spelled, (place, text)
    addresses = {value for kind, value in found if kind == "ipv4-addr"}
    assert addresses <= {value for _, kind, value, _ in planted if kind == "ipv4-addr"}, text
    if not paid:
        assert not leads.transfers, (text, leads.transfers)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(_NUMBERS)), st.sampled_from(sorted(_AMOUNT_HEADINGS)), st.permutations([0, 1, 2]))
def test_amounts_of_any_land_are_paid_beside_addresses(land: str, heading: str, order: list[int]) -> None:
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    rows = [("Date", heading, "IP")]
    rows += [("2026-11-08", number, "45.95.147.236") for number in _NUMBERS[land]]
    writer.writerows([[row[at] for at in order] for row in rows])
    leads, _ = _read(out.getvalue(), "utf-8")
    assert [one.value for one in leads.observables] == ["45.95.147.236"]
    paid = ["1250.00", "99.95", "310000.00" if land in ("plain", "lakh") else "1310000.00"]
    assert [one.amount for one in leads.transfers] == (paid if heading not in ("Value", "Wert") else [])
