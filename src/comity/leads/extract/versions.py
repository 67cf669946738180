"""Four numbers with dots that are no address: versions, clauses, extensions, told by what stands around them.

A real address must never be lost. After a word such as ``version`` any four numbers are one; after the name of a
program only those that few addresses look like, because a log may name the program and then the address.
"""

import re

VERSION_WORDS = frozenset(
    "v ver vers version versions release rel build firmware fw revision rev rv patch update upgrade oid section sec "
    "chapter clause para paragraph figure fig table step item id driver kernel engine sdk ext extn extension "
    "durchwahl os".split()
)
"""The word before four numbers that are a version, a clause or an extension."""

PRODUCTS = frozenset(
    "chrome chromium crios headlesschrome edg edge firefox fxios safari opera opr vivaldi brave samsungbrowser mozilla "
    "gecko webkit applewebkit trident msie netscape iexplore ucbrowser yabrowser duckduckgo seamonkey palemoon "
    "thunderbird outlook foxmail eudora mailbird pegasus evolution kmail mutt roundcube squirrelmail horde zimbra "
    "groupwise incredimail airmail emclient mailspring entourage windowslivemail livemail "
    "postfix exim sendmail qmail exchange powermta ecelerity momentum mdaemon communigate domino icewarp kerio merak "
    "hmailserver mailenable imail xmail haraka jetmail argosoft mailman listserv majordomo smtpsvc smtprs fetchmail "
    "phpmailer swiftmailer symfony laravel wordpress joomla drupal typo3 magento prestashop moodle nextcloud "
    "php perl python ruby java jre jdk nodejs curl wget okhttp requests urllib libwww axios postman "
    "apache nginx httpd tomcat jetty lighttpd iis litespeed caddy haproxy squid varnish openssl openssh putty winscp "
    "filezilla cpanel plesk zabbix nagios icinga prometheus grafana splunk kibana elasticsearch logstash nessus nmap "
    "masscan zgrab metasploit burp sqlmap nikto wireshark teamviewer anydesk "
    "clamav spamassassin amavisd mimedefang kaspersky symantec mcafee sophos avast avira avg norton eset "
    "trendmicro malwarebytes bitdefender fortigate fortios junos ios ipados android macos windows linux ubuntu debian "
    "acrobat reader word excel powerpoint office photoshop flash silverlight quicktime zoom skype whatsapp telegram "
    "signal viber steam torbrowser metamask kit app".split()
)
"""Names of programs and systems, which a version follows."""

_LAST_WORD = re.compile(r"([A-Za-z]+)[ :=.#\"'`-]{0,3}$")
_PRODUCT = re.compile(r"([A-Za-z]+)[ \u00a0]$")
_WORD_AND_SLASH = re.compile(r"([A-Za-z][A-Za-z0-9._+-]{0,30})/$")
_NETWORK_WORDS = frozenset(
    "ip ips ipv addr address addresses host hosts src dst source dest destination from to client server remote local "
    "peer via by at and or gateway proxy route net network".split()
)
"""Words with a slash after them that an address follows: ``ip/203.0.113.7``."""


def is_version(text: str, start: int, end: int) -> bool:
    """Whether the four numbers that stand there are a version, a clause number, an extension or an amount."""
    before = text[max(0, start - 32) : start]
    last = before[-1:]
    if last == "/":  # Chrome/120.0.0.0
        word = _WORD_AND_SLASH.search(before)
        return word is not None and word[1].lower() not in _NETWORK_WORDS
    if last and last in "§€$£₹":
        return True
    if last in ("[", "(", "\n"):
        return False
    word = _LAST_WORD.search(before)
    if word is not None and word[1].lower() in VERSION_WORDS:
        return True
    product = _PRODUCT.search(before)
    return product is not None and product[1].lower() in PRODUCTS and _looks_like_version(text[start:end])


def _looks_like_version(numbers: str) -> bool:
    """``142.0.0.0``, ``7.0.0.10``, ``2.5.3.0``; but not ``203.0.113.7``, ``10.0.0.5`` or ``18.203.4.9``."""
    first, *others = (int(number) for number in numbers.split("."))
    zeros = others.count(0)
    return zeros > 0 and (zeros > 1 or first < 60) and first not in {10, 127}
