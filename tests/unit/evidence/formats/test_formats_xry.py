"""Text exports of XRY, as the Autopsy project found them; and texts that only look like one."""

import codecs

import pytest
from tests.samples.forensic import Files, described, told, xry

from comity.evidence.formats.limits import FormatLimits

DEVICE = [
    "Data:\tc:\\Storage",
    "Data:\tNokia XYZ\r\nAttribute:\tDevice Name",
    "Attribute:\tMobile Id (IMEI)\r\nData:\t490154203237518",
    "Data:\t12345\r\nAttribute:\tSecurity Code",
    "Data:\tSIM Card\r\nAttribute:\tDevice Name",
]


def test_the_device() -> None:
    found = told(xry("Device/General Information", DEVICE), "Device-General Information.txt")
    assert (found.family, found.format, found.fact("kind")) == ("mobile", "xry-text", "Device/General Information")
    assert (found.fact("records"), found.fact("IMEI"), found.fact("device name")) == (
        "5",
        "490154203237518",
        "Nokia XYZ",
    )
    assert "12345" not in [fact.value for fact in found.facts], "codes that open the device are not shown"


def test_records_are_counted_and_not_shown() -> None:
    calls = xry("Calls", ["Call Type:\tMissed\r\nFrom\r\nTel:\t12345678"] * 2000)
    assert [(fact.name, fact.value) for fact in told(calls).facts] == [("kind", "Calls"), ("records", "2,000")]
    cut = Files({"x": calls}).described("x", FormatLimits(scan_bytes_max=100_000))
    assert cut is not None
    assert cut.fact("records").startswith("more than ")


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + "a\nb\nCalls\nd\ne\nSMS #\t1\n".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + "a\nb\nCalls\nd\ne\n".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + "a\nb\n\nd\ne\n #\t1\n".encode("utf-16-le"),
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF16_LE + b"\0",
        xry("Calls", ["x"])[2:],
    ],
)
def test_texts_that_are_none(data: bytes) -> None:
    found = described(data)
    assert found is None or found.format != "xry-text"
