"""The program that serves all stand-ins at once; ``generator.rehearsal.serving`` starts it.

Terraform dials one connection for each provider configuration, which is how two of them are
told apart here. The make-believe clouds hold nothing that is worth hiding: plain TCP on the
loopback interface.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

from generator.rehearsal.protocol.grpc_services import Answer, server_of, wait
from generator.rehearsal.protocol.servicer import Handler, Servicer
from generator.rehearsal.schema import CompiledSchema

THREADS = 8


def _start(name: str, folder: str) -> tuple[Any, int]:
    """Start serving one stand-in; returns the server, to be kept, and its port."""
    schema = CompiledSchema(name, folder)
    connections: dict[str, dict[str, Handler]] = {}

    def method(called: str) -> Answer:
        def answer(request: bytes, context: Any) -> bytes:
            peer = context.peer()
            if peer not in connections:
                connections.setdefault(peer, Servicer(name, schema).handlers())
            return connections[peer][called](request)

        return answer

    ended = threading.Event()
    ended.set()  # there is no output to stream; a stream that waits would hold a thread
    methods = {called: method(called) for called in Servicer(name, schema).handlers()}
    server = server_of(methods, ended, THREADS)
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
        server, port = _start(name, folder)
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
