"""Django's settings, made from `comity.node.config`; the folder of the node is ``COMITY_DATA``."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from comity.letters import languages
from comity.node.config import DEFAULT_DATA, read_config
from comity.node.keyfile import read_or_make
from comity.node.people.providers import SAML_INSTALLED, provider_origins, provider_settings
from comity.node.running import logs

DATA = Path(os.environ.get("COMITY_DATA", DEFAULT_DATA)).absolute()
CONFIG = read_config(DATA, os.environ)
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "comity.sqlite3",
            # What a connection has read stays with its thread: opening the file for each page costs more than it.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "timeout": 20,
                # Two writers wait for each other from the first statement: none fails half-way.
                "transaction_mode": "IMMEDIATE",
                # FULL: what was acknowledged is on the disk, also when the power goes.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-16384; PRAGMA mmap_size=1073741824;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = read_or_make(DATA / "secret.key", lambda: secrets.token_urlsafe(64).encode()).decode()
"""The key of sessions and of second factors at rest."""
DEBUG = False
PUBLIC_URL = (CONFIG.url or f"http://{CONFIG.host}:{CONFIG.port}").rstrip("/")
_SECURE = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

DATABASES = {"default": _database(CONFIG.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "comity.node.people",
    "comity.node.audit",
    "comity.node.cases",
    "comity.node.artifacts",
    "comity.node.plans",
    "comity.node.requests",
    "comity.node.composer",
    "comity.node.vault",
    "comity.node.precheck",
    "comity.node.atlas",
    "comity.node.directory",
    "comity.node.oversight",
    "comity.node.running",
    "comity.node.api",
    "comity.node.webhooks",
    "comity.node.home",
]
MIDDLEWARE = [
    "comity.node.running.measure.MeasureMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "comity.node.people.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "comity.node.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "comity.node.urls"
WSGI_APPLICATION = "comity.node.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "comity.node.home.context.agency",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"

# Sign-in (django-allauth): nobody signs up; who is invited chooses a password, and a second factor before any case.
ACCOUNT_ADAPTER = "comity.node.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are an administrator's word; people do not change them
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{CONFIG.agency}] "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = CONFIG.step_up_minutes * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _SECURE else "http"
# An agency sits behind one address: what counts by address is wide, what counts by account is narrow.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/300s/key", "reset_password": "20/m/ip,3/10m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIG.proxied else 0
PASSWORD_RESET_TIMEOUT = 4 * 3600
MFA_ADAPTER = "comity.node.people.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "comity.node.people.signin.CodeForm",
    "reauthenticate": "comity.node.people.signin.CodeAgainForm",
    "add_webauthn": "comity.node.people.signin.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see above: the address is the administrator's word
MFA_TOTP_ISSUER = CONFIG.agency
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
USERSESSIONS_ADAPTER = "comity.node.people.adapters.SessionAdapter"
SOCIALACCOUNT_ADAPTER = "comity.node.people.adapters.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS = provider_settings(CONFIG)
if SAML_INSTALLED:
    INSTALLED_APPS.insert(INSTALLED_APPS.index("comity.node.people"), "allauth.socialaccount.providers.saml")
# Kept in the database, so that all processes count the same failed attempts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Pages of the law depend on their address and on the data that ship: each process keeps those it drew last.
    "atlas": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "atlas",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
SESSION_COOKIE_AGE = CONFIG.session_hours * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
X_FRAME_OPTIONS = "DENY"
if CONFIG.proxied:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# No inline script or style and nothing from elsewhere; images may be data, for QR codes of one-time passwords.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *provider_origins(CONFIG)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

USE_TZ = True
TIME_ZONE = CONFIG.time_zone
LANGUAGE_CODE = CONFIG.language
_OWN_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "fr": "français",
    "hi": "हिन्दी",
    "pt": "português",
    "ru": "русский",
    "zh": "中文",
}
_LOCALE = Path(__file__).parent / "locale"
# A language is offered once the pages speak it: English needs no catalogue.
_SPOKEN = {"en", *(path.parts[-3] for path in _LOCALE.glob("*/LC_MESSAGES/django.mo"))}
LANGUAGES = [(code, _OWN_NAMES[code]) for code in sorted(languages()) if code in _SPOKEN]
LOCALE_PATHS = [_LOCALE]

STATIC_URL = "static/"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
WHITENOISE_USE_FINDERS = True  # styles and scripts are few and come out of the package itself
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 2**20
FILE_UPLOAD_TEMP_DIR = DATA / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True, mode=0o700)
FILE_UPLOAD_PERMISSIONS = 0o600

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = logs.configuration()
LOGGING_CONFIG = "logging.config.dictConfig"

# smtp://user:password@host:port or smtps://…; without it mails go to the log.
_MAIL = urlsplit(CONFIG.mail)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if CONFIG.mail else 'console'}.EmailBackend"
EMAIL_HOST = unquote(_MAIL.hostname or "localhost")
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_PORT = _MAIL.port or (465 if EMAIL_USE_SSL else 25)
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = CONFIG.mail_from
