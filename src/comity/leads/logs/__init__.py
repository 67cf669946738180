"""Logs of servers and firewalls: who did what when, line by line, and what that tells.

Access logs (Common and Combined Log Format, with or without the virtual host), error logs of nginx and Apache, W3C
extended logs as IIS writes them, JSON lines, syslog with its log-ins, and firewalls that write ``key=value``. ::

    >>> from comity.leads.logs import find_format
    >>> line = '203.0.113.9 - - [09/Nov/2026:22:14:31 -0300] "POST /wp-login.php HTTP/1.1" 302 0 "-" "Mozilla/5.0"'
    >>> entry = find_format(line).read(line)
    >>> entry.at, entry.client, entry.act
    ('2026-11-09T22:14:31-03:00', '203.0.113.9', 'POST /wp-login.php 302')
"""

from comity.leads.logs.entry import LogEntry
from comity.leads.logs.format import LogFormat, find_format
from comity.leads.logs.signs import Sign, signs_of, weight_of

__all__ = ["LogEntry", "LogFormat", "Sign", "find_format", "signs_of", "weight_of"]
