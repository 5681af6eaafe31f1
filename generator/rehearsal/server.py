"""One process that serves all stand-ins to any number of Terraform commands.

Terraform starts a provider's program several times in each command, and four or five times in
each run of ``terraform test``; with programs in Python that is most of the time it takes. The
variable TF_REATTACH_PROVIDERS, made for debuggers, names providers that run already: they are
neither installed, nor started, nor stopped. Terraform dials one connection for each provider
configuration, which is how two of them are told apart here.

The make-believe clouds hold nothing that is worth hiding: plain TCP on the loopback interface.

Source: https://developer.hashicorp.com/terraform/plugin/debugging (TF_REATTACH_PROVIDERS).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from generator.rehearsal.plugin import UNLIMITED, housekeeping, wait

if TYPE_CHECKING:
    from generator.rehearsal.mirror import Mirror

VARIABLE = "TF_REATTACH_PROVIDERS"
THREADS = 8


@contextmanager
def serving(mirror: Mirror) -> Iterator[Mirror]:
    """Run a server for as long as the context lasts.

    Args:
        mirror: where the compiled schemas are.

    Yields:
        The mirror, with the stand-ins attached.

    Raises:
        RehearsalError: the server does not start.
    """
    from generator.errors import RehearsalError
    from generator.rehearsal.mirror import BOOTSTRAP, import_paths

    code = BOOTSTRAP.format(paths=import_paths(), module="server")
    folder = os.path.join(mirror.folder, "compiled")
    command = f"{code}server.main({mirror.addresses()!r}, {folder!r})"
    with subprocess.Popen(
        [sys.executable, "-IS", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                raise RehearsalError("the server of the stand-in providers does not start")
            yield replace(mirror, attached={VARIABLE: line.strip()})
        finally:
            process.terminate()


def service(name: str, folder: str) -> Any:
    """The gRPC service ``tfplugin6.Provider`` of one stand-in, with a cloud per connection."""
    import grpc

    from generator.rehearsal.schema import CompiledSchema
    from generator.rehearsal.servicer import Handler, Servicer

    schema = CompiledSchema(name, folder)
    connections: dict[str, dict[str, Handler]] = {}

    def method(called: str) -> Any:
        def answer(request: bytes, context: Any) -> bytes:
            peer = context.peer()
            if peer not in connections:
                connections.setdefault(peer, Servicer(name, schema).handlers())
            return connections[peer][called](request)

        return grpc.unary_unary_rpc_method_handler(answer)

    table = {called: method(called) for called in Servicer(name, schema).handlers()}
    return grpc.method_handlers_generic_handler("tfplugin6.Provider", table)


def start(name: str, folder: str) -> tuple[Any, int]:
    """Start serving one stand-in; returns the server, to be kept, and its port."""
    import grpc

    ended = threading.Event()
    ended.set()  # there is no output to stream; a stream that waits would hold a thread
    server = grpc.server(futures.ThreadPoolExecutor(THREADS), options=UNLIMITED)
    server.add_generic_rpc_handlers((service(name, folder), *housekeeping(ended)))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def main(addresses: dict[str, list[str]], folder: str) -> None:
    """Serve until the process that started this one is gone.

    Args:
        addresses: short name of each stand-in to its addresses in the public registries.
        folder: where the mirror has the compiled schemas.
    """
    attached = {}
    servers = []
    for name, sources in addresses.items():
        server, port = start(name, folder)
        servers.append(server)
        for source in sources:
            attached[source] = {
                "Protocol": "grpc",
                "ProtocolVersion": 6,
                "Pid": os.getpid(),
                "Test": True,
                "Addr": {"Network": "tcp", "String": f"127.0.0.1:{port}"},
            }
    sys.stdout.write(json.dumps(attached) + "\n")
    sys.stdout.flush()
    wait(threading.Event())
    os._exit(0)
