"""Who may come in at the addresses that django-allauth brings: its views are not wrapped by `comity.node.access`."""

from comity.node.access import Access, Door

_PUBLIC = """
account_login account_logout account_inactive account_signup account_email_verification_sent
account_confirm_login_code account_confirm_email account_reset_password account_reset_password_done
account_reset_password_from_key account_reset_password_from_key_done mfa_authenticate mfa_login_webauthn
socialaccount_login_cancelled socialaccount_login_error socialaccount_signup
openid_connect_login openid_connect_callback
""".split()
_SIGNED_IN = """
account_reauthenticate account_email account_change_password account_set_password mfa_index mfa_reauthenticate
mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes
mfa_list_webauthn mfa_add_webauthn mfa_remove_webauthn mfa_edit_webauthn mfa_reauthenticate_webauthn
socialaccount_connections usersessions_list
""".split()

ALLAUTH: dict[str, Access] = {
    **{name: Access(door=Door.PUBLIC) for name in _PUBLIC},
    **{name: Access(door=Door.SIGNED_IN) for name in _SIGNED_IN},
}
"""Rule of each address, by its name."""
