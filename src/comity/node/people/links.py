"""The link of an invitation: where it leads, and mailing it."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.node.people.actions.invitations import LINK_DAYS
from comity.node.people.models import User


def link_with(secret: str) -> str:
    """The address at which the person chooses a password."""
    return settings.PUBLIC_URL + reverse("people:accept", args=[secret])


def mail_link(person: User, link: str) -> bool:
    """Mail the link to the person; False: it could not be sent, and is handed over in another way."""
    values = {"person": person, "link": link, "days": LINK_DAYS, "agency": settings.CONFIG.agency}
    try:
        text = render_to_string("people/mail_invitation.txt", values)
        send_mail(_("Your account"), text, settings.CONFIG.mail_from, [person.email])
    except (SMTPException, OSError):
        return False
    return True
