"""The program openssl as a time-stamping authority of many kinds, and as a stranger who checks."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

OPENSSL = shutil.which("openssl")
EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
TIME_STAMPING = "extendedKeyUsage=critical,timeStamping\nbasicConstraints=critical,CA:FALSE\n"


def run(*command: object, cwd: Path | None = None, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(word) for word in command], cwd=cwd, input=given, capture_output=True, check=False)


def version() -> tuple[int, ...]:
    return tuple(map(int, run(OPENSSL, "version").stdout.decode().split()[1].split(".")[:2]))


def authority(
    folder: Path,
    *,
    key: tuple[str, ...] = EC,
    extensions: str = TIME_STAMPING,
    settings: str = "",
    certs: str = "certs = ca.pem\n",
    ess: str = "sha256",
    digest: str = "sha256",
) -> tuple[Callable[[bytes], bytes], Path]:
    """What answers questions (TimeStampReq), and its root certificate. `settings` are lines of its configuration."""
    folder.mkdir()
    own = ("-x509", "-days", "9", "-subj", "/CN=Root")
    run(OPENSSL, "req", *own, *key, "-nodes", "-keyout", "ca.key", "-out", "ca.pem", cwd=folder)
    subject = ("-subj", "/CN=Stamper")
    run(OPENSSL, "req", *key, "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", *subject, cwd=folder)
    (folder / "ext").write_text(extensions)
    run(
        OPENSSL, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "9",
        "-extfile", "ext", "-out", "tsa.pem", cwd=folder,
    )  # fmt: skip
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(
        f"[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = tsa.pem\n{certs}signer_key = tsa.key\n"
        f"signer_digest = {digest}\ndefault_policy = 1.2.3.4\ndigests = sha1, sha256, sha384, sha512\n"
        f"ess_cert_id_alg = {ess}\n{settings}"
    )

    def answer(question: bytes) -> bytes:
        (folder / "question").write_bytes(question)
        done = run(
            OPENSSL, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "question", "-out", "answer", cwd=folder
        )
        assert done.returncode == 0, done.stderr
        return (folder / "answer").read_bytes()

    return answer, folder / "ca.pem"


def question(folder: Path, data: bytes, *options: str) -> bytes:
    """A question by openssl itself."""
    (folder / "data").write_bytes(data)
    done = run(OPENSSL, "ts", "-query", "-data", "data", "-out", "query", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return (folder / "query").read_bytes()
