"""A key and a certificate for the plugins of one mirror: Terraform dials them over TLS.

The socket is local and private; nothing is protected by this, it is what go-plugin asks for.
"""

from __future__ import annotations

import os

KEY, CERTIFICATE, CERTIFICATE_DER = "plugin.key", "plugin.pem", "plugin.der"
VALID_DAYS = 3650


def write_certificate(folder: str) -> None:
    """Write a new key (readable by its owner only) and its certificate into ``folder``."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding
    private = key.private_bytes(
        encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files = {
        KEY: private,
        CERTIFICATE: certificate.public_bytes(encoding.PEM),
        CERTIFICATE_DER: certificate.public_bytes(encoding.DER),
    }
    for called, content in files.items():
        descriptor = os.open(os.path.join(folder, called), os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
