"""One mail, read as a forensic examiner reads it: its way, where trust ends, who it pretends to be, its links.

>>> from comity.leads.mail import read_mail
>>> mail = read_mail(
...     b"Received: from x (mail.sender.example [198.51.100.7]) by mx.bank.example; 1 Oct 2026 10:00:00 +0000\\n"
...     b"From: Bank <info@bank.example>\\nReply-To: help@other.example\\n\\nPay here.\\n",
...     artifact="a1",
... )
>>> mail.reading.origin_address
'198.51.100.7'
>>> sorted(finding.code for finding in mail.findings)[-1]
'reply-to-differs'

A mail within a mail comes out as an attachment with ``is_mail``; read it with `read_mail` again, its ``depth`` one
further, so that it becomes an artifact with a hash, a reading and findings of its own.
"""

from comity.leads.mail.content import MailAttachment, MailContent, MailText, Sighting, SightingRole, TextKind
from comity.leads.mail.reading import read_mail

__all__ = ["MailAttachment", "MailContent", "MailText", "Sighting", "SightingRole", "TextKind", "read_mail"]
