"""Mails that wait for nobody: whether an address is known does not show in how long an answer takes."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from comity.node.people.models import User


@task()
def mail_reset(user_id: int) -> None:
    """Mail a link to a new password. The link is made here: it is kept nowhere."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.has_usable_password():
        return
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    values = {
        "person": user,
        "link": settings.PUBLIC_URL + path,
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "agency": settings.CONFIG.agency,
    }
    with translation.override(user.language or settings.LANGUAGE_CODE):
        text = render_to_string("people/mail_reset.txt", values)
        send_mail(f"[{settings.CONFIG.agency}] {_('A new password')}", text, None, [user.email])


@task()
def mail_notice(user_id: int, address: str, act: str) -> None:
    """Tell a person what an administrator did with the account, at the address that it had then."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        values = {"person": user, "what": _WHAT[act], "agency": settings.CONFIG.agency}
        text = render_to_string("people/mail_notice.txt", values)
        send_mail(f"[{settings.CONFIG.agency}] {_('Your account was changed')}", text, None, [address])


_WHAT = {
    "factor.reset": gettext_lazy("took away your second factors and ended your sessions: set up new ones at sign-in"),
    "person.edit": gettext_lazy("changed the e-mail address of your account: this is the last mail to the old one"),
    "role.grant": gettext_lazy("gave you a role"),
    "role.end": gettext_lazy("took a role from you"),
}
"""What is told; the acts of the trail."""


def tell(user: User, act: str, *, address: str = "") -> None:
    """Mail a notice once the act stands; called inside its transaction."""
    transaction.on_commit(lambda: mail_notice.enqueue(user.pk, address or user.email, act))
