"""Addresses of sign-in: those of django-allauth that an agency wants, each with its door.

There is no sign-up, and nobody changes an e-mail address or links another account here: an administrator does.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as providers
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import URLPattern, URLResolver, include, path, re_path

from comity.node.access import Address, arriving, public, signed_in
from comity.node.people.actions.factors import entered
from comity.node.people.providers import SAML_INSTALLED
from comity.node.people.views.guards import keeps_last, reached
from comity.node.people.views.sign_in import no_password


def _settling(view: Address) -> Address:
    """Open before there is a second factor; what changes in the factors is entered."""
    return arriving(entered(view))


urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", arriving(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", arriving(account.password_change), name="account_change_password"),
    path("password/set/", arriving(no_password), name="account_set_password"),
    path("password/reset/", public(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", public(account.password_reset_done), name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("2fa/", arriving(factors.index), name="mfa_index"),
    path("2fa/authenticate/", public(factors.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", arriving(factors.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", _settling(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", _settling(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", arriving(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", _settling(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", arriving(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("2fa/webauthn/", arriving(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", _settling(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/", arriving(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("2fa/webauthn/keys/<int:pk>/edit/", _settling(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        _settling(keeps_last(passkeys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
    path("sessions/", signed_in(sessions.list_usersessions), name="usersessions_list"),
    path("provider/cancelled/", public(providers.login_cancelled), name="socialaccount_login_cancelled"),
    path("provider/error/", public(providers.login_error), name="socialaccount_login_error"),
    path("oidc/<str:provider_id>/login/", public(reached(oidc.login)), name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", public(reached(oidc.callback)), name="openid_connect_callback"),
]
if SAML_INSTALLED:
    urlpatterns.append(path("", include("comity.node.people.saml_urls")))
