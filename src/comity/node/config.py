"""Settings of an installation: one TOML file, each value also from the environment (``COMITY_PORT=…``)."""

import inspect
import os
import re
from pathlib import Path
from typing import Any, get_args

import msgspec

from comity.node.errors import ConfigError

CONFIG_FILE = "comity.toml"
DEFAULT_DATA = Path("comity-node")


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an administrator may set; `describe` prints it as a commented TOML file."""

    agency: str = "Our agency"
    """Name of the agency, shown on each page and written into letters and custody entries."""
    state: str = "IN"
    """The agency's state: ISO 3166 code, or a territory's id of the law data."""
    origin: str = "comity.invalid"
    """Name of this node in its logs' checkpoints; a domain that the agency owns. Never change it later."""
    host: str = "127.0.0.1"
    """Address to listen on; the web is expected behind a reverse proxy that speaks TLS."""
    port: int = 8400
    """Port to listen on."""
    url: str = ""
    """Address under which people reach this node, such as https://comity.example; empty: http://host:port."""
    proxied: bool = False
    """True behind a reverse proxy that sets X-Forwarded-Proto and X-Forwarded-For itself."""
    database: str = ""
    """postgresql://user:password@host/name; empty: SQLite in the data folder."""
    time_zone: str = "Asia/Kolkata"
    """IANA name of the zone in which times are shown."""
    language: str = "en"
    """Language of the pages until a person chooses another."""
    open_atlas: bool = True
    """The atlas of the law can be read without signing in."""
    directory_stale_days: int = 180
    """After how many days without a confirmation an entry of the directory is shown as stale."""
    mail: str = ""
    """smtp://user:password@host:port or smtps://…, for escalation and invitations; empty: mails go to the log."""
    mail_from: str = "comity@localhost"
    """Sender of those mails."""
    session_hours: int = 12
    """After how many hours a person signs in again."""
    step_up_minutes: int = 15
    """How long a proof of presence counts for approving, releasing and exporting."""
    second_factor: bool = True
    """People must set up a passkey or a one-time code before they see a case."""
    upload_limit_gib: int = 64
    """Largest file that can be uploaded, in GiB."""
    time_stamp_url: str = ""
    """Address of a time-stamping authority (RFC 3161) for packages and proofs of deletion; empty: none. The file
    stamp-roots.pem in the data folder holds the roots of the authorities that are trusted."""
    webhooks_inside: bool = False
    """Webhooks may go to addresses inside the agency's network, and over http."""
    metrics_token: str = ""
    """Bearer token for /metrics from another machine; empty: /metrics answers this machine alone."""
    workers: int = 2
    """Processes that answer pages."""
    demo: bool = False
    """A banner says that people and cases are made up; `comity serve --demo` sets it."""
    oidc: tuple[dict[str, str], ...] = ()
    """OpenID Connect providers: id, name, client_id, secret, server_url each; second_factor = "provider" where the
    provider asks for one itself, authorize_origin where people are sent to another origin than server_url."""
    saml: tuple[dict[str, str], ...] = ()
    """SAML 2.0 providers (they need the package python3-saml): id, name, entity_id, metadata_url each; also
    second_factor and authorize_origin."""


def read_config(data: Path, environment: "os._Environ[str] | dict[str, str]") -> Config:
    """The settings of the node in `data`; ConfigError names the file and the field that is wrong."""
    path = data / CONFIG_FILE
    try:
        values = msgspec.toml.decode(path.read_bytes()) if path.exists() else {}
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from None
    for field in msgspec.structs.fields(Config):
        name = f"COMITY_{field.name.upper()}"
        if name in environment:
            values[field.name] = _from_text(environment[name], field.type, name)
    try:
        return msgspec.convert(values, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}; `comity doctor --settings` lists every setting") from None


def describe() -> str:
    """Every setting with its default and what it means, as a TOML file in which all lines are comments."""
    lines = ["# Settings of this node. Take the # away from a line to set it; restart `comity serve` afterwards."]
    for field in msgspec.structs.fields(Config):
        lines += ["", *(f"# {line}" for line in _meaning(field.name)), f"# {field.name} = {_toml(field.default)}"]
    return "\n".join(lines) + "\n"


def _meaning(name: str) -> list[str]:
    """What the class says of a field, out of its source: one place for code and file."""
    found = re.search(rf'^    {name}: .*\n    """(.*?)"""$', inspect.getsource(Config), re.MULTILINE | re.DOTALL)
    return [line.strip() for line in found[1].splitlines()] if found else []


def _toml(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _from_text(text: str, kind: Any, name: str) -> Any:
    """A value out of the environment; anything that is no text is written as JSON."""
    if kind is str or str in get_args(kind):
        return text
    try:
        return msgspec.json.decode(text.encode())
    except msgspec.DecodeError:
        raise ConfigError(f"{name}: {text!r} is not a {getattr(kind, '__name__', 'list')}; write it as JSON") from None
