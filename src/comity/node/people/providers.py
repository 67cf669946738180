"""The agency's own sign-in: providers of OpenID Connect and SAML, as the settings name them."""

from importlib.util import find_spec
from urllib.parse import urlsplit

from comity.node.config import Config
from comity.node.errors import ConfigError

SAML_INSTALLED = find_spec("onelogin") is not None
"""True where the package python3-saml is there."""
_OIDC_FIELDS = ("id", "name", "client_id", "secret", "server_url")
_SAML_FIELDS = ("id", "name", "entity_id", "metadata_url")


def provider_settings(config: Config) -> dict[str, dict[str, object]]:
    """The providers as django-allauth reads them; ConfigError names the field that is missing."""
    if config.saml and not SAML_INSTALLED:
        raise ConfigError("saml: needs the package python3-saml: install comity[saml]")
    oidc = [_checked(one, _OIDC_FIELDS, "oidc") for one in config.oidc]
    saml = [_checked(one, _SAML_FIELDS, "saml") for one in config.saml]
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": one["id"],
                    "name": one["name"],
                    "client_id": one["client_id"],
                    "secret": one["secret"],
                    "settings": {"server_url": one["server_url"]},
                }
                for one in oidc
            ],
        },
        "saml": {
            "APPS": [
                {
                    "provider_id": one["entity_id"],
                    "name": one["name"],
                    "client_id": one["id"],
                    "settings": {
                        "idp": {"entity_id": one["entity_id"], "metadata_url": one["metadata_url"]},
                        # Such a provider is the agency's own, and says of no address that it was verified.
                        "verified_email": True,
                        "advanced": {
                            "want_name_id": True,
                            "allow_single_label_domains": True,
                        },  # names inside the agency
                    },
                }
                for one in saml
            ],
        },
    }


def provider_origins(config: Config) -> tuple[str, ...]:
    """Where a sign-in form may lead to (CSP form-action): the origins of the providers."""
    addresses = [one.get("authorize_origin") or one.get("server_url", "") for one in config.oidc]
    addresses += [one.get("authorize_origin") or one.get("metadata_url", "") for one in config.saml]
    parts = [urlsplit(address) for address in addresses]
    return tuple(sorted({f"{part.scheme}://{part.netloc}" for part in parts if part.netloc}))


def trusted_for_factor(config: Config) -> frozenset[str]:
    """Ids under which django-allauth knows the providers that ask for a second factor themselves."""
    oidc = {one["id"] for one in config.oidc if one.get("second_factor") == "provider"}
    return frozenset(oidc | {one["entity_id"] for one in config.saml if one.get("second_factor") == "provider"})


def _checked(one: dict[str, str], fields: tuple[str, ...], name: str) -> dict[str, str]:
    if missing := [field for field in fields if not one.get(field)]:
        raise ConfigError(f"{name}: a provider lacks {', '.join(missing)}; give {', '.join(fields)}")
    return one
