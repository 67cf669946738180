"""The cases that ship: well formed, true in their figures, and naming nobody.

Whatever looks like an address, a domain, an account or a telephone number in them must be one of the values that their
README explains, so that no edit brings in somebody who exists.
"""

import csv
import re
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from html import unescape
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import unquote

import pytest

from comity.law import load_registry
from comity.plan.folder import artifact_paths, open_case

EXAMPLES = Path(__file__).parents[2] / "examples"
PHISHING = EXAMPLES / "phishing"
LETTER = EXAMPLES.parent / "tools/bank_letter.typ"
CASES = ("phishing", "bec")

PROVIDERS = {
    # providers and public hosts as they are, without an account that could exist
    "gmail.com", "google.com", "googleapis.com", "1e100.net", "outlook.com", "office365.com", "zoho.in", "telegram.org",
    "facebook.com", "x.com", "youtube.com", "linkedin.com", "gov.in", "ovh.com", "ovh.net", "icann.org", "github.com",
}  # fmt: skip
INVENTED = {
    "suvarnarekha.bank.in",
    "suvarnarekha-bank-in.com",
    "suvarnarekha.com",
    "xn--suvrnarekha-0ij.com",
    "suv\u0430rnarekha.com",
}
RESERVED = tuple(
    ip_network(block)
    for block in ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.51.100.0/24", "203.0.113.0/24")
)
PUBLIC_EXITS = {"171.25.193.25", "23.144.160.67", "185.220.101.34"}
SEARCH_AND_MAIL_SERVERS = {"66.249.66.1", "209.85.208.182"}
LAST_OF_A_BLOCK = {"31.184.254.255", "103.117.159.255"}
NO_ADDRESSES = {"4.2.1.10", "10.4.2.1", "142.0.0.0", "2.16.4.10", "3.1.0.4", "6.9.1.0", "4.11.20.26", "7.0.0.10"}
DOMAIN = re.compile(r"(?<![\w.-])(?:[\w-]+\.)+(?:com|net|org|in|ru|eu|fr|ae|me|example|lan)\b", re.IGNORECASE)


def paths(case: str) -> list[Path]:
    folder = EXAMPLES / case
    return list(artifact_paths(folder, open_case(folder, load_registry())))


def text(path: Path) -> str:
    """What a person reads in it: headers as they stand, bodies decoded, the letter as its source has it."""
    raw = (LETTER if path.suffix == ".pdf" else path).read_bytes()
    found = raw.decode("utf-8", "replace")
    if path.suffix == ".eml":
        message = message_from_bytes(raw, policy=default)
        parts = [part.get_payload(decode=True) for part in message.walk() if part.get_content_maintype() == "text"]
        head = raw.split(b"\n\n", 1)[0].decode("utf-8", "replace")
        found = "\n".join([head, *(part.decode("utf-8", "replace") for part in parts if isinstance(part, bytes))])
    return unquote(unescape(found).replace("[.]", ".").replace("[:]", ":").replace("\\@", "@"))


def everything(case: str) -> str:
    return "\n".join(text(path) for path in paths(case))


@pytest.mark.parametrize("case", CASES)
def test_the_case_opens_and_its_evidence_is_there(case: str) -> None:
    found = paths(case)
    assert len(found) >= 4
    assert not [path for path in found if path.name in ("README.md", "case.toml")]


@pytest.mark.parametrize("case", CASES)
def test_every_address_is_one_that_names_nobody(case: str) -> None:
    for found in set(re.findall(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)", everything(case))):
        if found in NO_ADDRESSES | PUBLIC_EXITS | SEARCH_AND_MAIL_SERVERS | LAST_OF_A_BLOCK:
            continue
        address = ip_address(found)
        assert found.endswith(".255.255") or any(address in block for block in RESERVED)


@pytest.mark.parametrize("case", CASES)
def test_every_domain_is_invented_reserved_or_a_provider(case: str) -> None:
    for found in {domain.lower() for domain in DOMAIN.findall(everything(case))}:
        kept = found.endswith((".example", ".lan")) or any(
            found == known or found.endswith(f".{known}") for known in PROVIDERS | INVENTED
        )
        assert kept or found in ("send.php", "in.example.suvarnarekha", "bank.in"), found


@pytest.mark.parametrize("case", CASES)
def test_no_account_at_gmail_could_exist(case: str) -> None:
    names = set(re.findall(r"([\w.+=-]+)@gmail\.com", everything(case)))
    assert names
    assert all("_" in name for name in names)


@pytest.mark.parametrize("case", CASES)
def test_telephone_numbers_are_those_that_the_readme_explains(case: str) -> None:
    found = {re.sub(r"\D", "", number) for number in re.findall(r"\+\d[\d ]{8,16}\d", everything(case))}
    assert found <= {"442079460123", "918020000000"}


@pytest.mark.parametrize(
    ("iban", "valid"),
    [("AE480339999000000004711", True), ("GB87NWBK00000000004711", True), ("AE840339999000000004711", False)],
)
def test_check_digits_of_accounts(iban: str, valid: bool) -> None:
    """ISO 13616: moved to the end and read as numbers, the remainder by 97 is 1."""
    number = "".join(str(int(c, 36)) for c in iban[4:] + iban[:4])
    assert (int(number) % 97 == 1) is valid
    assert iban in re.sub(r"\s", "", everything("phishing") + everything("bec"))


def test_crypto_addresses_are_digests_of_labels_so_that_nobody_has_their_key() -> None:
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    labels = (
        "comity example tron 1",
        "comity example tron 2",
        "comity example tron 3 exchange",
        "comity example tron 4",
    )
    for label in labels:
        payload = b"\x41" + sha256(label.encode()).digest()[:20]
        number = int.from_bytes(payload + sha256(sha256(payload).digest()).digest()[:4], "big")
        address = ""
        while number:
            number, digit = divmod(number, 58)
            address = alphabet[digit] + address
        assert address in everything("phishing")


def test_the_money_adds_up() -> None:
    lines = (PHISHING / "bank/statement-navin-trading.csv").read_text(encoding="cp1252").splitlines()
    rows = list(csv.reader(lines, delimiter=";"))
    balance = Decimal("1020.00")
    for row in rows[7:]:
        amount = Decimal(row[5].replace(",", ""))
        balance += amount if row[6] == "Cr" else -amount
        assert Decimal(row[7].split()[0].replace(",", "")) == balance, row
    taken = sum(Decimal(row[5].replace(",", "")) for row in rows[7:] if row[3].startswith(("IMPS", "RTGS")))
    assert taken == Decimal(str(open_case(PHISHING, load_registry()).victims[0].loss))


def test_mails_are_broken_only_where_the_story_breaks_them() -> None:
    for path in sorted(PHISHING.glob("mail/*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=default)
        defects = [type(d).__name__ for part in message.walk() for d in part.defects]
        assert defects == (["CloseBoundaryNotFoundDefect"] if path.name.startswith("03") else [])


def test_the_readme_names_every_folder_of_evidence() -> None:
    readme = (PHISHING / "README.md").read_text(encoding="utf-8")
    folders = {path.parent.name for path in paths("phishing")}
    assert {"mail", "bank", "crypto", "web", "domain", "telecom", "statements", "cert", "notes"} == folders
    assert all(value in readme for value in ("31.184.255.255", "94.59.255.255", "AE48 0339", "suvarnarekha_kyc_desk"))
