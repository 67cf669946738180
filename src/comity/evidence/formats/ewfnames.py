"""Names of the segments of an image: E01 … E99, EAA … EZZ, FAA … ZZZ, and the same for L01, S01, Ex01 and Lx01.

Source: J. Metz, "Expert Witness Compression Format specification" (libewf project), segment file extensions.
"""

import re

_OLD = re.compile(r"\.([els])01$", re.IGNORECASE)
_NEW = re.compile(r"\.([el]x)01$", re.IGNORECASE)


def segment_name(first: str, number: int) -> str:
    """The name of a segment from that of the first; empty where the first's name is none of a set, or sets end."""
    old, new = _OLD.search(first), _NEW.search(first)
    match = old or new
    if match is None:
        return ""
    start = match.group(1)
    if number <= 99:
        return f"{first[: match.start()]}.{start}{number:02}"
    index, third = divmod(number - 100, 26)
    lead, second = divmod(index, 26)
    last = start[-1]
    letter = chr(ord(last) + lead)
    if not (letter.isascii() and letter.isalpha()) or letter.isupper() != last.isupper():
        return ""
    upper = last.isupper() if old else first[: match.end()].endswith("X01")
    tail = chr(65 + second) + chr(65 + third)
    return f"{first[: match.start()]}.{start[:-1]}{letter}{tail if upper or new else tail.lower()}"
