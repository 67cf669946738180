"""Encoded words of RFC 2047 and parameters of RFC 2231, as they should be and as they are."""

import pytest

from comity.leads.mail.parameters import read_disposition, read_media_type
from comity.leads.mail.words import decode_words, has_words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("plain = ? text", "plain = ? text"),
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?UTF-8?B?Y2Fmw6k=?=", "café"),
        ("=?iso-8859-1?Q?a_b?= c", "a b c"),
        ("x =?us-ascii?q?a?= =?us-ascii?q?b?= y", "x ab y"),
        ("=?us-ascii?q?a?=\r\n =?us-ascii?q?b?=", "ab"),
        ("=?us-ascii?q?a?= and =?us-ascii?q?b?=", "a and b"),
        ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        ("=?utf-8?q?a?= =?koi8-r?b?8NLJ18XU?=", "aПривет"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?gb2312?B?1tDOxA==?=", "中文"),
        ("=?ks_c_5601-1987?B?x9Gx2w==?=", "한글"),
        ("=?utf-8*en?q?hi?=", "hi"),
        ("=?utf-8?q?with space?=", "with space"),
        ("=?utf-8?q?never closed", "never closed"),
        ("=?utf-8?q?no_end", "no end"),
        ("=?utf-8?b?Y2Fmw6k?=", "café"),
        ("=?x-unknown?q?caf=E9?=", "café"),
        ("=?utf-8?q?caf=E9?=", "café"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?broken", "=?broken"),
        ("=?utf-8?q??=", ""),
        ("=?zlib_codec?b?eJw=?=", "xœ"),
    ],
)
def test_words(written: str, read: str) -> None:
    assert decode_words(written) == read


def test_has_words() -> None:
    assert has_words("a =?utf-8?q?b?= c")
    assert not has_words("a =? b")


@pytest.mark.parametrize(
    ("written", "media_type", "name", "value"),
    [
        ('text/plain; charset="utf-8"', "text/plain", "charset", "utf-8"),
        ("TEXT/HTML;CHARSET=us-ascii; x=y", "text/html", "charset", "us-ascii"),
        ('multipart/mixed; boundary="a;b"', "multipart/mixed", "boundary", "a;b"),
        ('a/b; name="a\\"b"', "a/b", "name", 'a"b'),
        ('a/b; name="not closed', "a/b", "name", "not closed"),
        ("a/b; name=two words", "a/b", "name", "two words"),
        ("a/b; name=one; name=two", "a/b", "name", "one"),
        ("a/b; name*=utf-8''caf%C3%A9.pdf", "a/b", "name", "café.pdf"),
        ("a/b; name*=iso-8859-1'fr'caf%E9.pdf", "a/b", "name", "café.pdf"),
        ('a/b; name*0="one "; name*1="two"', "a/b", "name", "one two"),
        ("a/b; name*1*=%A9.pdf; name*0*=utf-8''caf%C3", "a/b", "name", "café.pdf"),
        ("a/b; name*0*=utf-8''a%20; name*1=b", "a/b", "name", "a b"),
        ("a/b; name*=%41", "a/b", "name", "A"),
        ("a/b; name*x=1; name*9999999=2", "a/b", "name", "12"),
        ('a/b; name="=?utf-8?q?caf=C3=A9?="', "a/b", "name", "café"),
        ("text; charset=utf-8", "", "charset", "utf-8"),
        ("", "", "charset", ""),
        ('"text/plain"; a=b', "text/plain", "a", "b"),
    ],
)
def test_media_type(written: str, media_type: str, name: str, value: str) -> None:
    read = read_media_type(written)
    assert (read.value, read.get(name)) == (media_type, value)


def test_disposition() -> None:
    read = read_disposition('ATTACHMENT; filename="x.pdf"')
    assert (read.value, read.get("filename"), read.get("size")) == ("attachment", "x.pdf", "")
