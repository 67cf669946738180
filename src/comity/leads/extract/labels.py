"""What a number is said to be: the nearest label before it."""

import re
from enum import Enum, auto


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


_WORDS: dict[Label, str] = {
    Label.PHONE: (
        r"(?:tele)?phone(?: no| number)?s?|tel[ée]?fono?|t[ée]l[ée]phone|teléfono|telefone|telefon|tel|mobiles?|mob|handy|cell(?:phone|ular)?"
        r"|portable|call(?:ing|er)?|ring|dial|fax|whats ?app|viber|signal|telegram|sms|text|contact(?: us| no| number)?|helpline|hotline|helpdesk"
        r"|toll[ -]?free|customer (?:care|service|support)|support(?: team| number| line)?|msisdn|ph|[mt](?=:)|gsm|rufnummer"
        r"|телефон|тел|номер телефона|моб|फोन|मोबाइल|电话|電話|手机|전화|هاتف|جوال|☎|📞|📱|✆"
    ),
    Label.ACCOUNT: (
        r"(?:bank )?(?:account|acct|a/?c) ?(?:no|num|number|nr|id)|accounts?|acct|a/?c|acc|konto(?:nummer)?|compte|cuenta|conta|rekening(?:nummer)?"
        r"|hesap|счет|счёт|счета|р/с|खाता|账号|帳號|口座番号|계좌번호|حساب|beneficiary|virtual account|wallet no"
    ),
    Label.CARD: (
        r"(?:credit|debit|atm|bank|payment|prepaid|virtual)? ?cards?(?: no| number| num)?|visa|master ?card|amex|american express|rupay|maestro"
        r"|discover|pan|cc|ccnum|karte(?:nnummer)?|carte|tarjeta|карта|карты|कार्ड|卡号|カード"
    ),
    Label.IMEI: r"imei\d?|imei ?(?:no|number|1|2)|device id|handset",
    Label.REFERENCE: (
        r"utr|rrn|utr ?(?:no|number)|rrn ?(?:no|number)|(?:imps|neft|rtgs|upi) ?(?:ref(?:erence)?|txn|transaction)? ?(?:no|id|number)?"
        r"|bank ?(?:ref(?:erence)?|txn|transaction) ?(?:no|id|number)?"
        r"|(?:txn|transaction|trans|payment) ?(?:id|ref(?:erence)?|no|number)|retrieval reference(?: number)?|arn"
    ),
    Label.OTHER: (
        r"order|invoice|ticket|case|ref(?:erence)?|id|pin|otp|zip|code|aadhaar|uidai|ssn|vat|gst(?:in)?|tax|tin|kvk|abn|nif|cif|serial|s/n|tracking|awb"
        r"|consignment|customer id|client id|user id|uid|amount|amt|sum|total|balance|rs|inr|usd|eur|gbp|date|time|dated|size|bytes|port|isbn|issn|licen[cs]e"
        r"|registration|company|version|build|pid|session|msg|message|key|score|passport|policy|fir|crime|po box|p\.o\. box|postcode|year|votes|epoch|timestamp"
    ),
}
_LABEL = re.compile(
    "(?<![^\\W_])(?:" + "|".join(f"(?P<{label.name}>{words})" for label, words in _WORDS.items()) + ")(?![^\\W_])", re.IGNORECASE
)
_REACH = 48
"""How many characters before a number its label may stand."""


def label_before(text: str, start: int) -> Label:
    """The class of the nearest label on the same line before `start`."""
    window = text[max(0, start - _REACH) : start].replace("_", " ")
    line = window[window.rfind("\n") + 1 :]
    found = Label.NONE
    for match in _LABEL.finditer(line):
        found = Label[match.lastgroup or "NONE"]
    if found is Label.NONE and "\n" in window:
        found = _label_above(window)
    return found


def _label_above(window: str) -> Label:
    """The label that makes up the end of the line above, as in forms (``Account number:`` and the number below)."""
    above, _, line = window.rpartition("\n")
    if line.strip():
        return Label.NONE
    above = above.rstrip().rstrip(":")
    found = Label.NONE
    for match in _LABEL.finditer(above[above.rfind("\n") + 1 :]):
        if match.end() >= len(above[above.rfind("\n") + 1 :]) - 1:
            found = Label[match.lastgroup or "NONE"]
    return found
