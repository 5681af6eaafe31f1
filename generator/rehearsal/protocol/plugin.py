"""The program of one stand-in provider, which Terraform starts.

Terraform starts a provider some ten times in a rehearsal, so start-up is what counts: this
module and what it imports stay clear of the rest of the package, and the certificate and the
schema's answer are read from the mirror, where they were made once.

Source: https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md (handshake).
"""

from __future__ import annotations

import base64
import os
import sys
import tempfile
import threading

import grpc

from generator.rehearsal.protocol.certificate import CERTIFICATE, CERTIFICATE_DER, KEY
from generator.rehearsal.protocol.grpc_services import Answer, server_of, wait
from generator.rehearsal.protocol.servicer import Handler, Servicer
from generator.rehearsal.schema import CompiledSchema

COOKIE = "TF_PLUGIN_MAGIC_COOKIE"
THREADS = 12


def serve(name: str, folder: str) -> None:
    """Answer Terraform until it ends the plugin.

    Args:
        name: the provider's short name.
        folder: where ``mirror.py`` put the certificate and the compiled schemas.
    """
    stop = threading.Event()
    handlers = Servicer(name, CompiledSchema(name, folder)).handlers()
    methods = {called: _without_context(handler) for called, handler in handlers.items()}
    server = server_of(methods, stop, THREADS)
    with tempfile.TemporaryDirectory(prefix="dativo-") as scratch:
        socket = os.path.join(scratch, "p")
        pair = (_read(folder, KEY), _read(folder, CERTIFICATE))
        server.add_secure_port(f"unix://{socket}", grpc.ssl_server_credentials([pair]))
        server.start()
        encoded = base64.b64encode(_read(folder, CERTIFICATE_DER)).decode().rstrip("=")
        sys.stdout.write(f"1|6|unix|{socket}|grpc|{encoded}\n")
        sys.stdout.flush()
        wait(stop)
        server.stop(0.1).wait()


def _without_context(handler: Handler) -> Answer:
    return lambda request, context: handler(request)


def _read(folder: str, name: str) -> bytes:
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def main(name: str, folder: str) -> None:
    """Serve the provider ``name`` from the compiled schemas in ``folder``."""
    if COOKIE not in os.environ:
        sys.exit("This is a Terraform plugin; Terraform starts it. It is not run by hand.")
    serve(name, folder)
    sys.stdout.flush()
    os._exit(0)  # there is nothing to clean up, and gRPC's threads take their time
