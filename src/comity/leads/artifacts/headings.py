"""Headings of tables, in the languages that statements come in."""

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache


class Heading(Enum):
    """What a heading says of its column; it may say several things (``Beneficiary account``)."""

    DATE = auto()
    AMOUNT = auto()
    DEBIT = auto()
    CREDIT = auto()
    BALANCE = auto()
    CURRENCY = auto()
    SIGN = auto()
    SOURCE = auto()
    TARGET = auto()
    COUNTERPARTY = auto()
    ACCOUNT = auto()
    CARD = auto()
    PHONE = auto()
    IMEI = auto()
    REFERENCE = auto()
    NARRATION = auto()
    NAME = auto()
    OTHER_NUMBER = auto()
    MEASURE = auto()
    """A quantity that is not paid: a duration, a size, a score, a degree of latitude."""


_WORDS: dict[Heading, str] = {
    Heading.DATE: (
        "date, dt, datum, fecha, data, day, timestamp, time, datetime, posted, valuta, valutadatum, buchungstag, "
        "buchungsdatum, wertstellung, tarih, "
        "unixtimestamp, дата, तारीख, दिनांक, 日期, 日付, 交易日, 时间, التاريخ, تاريخ"
    ),
    Heading.AMOUNT: (
        "amount, amt, betrag, umsatz, montant, importe, monto, valor, value, importo, tutar, kwota, bedrag, sum, "
        "summe, сумма, сума, suma, jumlah, nominal, beløb, belopp, beloep, částka, összeg, ποσό, סכום, số tiền, 금액, "
        "cost, charge, summa, iznos, shuma, kiasi, halaga, amaun, cuantía, "
        "จำนวนเงิน, राशि, रकम, 金额, 金額, المبلغ, مبلغ"
    ),
    Heading.DEBIT: (
        "debit, debits, withdrawal, withdrawals, withdrawn, dr, soll, lastschrift, ausgang, belastung, débit, "
        "débito, debito, cargo, addebito, dare, "
        "paid out, money out, value out, spent, outgoing, borç, дебет, расход, списание, नामे, निकासी, आहरण, 支出, "
        "借方, مدين"
    ),
    Heading.CREDIT: (
        "credit, credits, deposit, deposits, deposited, cr, haben, gutschrift, eingang, crédit, crédito, "
        "credito, abono, accredito, avere, paid in, money in, "
        "value in, incoming, alacak, кредит, приход, поступление, зачисление, जमा, 收入, 贷方, 貸方, دائن"
    ),
    Heading.BALANCE: "balance, bal, saldo, kontostand, solde, bakiye, остаток, शेष, बैलेंस, 余额, 残高, الرصيد, رصيد",
    Heading.CURRENCY: (
        "currency, ccy, curr, cur, token, coin, asset, token symbol, "
        "währung, waehrung, devise, moneda, moeda, divisa, döviz, валюта, मुद्रा, 币种, "
        "通貨, العملة"
    ),
    Heading.SIGN: (
        "dr cr, cr dr, d c, c d, soll haben, debit credit, indicator, direction, txn type, transaction type, type"
    ),
    Heading.SOURCE: (
        "from, sender, payer, remitter, originator, debtor, ordering, source, sent by, paid by, auftraggeber, "
        "zahler, zahlungspflichtiger, absender, "
        "donneur, émetteur, expéditeur, ordenante, remitente, ordinante, mittente, gönderen, плательщик, "
        "отправитель, प्रेषक, 付款人, 付款方, 汇款人, 依頼人, المرسل"
    ),
    Heading.TARGET: (
        "to, beneficiary, benef, bene, payee, recipient, receiver, creditor, destination, dest, paid to, "
        "empfänger, empfaenger, begünstigter, "
        "beguenstigter, zahlungsempfänger, bénéficiaire, destinataire, beneficiario, destinatario, alıcı, "
        "получатель, प्राप्तकर्ता, लाभार्थी, 收款人, 收款方, 受取人, "
        "المستفيد"
    ),
    Heading.COUNTERPARTY: (
        "counterparty, counter party, other party, party, gegenkonto, contrepartie, contraparte, controparte, "
        "partner, counterpart, contra, opposing, tegenrekening, zahlungsbeteiligter, karşı, контрагент, 对方, 相手"
    ),
    Heading.ACCOUNT: (
        "account, acct, acc, a c, ac, accno, accountno, konto, kontonummer, compte, cuenta, conta, conto, "
        "rekening, hesap, iban, wallet, address, vpa, upi, счет, счёт, खाता, खाते, 账号, 账户, "
        "帐号, 口座, حساب"
    ),
    Heading.CARD: "card, cardno, pan, karte, kartennummer, carte, tarjeta, карта, карты, कार्ड, 卡号",
    Heading.PHONE: (
        "phone, mobile, mob, tel, telephone, telefon, teléfono, téléphone, cell, msisdn, contact, handy, caller, "
        "called, calling, телефон, फोन, मोबाइल, 电话, 手机, هاتف"
    ),
    Heading.IMEI: "imei",
    Heading.REFERENCE: (
        "reference, ref, utr, rrn, txnid, txid, txhash, hash, transaction id, transaction no, transaction "
        "number, transaction hash, txn id, txn no, trans id, "
        "refno, receipt no, receipt number, "
        "cheque, chq, check, referenz, référence, referencia, riferimento, номер, संदर्भ, 流水号, 参考, مرجع"
    ),
    Heading.NARRATION: (
        "description, narration, particulars, details, detail, remarks, remark, memo, note, notes, purpose, "
        "verwendungszweck, buchungstext, libellé, "
        "motif, concepto, descripción, descrizione, causale, açıklama, назначение, описание, विवरण, 摘要, 备注, البيان"
    ),
    Heading.NAME: "name, holder, nom, nombre, nome, имя, фио, नाम, 户名, 姓名, الاسم",
    Heading.OTHER_NUMBER: (
        "id, no, serial, sr, sl, pin, zip, code, branch, port, size, bytes, status, count, order, invoice, "
        "customer, client, cif, aadhaar, year, session, pid, "
        "blockno, block, nonce, gas"
    ),
    Heading.MEASURE: (
        "latitude, longitude, lat, lon, lng, long, accuracy, altitude, breitengrad, längengrad, широта, долгота, "
        "duration, elapsed, latency, ttl, rtt, ms, msec, sec, secs, seconds, minutes, hours, dauer, durée, duración, "
        "durata, длительность, продолжительность, अवधि, 时长, المدة, "
        "cpu, mem, memory, ram, disk, load, usage, utilization, volume, uplink, downlink, upload, download, signal, "
        "size, bytes, byte, kb, mb, gb, kbps, mbps, octets, packets, größe, taille, tamaño, размер, "
        "score, risk, severity, priority, percent, percentage, pct, ratio, confidence, probability, weight, quantity, "
        "qty, version, versions, ver, build, firmware, release, temperature, speed, distance, "
        "fee, fees, txnfee, commission, gebühr, frais, comisión, комиссия"
    ),
}  # fmt: skip
_BY_WORD: dict[str, frozenset[Heading]] = {}
for _heading, _list in _WORDS.items():
    for _word in _list.split(","):
        _BY_WORD[_word.strip()] = _BY_WORD.get(_word.strip(), frozenset()) | {_heading}
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0d7f\u0e00-\u0eff\u1000-\u109f"
"""Vowel signs and the like, which belong to words and are no letters."""
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@lru_cache(maxsize=4096)
def read_heading(title: str) -> frozenset[Heading]:
    """What a heading says; empty: nothing known."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFC", title))
    words = [word.lower() for word in _TOKEN.findall(spaced)]
    found: set[Heading] = set()
    for size in (1, 2):
        for at in range(len(words) - size + 1):
            found |= _BY_WORD.get(" ".join(words[at : at + size]), frozenset())
    if _UNSPACED.search(title):
        found |= {
            heading
            for word, headings in _BY_WORD.items()
            if _UNSPACED.search(word) and word in title
            for heading in headings
        }
    return _settled(frozenset(found))


def _settled(found: frozenset[Heading]) -> frozenset[Heading]:
    """Drops what a more telling word beside it overrules."""
    if {Heading.DEBIT, Heading.CREDIT} <= found:
        return (found - {Heading.DEBIT, Heading.CREDIT}) | {Heading.SIGN}
    if {Heading.SOURCE, Heading.TARGET} <= found:
        found = (found - {Heading.SOURCE, Heading.TARGET}) | {Heading.COUNTERPARTY}
    if Heading.DATE in found:
        return frozenset({Heading.DATE})
    if Heading.MEASURE in found and not found & {Heading.AMOUNT, Heading.BALANCE}:
        found -= {Heading.DEBIT, Heading.CREDIT}
    if len(found) > 1:
        found -= {Heading.OTHER_NUMBER}
    if found & {Heading.DEBIT, Heading.CREDIT} and found & {Heading.ACCOUNT, Heading.NAME}:
        # "debit account" is the account that pays
        side = Heading.SOURCE if Heading.DEBIT in found else Heading.TARGET
        return (found - {Heading.DEBIT, Heading.CREDIT}) | {side}
    return found
