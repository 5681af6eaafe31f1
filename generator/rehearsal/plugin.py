"""The plugin process: ``python -m generator.rehearsal.plugin NAME FOLDER``; Terraform starts it.

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
from collections.abc import Iterator
from concurrent import futures
from typing import Any

COOKIE = "TF_PLUGIN_MAGIC_COOKIE"
KEY, CERTIFICATE, CERTIFICATE_DER = "plugin.key", "plugin.pem", "plugin.der"
UNLIMITED = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]


def read(folder: str, name: str) -> bytes:
    """The content of a file of the mirror."""
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def service(name: str, folder: str) -> Any:
    """The gRPC service ``tfplugin6.Provider`` of one stand-in; bytes in, bytes out."""
    import grpc

    from generator.rehearsal.schema import CompiledSchema
    from generator.rehearsal.servicer import Servicer

    def method(handler: Any) -> Any:
        return grpc.unary_unary_rpc_method_handler(lambda request, context: handler(request))

    handlers = Servicer(name, CompiledSchema(name, folder)).handlers()
    table = {called: method(handler) for called, handler in handlers.items()}
    return grpc.method_handlers_generic_handler("tfplugin6.Provider", table)


def housekeeping(stop: threading.Event) -> list[Any]:
    """The services that go-plugin asks of every plugin: a way to stop it, and its output."""
    import grpc

    def shutdown(request: bytes, context: Any) -> bytes:
        stop.set()
        return b""

    def stream(request: bytes, context: Any) -> Iterator[bytes]:
        stop.wait()
        return iter(())

    return [
        grpc.method_handlers_generic_handler(
            "plugin.GRPCController", {"Shutdown": grpc.unary_unary_rpc_method_handler(shutdown)}
        ),
        grpc.method_handlers_generic_handler(
            "plugin.GRPCStdio", {"StreamStdio": grpc.unary_stream_rpc_method_handler(stream)}
        ),
    ]


def wait(stop: threading.Event) -> None:
    """Return when Terraform says so, or is gone."""
    parent = os.getppid()
    while not stop.wait(1.0):
        if os.getppid() != parent:
            return


def serve(name: str, folder: str) -> None:
    """Answer Terraform until it ends the plugin.

    Args:
        name: the provider's short name.
        folder: where ``mirror.py`` put the certificate and the compiled schemas.
    """
    import grpc

    stop = threading.Event()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=12), options=UNLIMITED)
    server.add_generic_rpc_handlers((service(name, folder), *housekeeping(stop)))
    with tempfile.TemporaryDirectory(prefix="dativo-") as scratch:
        socket = os.path.join(scratch, "p")
        pair = (read(folder, KEY), read(folder, CERTIFICATE))
        server.add_secure_port(f"unix://{socket}", grpc.ssl_server_credentials([pair]))
        server.start()
        encoded = base64.b64encode(read(folder, CERTIFICATE_DER)).decode().rstrip("=")
        line = f"1|6|unix|{socket}|grpc|{encoded}\n"
        sys.stdout.write(line)
        sys.stdout.flush()
        wait(stop)
        server.stop(0.1).wait()


def main(arguments: list[str]) -> None:
    """Serve the provider named in ``arguments`` from the folder named there."""
    if COOKIE not in os.environ:
        sys.exit("This is a Terraform plugin; Terraform starts it. It is not run by hand.")
    name, folder = arguments
    serve(name, folder)
    sys.stdout.flush()
    os._exit(0)  # there is nothing to clean up, and gRPC's threads take their time


if __name__ == "__main__":
    main(sys.argv[1:])
