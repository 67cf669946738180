"""What a number is said to be: the nearest label before it."""

import re
from enum import Enum, auto
from functools import lru_cache


class Label(Enum):
    """The class of the nearest label."""

    NONE = auto()
    PHONE = auto()
    ACCOUNT = auto()
    CARD = auto()
    IMEI = auto()
    REFERENCE = auto()
    """A bank's reference of one payment: UTR, RRN and the like."""
    OTHER = auto()
    """A number of some other kind: an order, an amount, a date, a postal code."""


_PHRASES: dict[Label, str] = {
    Label.PHONE: (
        "phone, phones, telephone, tel, telefon, telefono, telefone, téléphone, teléfono, telefonnummer, mobile, "
        "mobiles, mob, handy, cell, cellphone, "
        "cellular, portable, call, calling, ring, dial, fax, whatsapp, whats app, viber, signal, telegram, sms, "
        "text, contact, contact us, helpline, "
        "hotline, helpdesk, toll free, tollfree, customer care, customer service, support, support team, msisdn, "
        "ph, gsm, rufnummer, appelez, "
        "телефон, тел, моб, звоните, फोन, मोबाइल, दूरभाष, 电话, 電話, 手机, 전화, هاتف, جوال, t:, m:, p:, f:"
    ),
    Label.ACCOUNT: (
        "account, accounts, acct, a/c, acc, bank account, account no, account number, account nr, account id, "
        "acct no, konto, kontos, konten, bankkonto, kontonummer, compte, comptes, "
        "cuenta, cuentas, conta, contas, rekening, rekeningnummer, hesap, счет, счёт, счета, счёта, счету, "
        "счёту, счете, счёте, счетом, счётом, счетов, счетам, р/с, "
        "खाता, खाते, खातों, 账号, 帳號, 账户, 帐户, 帐号, 口座番号, 계좌번호, "
        "حساب, الحساب, beneficiary account"
    ),
    Label.CARD: (
        "card, cards, credit card, debit card, atm card, visa, mastercard, amex, american express, rupay, "
        "maestro, discover, pan, cc, ccnum, karte, "
        "kartennummer, carte, tarjeta, карта, карты, карту, कार्ड, 卡号, カード"
    ),
    Label.IMEI: "imei, imei1, imei2, imei no, device id, handset",
    Label.REFERENCE: (
        "utr, rrn, utr no, rrn no, imps, neft, rtgs, upi, imps ref, neft ref, rtgs ref, upi ref, upi id, upi ref "
        "no, bank ref, bank reference, txn, txn id, txn ref, txn no, "
        "transaction id, transaction ref, transaction reference, transaction no, transaction number, trans id, "
        "payment id, payment ref, "
        "payment reference, retrieval reference, retrieval reference number, upi transaction id, arn"
    ),
    Label.OTHER: (
        "order, invoice, ticket, case, ref, reference, id, pin, otp, zip, code, aadhaar, uidai, ssn, vat, gst, "
        "gstin, tax, tin, kvk, abn, nif, cif, serial, "
        "s/n, tracking, awb, consignment, amount, amt, sum, total, balance, rs, inr, usd, eur, gbp, date, time, "
        "dated, size, bytes, port, isbn, issn, license, "
        "licence, registration, company, version, build, pid, session, msg, message, key, score, passport, "
        "policy, fir, crime, po box, postcode, year, "
        "epoch, timestamp, uid, user, bestellung, rechnung, commande, facture"
    ),
}
_BY_PHRASE = {phrase.strip(): label for label, phrases in _PHRASES.items() for phrase in phrases.split(",")}
_SIGNS = {"☎": "phone", "📞": "phone", "📱": "phone", "✆": "phone"}
_WORD = re.compile(r"(?<![a-zа-я])(?:a/c|s/n|р/с)(?![a-zа-я])|[^\s!-/:-@\[-`{-~]+:?")
_REACH = 48
"""How many characters before a number its label may stand."""
_WORDS = 7
"""How many words before it."""


def label_before(text: str, start: int) -> Label:
    """The class of the nearest label before `start`, on the same line or as the end of the line above."""
    window = text[max(0, start - _REACH) : start].lower()
    above, newline, line = window.rpartition("\n")
    if line.strip() or not newline:
        return _nearest(line, reach=_WORDS)
    return _nearest(above.rpartition("\n")[2], reach=2)


@lru_cache(maxsize=4_096)
def _nearest(line: str, *, reach: int) -> Label:
    words = _WORD.findall(line)[-reach - 2 :]
    plain = [_plain(word) for word in words]
    for last in range(len(words), max(0, len(words) - reach), -1):
        if len(plain[last - 1]) == 1 and words[last - 1] in _BY_PHRASE:
            return _BY_PHRASE[words[last - 1]]
        for first in range(max(0, last - 3), last):
            label = _BY_PHRASE.get(" ".join(plain[first:last]))
            if label:
                return label
    return Label.NONE


def _plain(word: str) -> str:
    """A word without its colon; of languages that write without spaces, its end."""
    word = word.rstrip(":")
    if word.isascii() or word in _BY_PHRASE:
        return word
    if word[-1:] in _SIGNS:
        return _SIGNS[word[-1]]
    return word[-2:] if word[-2:] in _BY_PHRASE else word
