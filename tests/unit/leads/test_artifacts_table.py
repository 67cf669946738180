"""Tables: how they are divided, what their columns hold, the payments in them."""

import pytest

from comity.leads.artifacts.amounts import is_month_first, read_amount, read_epoch, read_moment, uses_decimal_comma
from comity.leads.artifacts.cells import find_shape, read_records
from comity.leads.artifacts.columns import ColumnKind, column_kind
from comity.leads.artifacts.headings import Heading, read_heading
from comity.leads.artifacts.ledger import read_ledger
from comity.leads.artifacts.rows import find_in_rows, party_value
from comity.leads.artifacts.table import Table, read_table
from comity.leads.artifacts.transfers import read_transfers
from comity.leads.extract.sighting import Sighting


def table_of(text: str, *, named_so: bool = True) -> Table:
    table = read_table(text, named_so=named_so)
    assert table is not None
    return table


def transfers_of(text: str) -> list[tuple[str, str, str, str, str, str]]:
    table = table_of(text)
    ledger = read_ledger(table, list(table.rows()))
    if ledger is None:
        return []
    rows = list(table.rows())
    narrated: dict[int, list[Sighting]] = {}
    for one in find_in_rows(table, rows, regions=()):
        if one.column is ledger.narration:
            narrated.setdefault(one.row, []).append(one.seen)
    return [
        (one.at, one.amount, one.currency, one.source, one.target, one.reference)
        for _, one in read_transfers(ledger, rows, narrated, artifact="a1")
    ]


def cells_of(text: str) -> set[tuple[str, str, str]]:
    table = table_of(text)
    seen = find_in_rows(table, list(table.rows()), regions=("IN",))
    return {(one.seen.kind.value, one.seen.value, f"row {one.row}, column {one.column.title}") for one in seen}


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("1,00,000.00", False, "100000.00"),
        ("₹ 12,34,567.89", False, "1234567.89"),
        ("1.234,56", False, "1234.56"),
        ("1.234.567,8", False, "1234567.8"),
        ("1,234", False, "1234"),
        ("1,234,567", False, "1234567"),
        ("1,234", True, "1.234"),
        ("1.234", True, "1234"),
        ("1.234", False, "1.234"),
        ("1'234.50", False, "1234.50"),
        ("1 234,50", False, "1234.50"),
        ("-5.00", False, "-5.00"),
        ("5.00-", False, "-5.00"),
        ("(5.00)", False, "-5.00"),
        ("5.00 Dr", False, "-5.00"),
        ("5.00Cr.", False, "5.00"),
        ("Rs. 500", False, "500"),
        ("EUR 5,00", False, "5.00"),
        ("5.00 USD", False, "5.00"),
        ("$5", False, "5"),
        ("0.005", False, "0.005"),
        (".5", False, "0.5"),
        ("+7", False, "7"),
    ],
)
def test_amounts(text: str, comma: bool, value: str) -> None:
    amount = read_amount(text, decimal_comma=comma)
    assert amount is not None
    assert format(amount.value, "f") == value


@pytest.mark.parametrize("text", ["", "abc", "1.2.3.4x", "12:30", "5 XYZ", "QQQ 5", "1e5"])
def test_no_amount(text: str) -> None:
    assert read_amount(text) is None


def test_currencies_beside_amounts() -> None:
    assert [
        amount.currency if (amount := read_amount(text)) else None for text in ("₹5", "5 EUR", "Rs 5", "$5", "5")
    ] == [
        "INR",
        "EUR",
        "INR",
        "",
        "",
    ]
    assert uses_decimal_comma(["1.234,56", "7,50"])
    assert not uses_decimal_comma(["1,234.56", "750"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-01-05", "2025-01-05"),
        ("2025/1/5", "2025-01-05"),
        ("05.01.2025", "2025-01-05"),
        ("05/01/25", "2025-01-05"),
        ("5 Jan 2025", "2025-01-05"),
        ("05-JAN-25", "2025-01-05"),
        ("5. März 2025", "2025-01-05".replace("-01-", "-03-")),
        ("5 января 2025", "2025-01-05"),
        ("January 5, 2025", "2025-01-05"),
        ("13/01/2025", "2025-01-13"),
        ("01/13/2025", "2025-01-13"),
        ("20250105", "2025-01-05"),
        ("2025-01-05 10:30:24", "2025-01-05T10:30:24"),
        ("2025-01-05T10:30:24Z", "2025-01-05T10:30:24Z"),
        ("2025-01-05T10:30:24.123+0530", "2025-01-05T10:30:24+05:30"),
        ("05/01/2025 10:30 PM", "2025-01-05T22:30:00"),
        ("05/01/2025 12:30 am", "2025-01-05T00:30:00"),
        ("2025-01-05 10:30 GMT", "2025-01-05T10:30:00Z"),
    ],
)
def test_moments(text: str, value: str) -> None:
    assert read_moment(text) == value


@pytest.mark.parametrize(
    "text", ["", "abc", "2025-13-45", "32/01/2025", "1850-01-01", "5 Foo 2025", "1.2.3.4", "12345678"]
)
def test_no_moment(text: str) -> None:
    assert read_moment(text) == ""


def test_moment_with_an_impossible_clock_keeps_its_day() -> None:
    assert read_moment("2025-01-05 99:99") == "2025-01-05"


def test_order_of_day_and_month() -> None:
    assert is_month_first(["01/13/2025", "02/03/2025"])
    assert not is_month_first(["13/01/2025", "x"])
    assert read_moment("02/03/2025", month_first=True) == "2025-02-03"


def test_epochs() -> None:
    assert read_epoch("1736071997") == "2025-01-05T10:13:17Z"
    assert read_epoch("1736071997000") == "2025-01-05T10:13:17Z"
    assert read_epoch("123") == ""


def test_shapes() -> None:
    shape = find_shape("a;b;c\n1;2,5;3\n4;5,5;6\n")
    assert shape is not None
    assert (shape.delimiter, shape.width, shape.first, shape.share) == (";", 3, 1, 1.0)
    assert find_shape("no table here\nat all\n") is None
    assert find_shape("") is None


def test_long_text_is_judged_by_its_start() -> None:
    shape = find_shape("a,b,c\n" + "1,2,3\n" * 40_000 + "4,5\n")
    assert shape is not None
    assert (shape.width, shape.share) == (3, 1.0)


def test_text_whose_quotation_never_closes_is_divided_without() -> None:
    shape = find_shape('a;b;c;d\n1;"x;;;y\n2;3;4;5\n')
    assert shape is not None
    assert (shape.quoting, shape.width) == (False, 4)
    assert find_shape(",\n,\n") is None


def test_records_know_where_they_stand() -> None:
    text = 'sep=;\na;"b\nc";d\n\ne;f;g\n'
    records = list(read_records(text, delimiter=";", quoting=True))
    assert [(one.number, text[one.start : one.end], one.cells) for one in records] == [
        (2, 'a;"b\nc";d\n', ("a", "b\nc", "d")),
        (4, "e;f;g\n", ("e", "f", "g")),
    ]
    assert list(read_records("sep=;", delimiter=";", quoting=True)) == []


def test_quotation_mark_that_is_never_closed() -> None:
    text = 'a,b\n1,"x\n' + "2,3\n" * 300_000
    records = list(read_records(text, delimiter=",", quoting=True))
    assert len(records) == 300_002


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Txn Date", {Heading.DATE}),
        ("Value Date", {Heading.DATE}),
        ("Withdrawal Amt.", {Heading.DEBIT, Heading.AMOUNT}),
        ("Debit account", {Heading.SOURCE, Heading.ACCOUNT}),
        ("Beneficiary Name", {Heading.TARGET, Heading.NAME}),
        ("Begünstigter/Zahlungspflichtiger", {Heading.COUNTERPARTY}),
        ("Dr/Cr", {Heading.SIGN}),
        ("Сумма", {Heading.AMOUNT}),
        ("交易金额", {Heading.AMOUNT}),
        ("Value_IN(ETH)", {Heading.CREDIT, Heading.AMOUNT}),
        ("fromAddress", {Heading.SOURCE, Heading.ACCOUNT}),
        ("Order No", {Heading.OTHER_NUMBER}),
        ("Foo", set()),
    ],
)
def test_headings(title: str, said: set[Heading]) -> None:
    assert read_heading(title) == said


@pytest.mark.parametrize(
    ("cells", "title", "kind"),
    [
        ([], "", ColumnKind.EMPTY),
        (["05.01.2025", "06.01.2025"], "", ColumnKind.DATE),
        (["10:30", "11:30:59"], "", ColumnKind.TIME),
        (["EUR", "USD"], "", ColumnKind.CURRENCY),
        (["DR", "CR"], "", ColumnKind.SIGN),
        (["DE89370400440532013000"], "Name", ColumnKind.IBAN),
        (["aa@okaxis", "bb@ybl"], "", ColumnKind.UPI),
        (["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"], "", ColumnKind.CRYPTO),
        (["HDFC0001234", "COBADEFFXXX"], "", ColumnKind.BANK_CODE),
        (["1736071997"], "UnixTimestamp", ColumnKind.EPOCH),
        (["1736071997"], "Amount", ColumnKind.AMOUNT),
        (["1,00,000.00", "5.00"], "", ColumnKind.AMOUNT),
        (["1.5", "2.7"], "", ColumnKind.TEXT),
        (["50100123456789"], "A/c No", ColumnKind.ACCOUNT),
        (["50100123456789"], "Beneficiary", ColumnKind.ACCOUNT),
        (["9876543210"], "Mobile", ColumnKind.PHONE),
        (["4111111111111111"], "Card No", ColumnKind.CARD),
        (["401234567890"], "UTR", ColumnKind.REFERENCE),
        (["490154203237518"], "IMEI", ColumnKind.IMEI),
        (["401234567890"], "Order No", ColumnKind.TEXT),
        (["50100123456789", "50100123456789", "50100123456780", "50100123456789"], "", ColumnKind.ACCOUNT),
        (["401234567890", "401234567891"], "", ColumnKind.TEXT),
        (["HDFCN5202401", "SBIN42401"], "Reference", ColumnKind.REFERENCE),
        (["Rahul Sharma", "ACME Ltd"], "Payee", ColumnKind.NAME),
        (["Rahul Sharma"], "Remarks", ColumnKind.TEXT),
        (["Rahul Sharma"], "", ColumnKind.TEXT),
    ],
)
def test_columns_by_content_and_heading(cells: list[str], title: str, kind: ColumnKind) -> None:
    assert column_kind(cells, read_heading(title)) is kind


_STATEMENT = """\
Some Bank Ltd
Account Number : 50100123456789
Currency : INR

Date,Description,Ref No,Debit,Credit,Balance
01/01/2025,"UPI/DR/401234567890/BAD/badguy@okaxis/Pay",,"1,00,000.00",,"5,00,000.00"
02/01/2025,"NEFT N001234567890123 ACME",,,"2,50,000.00","7,50,000.00"
13/01/2025,"A/c 123456789012",UTR123456,"50,000.00",,"7,00,000.00"
14/01/2025,no amount,,,,"7,00,000.00"
"""


def test_statement_with_preamble() -> None:
    assert transfers_of(_STATEMENT) == [
        ("2025-01-01", "100000.00", "INR", "50100123456789", "badguy@okaxis", "401234567890"),
        ("2025-01-02", "250000.00", "INR", "", "50100123456789", "N001234567890123"),
        ("2025-01-13", "50000.00", "INR", "50100123456789", "123456789012", "UTR123456"),
    ]
    assert ("upi-address", "badguy@okaxis", "row 6, column Description") in cells_of(_STATEMENT)


def test_preamble_padded_to_the_width_of_the_table() -> None:
    text = (
        "Malnad Peoples Bank Ltd;;;;;;\nStatement of account No.;501200000090210;;Currency;INR;;\n"
        "Customer;NAVIN TRADING CO;;Product;CURRENT A/C;;\nPeriod;01/11/2026 to 20/11/2026;;;;;\n"
        "Sl;Tran Date;Particulars;UTR;Amount (INR);Dr/Cr;Balance (INR)\n"
        "1;18/11/2026;RTGS/PADMAVATI;SVRBR52026111800471120;18,75,000.00;Cr;21,21,019.00 Cr\n"
        "2;18/11/2026;OUTWARD TT AE480339999000000004711;MLNP26TT004711;22,09,680.00;Dr;2,31,339.00 Cr\n"
    )
    assert transfers_of(text) == [
        ("2026-11-18", "1875000.00", "INR", "", "501200000090210", "SVRBR52026111800471120"),
        ("2026-11-18", "2209680.00", "INR", "501200000090210", "AE480339999000000004711", "MLNP26TT004711"),
    ]


def test_columns_without_headings_are_told_by_the_running_balance() -> None:
    text = (
        "01.02.2025;UPI xx@ybl;;100,00;1.100,00\n02.02.2025;UPI yy@ybl;50,00;;1.050,00\n"
        "03.02.2025;UPI zz@ybl;;10,00;1.060,00\n"
    )
    assert transfers_of(text) == [
        ("2025-02-01", "100.00", "", "xx@ybl", "", ""),
        ("2025-02-02", "50.00", "", "", "yy@ybl", ""),
        ("2025-02-03", "10.00", "", "zz@ybl", "", ""),
    ]


def test_without_balance_debit_stands_first() -> None:
    text = "01.02.2025;xx@ybl;100,00;\n02.02.2025;yy@ybl;;50,00\n"
    assert transfers_of(text) == [
        ("2025-02-01", "100.00", "", "", "xx@ybl", ""),
        ("2025-02-02", "50.00", "", "yy@ybl", "", ""),
    ]


def test_signed_amounts_and_counterparty() -> None:
    text = (
        "Buchungstag;Beguenstigter/Zahlungspflichtiger;IBAN;Betrag;Währung\n"
        "05.01.2025;Max;DE89370400440532013000;-1.234,56;EUR\n06.01.2025;Eva;GB29NWBK60161331926819;2.000,00;EUR\n"
    )
    assert transfers_of(text) == [
        ("2025-01-05", "1234.56", "EUR", "", "DE89370400440532013000", ""),
        ("2025-01-06", "2000.00", "EUR", "GB29NWBK60161331926819", "", ""),
    ]


def test_payments_from_and_to() -> None:
    text = "time|from|to|amount (USD)|txid\n2025-01-05 10:00|50100123456789|50100123456780|5.00|T1234567\n" * 1
    assert transfers_of(text) == [
        ("2025-01-05T10:00:00", "5.00", "USD", "50100123456789", "50100123456780", "T1234567")
    ]


def test_sign_column_and_time_column() -> None:
    text = (
        "Date,Time,Amount,Type,Account\n05/01/2025,10:30,5.00,DR,50100123456789\n05/01/2025,,6.00,CR,50100123456780\n"
    )
    assert transfers_of(text) == [
        ("2025-01-05T10:30:00", "5.00", "", "", "50100123456789", ""),
        ("2025-01-05", "6.00", "", "50100123456780", "", ""),
    ]


def test_one_sided_list_has_its_target() -> None:
    text = "Date,Beneficiary,Amount\n2025-01-05,DE89370400440532013000,5.00\n2025-01-06,GB29NWBK60161331926819,6.00\n"
    assert [one[3:5] for one in transfers_of(text)] == [("", "DE89370400440532013000"), ("", "GB29NWBK60161331926819")]


def test_chain_export() -> None:
    text = (
        "Txhash,UnixTimestamp,From,To,Value_IN(ETH),Value_OUT(ETH)\n"
        f"0x{'5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060'},1736071997,"
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed,0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359,1.5,0\n"
    )
    ((at, amount, currency, source, target, reference),) = transfers_of(text)
    assert (at, amount, currency) == ("2025-01-05T10:13:17Z", "1.5", "ETH")
    assert source == "ethereum:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    assert target.startswith("ethereum:0xfB69")
    assert reference.startswith("0x5c50")


def test_log_without_payments() -> None:
    text = "ts,user,ip\n2025-01-05,rahul,203.0.113.9\n2025-01-06,rahul,203.0.113.8\n"
    assert transfers_of(text) == []
    assert cells_of(text) == {
        ("ipv4-addr", "203.0.113.9", "row 2, column ip"),
        ("ipv4-addr", "203.0.113.8", "row 3, column ip"),
    }


def test_headings_say_what_numbers_are() -> None:
    text = "Name,Mobile,A/c No,Card,Order\nRahul,9876543210,50100123456789,4111111111111111,9876543211\n"
    assert {(kind, value) for kind, value, _ in cells_of(text)} == {
        ("phone-number", "+919876543210"),
        ("bank-account", "50100123456789"),
        ("payment-card", "411111******1111"),
    }


def test_places_in_quoted_and_overlong_rows() -> None:
    text = 'a,note\nx,"line one\nsee 203.0.113.9 ""q"" here"\ny,z,203.0.113.8\n'
    table = table_of(text)
    seen = list(find_in_rows(table, list(table.rows()), regions=()))
    assert [(one.row, one.column.title, text[one.char : one.char + 11]) for one in seen] == [
        (2, "note", "203.0.113.9"),
        (3, "column 3", "203.0.113.8"),
    ]


def test_more_rows_of_words_than_headings_are_data() -> None:
    table = table_of("name,city\n" + "".join(f"w{'x' * number},v{'y' * number}\n" for number in range(1, 6)))
    assert table.columns[0].title == "column 1"


def test_heading_that_is_an_observable_is_not_seen_in_every_row() -> None:
    assert cells_of("at evil.com,other\n203.0.113.9,b\n203.0.113.8,c\n") == {
        ("ipv4-addr", "203.0.113.9", "row 2, column at evil.com"),
        ("ipv4-addr", "203.0.113.8", "row 3, column at evil.com"),
    }


def test_rows_without_an_amount_are_no_payments() -> None:
    text = (
        "Date,Beneficiary,Amount\n2025-01-05,DE89370400440532013000,5.00\n2025-01-06,GB29NWBK60161331926819,n/a\n" * 1
    )
    more = "2025-01-07,DE89370400440532013000,7.00\n2025-01-08,DE89370400440532013000,8.00\n"
    assert [one[1] for one in transfers_of(text + more)] == ["5.00", "7.00", "8.00"]


def test_balance_with_gaps_and_amounts_that_go_together() -> None:
    text = (
        "2025-01-01,ab@ybl,9.99,1.00,,100.00\n2025-01-02,ab@ybl,9.99,,2.00,\n"
        "2025-01-03,ab@ybl,9.99,3.00,,96.00\n2025-01-04,ab@ybl,9.99,,4.00,100.00\n"
    )
    assert [one[1:5] for one in transfers_of(text)] == [
        ("1.00", "", "", "ab@ybl"),
        ("2.00", "", "ab@ybl", ""),
        ("3.00", "", "", "ab@ybl"),
        ("4.00", "", "ab@ybl", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dear sir, thank you.\nI am, as ever, yours.\nGoodbye, friend.\n",
        "one,two\n",
        "plain\ntext\n",
        "Jan 5 10:30:00 host app: a, b, c\nJan 5 10:30:01 host app: d, e, f\nJan 5 10:30:02 host app: g, h, i\n",
    ],
)
def test_prose_and_logs_are_no_tables(text: str) -> None:
    assert read_table(text, named_so=False) is None


def test_table_by_content_alone() -> None:
    text = "2025-01-05\t203.0.113.9\tGET\n2025-01-06\t203.0.113.8\tGET\n2025-01-07\t203.0.113.7\tPUT\n"
    assert table_of(text, named_so=False).columns[0].kind is ColumnKind.DATE


def test_party_values() -> None:
    assert party_value(ColumnKind.UPI, "A@YBL") == "a@ybl"
    assert party_value(ColumnKind.CARD, "4111 1111 1111 1111") == "411111******1111"
    assert party_value(ColumnKind.ACCOUNT, "AB 12") == "AB 12"
    assert party_value(ColumnKind.NAME, "  Max   Muster ") == "Max Muster"


@pytest.mark.parametrize(
    ("head", "cell", "at", "currency"),
    [
        ("Date,To,Amount (INR)", "2026-11-10 11:12:00", "2026-11-10T11:12:00", "INR"),
        ("Date,To,Amount INR", "2026-11-10 11:12:00", "2026-11-10T11:12:00", "INR"),
        ("Date,To,USD Amount", "2026-11-10T11:12:00+0530", "2026-11-10T11:12:00+05:30", "USD"),
        ("Date,To,Betrag (€)", "10.11.2026 11:12", "2026-11-10T11:12:00", "EUR"),
        ("Date,To,Withdrawal Amt (Rs.)", "2026-11-10", "2026-11-10", "INR"),
        ("Date,To,ALL Amounts", "2026-11-10", "2026-11-10", ""),
        ("Time (GMT+5:30),To,Amount", "2026-11-10 11:12:00", "2026-11-10T11:12:00+05:30", ""),
        ("Time UTC−3,To,Amount", "2026-11-10 11:12:00", "2026-11-10T11:12:00-03:00", ""),
        ("Time (UTC),To,Amount", "2026-11-10 11:12:00", "2026-11-10T11:12:00Z", ""),
        ("Time (UTC),To,Amount", "2026-11-10 11:12:00 +02:00", "2026-11-10T11:12:00+02:00", ""),
        ("Time (UTC),To,Amount", "2026-11-10", "2026-11-10", ""),
    ],
)
def test_headings_tell_zone_and_currency(head: str, cell: str, at: str, currency: str) -> None:
    rows = "".join(f"{cell},DE89370400440532013000,{number}.00\n" for number in (5, 6, 7))
    assert {(one[0], one[2]) for one in transfers_of(f"{head}\n{rows}")} == {(at, currency)}


def test_preamble_tells_the_zone() -> None:
    rows = "".join(f"2026-11-10 11:12:00,DE89370400440532013000,{number}.00\n" for number in (5, 6, 7))
    assert transfers_of(f"All times in UTC\n\nDate,To,Amount\n{rows}")[0][0] == "2026-11-10T11:12:00Z"
