"""Accounts on platforms and messengers; the value is ``platform:handle``."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from comity.leads.extract.phones import parse_phone
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

_NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,48}[A-Za-z0-9_])?"

_PLATFORMS: tuple[tuple[str, str, str], ...] = (
    ("t.me", r"/(?:s/)?(?P<h>[A-Za-z]\w{3,31})(?:/\d+)?/?", "telegram"),
    ("t.me", r"/(?P<h>\+[\w-]{10,40}|joinchat/[\w-]{10,40})/?", "telegram"),
    ("wa.me", r"/\+?(?P<p>\d{7,15})/?", "whatsapp"),
    ("chat.whatsapp.com", r"/(?:invite/)?(?P<h>[A-Za-z0-9]{18,26})/?", "whatsapp-group"),
    ("signal.me", r"/(?:#p/)?(?P<p>\+\d{7,15})/?", "signal"),
    ("instagram.com", rf"/(?P<h>{_NAME})/?", "instagram"),
    ("facebook.com", r"/(?P<h>[A-Za-z0-9.]{5,50})/?", "facebook"),
    ("fb.com", r"/(?P<h>[A-Za-z0-9.]{5,50})/?", "facebook"),
    ("m.me", r"/(?P<h>[A-Za-z0-9.]{5,50})/?", "facebook"),
    ("x.com", r"/(?P<h>\w{1,15})(?:/status/\d+)?/?", "twitter"),
    ("twitter.com", r"/(?P<h>\w{1,15})(?:/status/\d+)?/?", "twitter"),
    ("linkedin.com", r"/in/(?P<h>[\w%-]{3,100})/?", "linkedin"),
    ("youtube.com", r"/@(?P<h>[\w.-]{3,30})(?:/\w*)?/?", "youtube"),
    ("youtube.com", r"/channel/(?P<h>UC[\w-]{22})(?:/\w*)?/?", "youtube"),
    ("tiktok.com", r"/@(?P<h>[\w.]{2,24})(?:/video/\d+)?/?", "tiktok"),
    ("snapchat.com", r"/add/(?P<h>[A-Za-z][\w.-]{2,14})/?", "snapchat"),
    ("discord.gg", r"/(?P<h>[A-Za-z0-9-]{2,32})/?", "discord-invite"),
    ("discord.com", r"/invite/(?P<h>[A-Za-z0-9-]{2,32})/?", "discord-invite"),
    ("discord.com", r"/users/(?P<h>\d{17,20})/?", "discord"),
    ("vk.com", r"/(?P<h>[A-Za-z][\w.]{3,31})/?", "vk"),
    ("ok.ru", r"/profile/(?P<h>\d{5,15})/?", "odnoklassniki"),
    ("github.com", r"/(?P<h>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?:/[\w.-]+)?/?", "github"),
    ("reddit.com", r"/u(?:ser)?/(?P<h>[\w-]{3,20})/?", "reddit"),
    ("threads.net", rf"/@(?P<h>{_NAME})/?", "threads"),
    ("medium.com", r"/@(?P<h>[\w.]{3,30})/?", "medium"),
    ("line.me", r"/(?:R/)?ti/p/(?P<h>[@~]?[\w.-]{3,30})/?", "line"),
    ("twitch.tv", r"/(?P<h>\w{4,25})/?", "twitch"),
    ("keybase.io", r"/(?P<h>\w{2,16})/?", "keybase"),
    ("paypal.me", r"/(?P<h>[A-Za-z0-9]{2,20})(?:/[\w.]+)?/?", "paypal"),
    ("cash.app", r"/\$(?P<h>[A-Za-z]\w{1,19})/?", "cashapp"),
)
"""Host (and all below it), the whole path, the platform; group ``h`` is a handle, ``p`` a telephone number."""


def _by_host() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for host, path, platform in _PLATFORMS:
        found.setdefault(host, []).append((re.compile(path), platform))
    return found


_BY_HOST = _by_host()
_SAME_HOST = {
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "discordapp.com": "discord.com",
    "threads.com": "threads.net",
}

_NAMES = frozenset(host.split(".")[-2] for host in (*_BY_HOST, *_SAME_HOST, "whatsapp.com"))
"""The labels before the top-level domain, to pass over all other hosts fast."""

_PAGES = frozenset(
    "about ads api apps blog business careers contact developers dialog download en explore features followshare "
    "groups hashtag help home i images "
    "intent invite legal login logout marketplace messages news notifications oauth orgs p pages photo photos "
    "plugins policies policy "
    "pricing privacy profile.php public reel reels search security settings share sharer sharer.php signup "
    "sponsors static status stories tr "
    "terms topics tv video videos watch accounts wp-content addstickers proxy socks iv permalink.php events "
    "l.php story.php company "
    "sharearticle addtoany personal away share.php emailpreferences".split()
)
"""First segments of paths that are a platform's own pages."""

_LABELLED = re.compile(
    r"(?<![\w/@.])(?P<platform>telegram|tg|instagram|insta|ig|twitter|snapchat|snap|discord"
    r"|skype|wechat|weixin|signal|whats ?app|line|kik|wickr|threema|icq|jabber|xmpp|viber|tiktok"
    r"|facebook|fb|qq|zalo|kakao(?:talk)?|телеграм+|телега|टेलीग्राम)"
    r"(?P<word>[ ]?(?:id|handle|user ?name|user|account|acct|channel|group|profile|contact|nick(?:name)?))?"
    r"[ ]?(?P<sign>is|[:=–—-]|->|→|at)?[ \t]*[\"'(\[]?(?P<at>@)?"
    r"(?P<handle>(?:live:)?[A-Za-z0-9_+][A-Za-z0-9_.-]{2,48}(?:#\d{4})?)(?![\w@/:])",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w@/.])@(?P<handle>[A-Za-z]\w{4,31})(?![\w@.]*\w)")
_TELEGRAM_NEAR = re.compile(r"\b(?:telegram|tg|телеграм+|телега|टेलीग्राम)\b", re.IGNORECASE)
LABELS = (
    *"telegram insta twitter snapchat discord skype wechat weixin signal whatsapp wickr threema jabber xmpp".split(),
    "whats app",
    *"viber tiktok facebook zalo kakao kik icq телег टेलीग्राम".split(),
    *(f"{name}{sign}" for name in ("tg", "ig", "fb", "qq", "snap", "line") for sign in (":", " @", " id")),
)
"""Lower-case words without which no labelled handle can be there."""
_CANONICAL = {
    "tg": "telegram",
    "insta": "instagram",
    "ig": "instagram",
    "snap": "snapchat",
    "weixin": "wechat",
    "whats app": "whatsapp",
    "fb": "facebook",
    "kakao": "kakaotalk",
    "xmpp": "jabber",
    "телеграм": "telegram",
    "телеграмм": "telegram",
    "телега": "telegram",
    "टेलीग्राम": "telegram",
}
_ORDINARY = frozenset(
    "app apps and the for with now here this that group channel link support team number account messenger chat "
    "bot web desktop api user username "
    "login sign page help center centre inc llc from your our via are not can has you http https www com only "
    "message messages call video "
    "id address below above today email mail phone contact handle name profile or us me on in to of is it at by "
    "if icon logo follow verified "
    "media business official community server download install update security policy marketing".split()
)  # fmt: skip
_MESSENGER_BEHIND = re.compile(
    r"[ \t]*[(\[,;/–-]{0,2}[ \t]*(?:(?:on|via|by|over|only|per|nur|auf|sur|por|en|с|is|=|is on|also)[ \t]+){0,2}"
    r"(?P<name>whats ?app|signal|viber|telegram)\b",
    re.IGNORECASE,
)
"""A messenger's name right behind a telephone number: ``+49 … (WhatsApp)``, ``+49 … on Signal``."""
_BY_PHONE = frozenset({"whatsapp", "signal", "viber", "telegram"})
_AMBIGUOUS = frozenset({"line", "signal", "snap", "ig", "qq", "fb", "tg"})
"""Labels that are words of their own: these need a word such as ``id`` or the sign ``@``."""


def handles_in_url(url: str, start: int, end: int) -> Iterator[Sighting]:
    """The account that a URL of a platform names."""
    named = url.split("/", 3)[2].lower()
    if named.rpartition(".")[0].rpartition(".")[2] not in _NAMES:
        return
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    host = _SAME_HOST.get(host, host)
    if host == "api.whatsapp.com":
        yield from _by_phone("whatsapp", "".join(parse_qs(parts.query).get("phone", ())), start, end)
        return
    patterns = _BY_HOST.get(host) or _BY_HOST.get(host.partition(".")[2]) or []
    path = unquote(parts.path) + (f"#{parts.fragment}" if host == "signal.me" else "")
    for pattern, platform in patterns:
        match = pattern.fullmatch(path)
        if match:
            yield from _from_path(match, platform, start, end)
            return


def _from_path(match: re.Match[str], platform: str, start: int, end: int) -> Iterator[Sighting]:
    groups = match.groupdict()
    if groups.get("p"):
        yield from _by_phone(platform, groups["p"], start, end)
    elif groups["h"].lower() not in _PAGES:
        yield _account(platform, groups["h"], start, end)


def _account(platform: str, handle: str, start: int, end: int) -> Sighting:
    return Sighting(ObservableKind.USER_ACCOUNT, f"{platform}:{handle}", start, end)


def _by_phone(platform: str, number: str, start: int, end: int) -> Iterator[Sighting]:
    value = parse_phone("+" + number.strip().lstrip("+0"), "ZZ")
    if value:
        yield _account(platform, value, start, end)
        yield Sighting(ObservableKind.PHONE, value, start, end)


def find_labelled_handles(text: str, lowered: str) -> Iterator[Sighting]:
    """Handles that a word before them ties to a platform: ``Telegram: @name``, ``Skype ID live:name``."""
    for match in _labelled(text, lowered):
        platform = _platform(match)
        handle = (
            match.group("handle").rstrip(".-_") if not match.group("handle").endswith("_") else match.group("handle")
        )
        if _is_handle(match, platform, handle):
            start = match.start("handle")
            yield _account(platform, handle, start, start + len(handle))
    if _TELEGRAM_NEAR.search(text):
        yield from _telegram_mentions(text)


def _labelled(text: str, lowered: str) -> Iterator[re.Match[str]]:
    """The matches of the pattern, tried only where one of its words stands."""
    if len(text) != len(lowered):
        yield from _LABELLED.finditer(text)
        return
    done = 0
    for at in sorted({at for word in LABELS for at in _places(lowered, word)}):
        match = _LABELLED.match(text, at) if at >= done else None
        if match:
            done = match.end()
            yield match


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _platform(match: re.Match[str]) -> str:
    name = match.group("platform").lower()
    return _CANONICAL.get(name, name)


def _is_handle(match: re.Match[str], platform: str, handle: str) -> bool:
    if handle.lower() in _ORDINARY or handle[0] == "+" or ("." in handle and platform in ("telegram", "twitter")):
        return False
    if handle.replace("-", "").isdigit():
        return platform in ("icq", "qq", "discord") and len(handle) >= 5
    if match.group("at"):
        return True
    signed = match.group("sign") not in (None, "at", "-", "is")
    if match.group("word"):
        return signed or any(not char.isalpha() for char in handle)
    return signed and match.group("platform").lower() not in _AMBIGUOUS


def _telegram_mentions(text: str) -> Iterator[Sighting]:
    """``@name`` on a line that speaks of Telegram."""
    for match in _MENTION.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if match.group("handle").lower() not in _ORDINARY and _TELEGRAM_NEAR.search(
            text, max(line_start, match.start() - 120), match.start()
        ):
            yield _account("telegram", match.group("handle"), *match.span("handle"))


def messenger_numbers(text: str, phones: list[Sighting]) -> Iterator[Sighting]:
    """The account that a telephone number is where a messenger's name stands right before it, or behind it."""
    for phone in phones:
        behind = _MESSENGER_BEHIND.match(text, phone.end, phone.end + 40)
        if behind:
            yield _account(behind["name"].lower().replace(" ", ""), phone.value, phone.start, phone.end)
            continue
        before = text[max(0, phone.start - 32) : phone.start].lower()
        line = before[before.rfind("\n") + 1 :]
        found = [
            (line.rfind(name), name)
            for name in ("whatsapp", "whats app", "signal", "viber", "telegram")
            if name in line and ")" not in line[line.rfind(name) :]
        ]
        if found:
            platform = max(found)[1].replace(" ", "")
            yield _account(platform, phone.value, phone.start, phone.end)
