"""What the two programs of the protocol share: the provider's service, go-plugin's, the end.

Source: https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from typing import Any

import grpc

Answer = Callable[[bytes, Any], bytes]

UNLIMITED = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]


def server_of(methods: Mapping[str, Answer], stop: threading.Event, threads: int) -> Any:
    """A gRPC server that answers as the service ``tfplugin6.Provider``, not started yet.

    Args:
        methods: the service's methods: a request and its gRPC context in, a response out.
        stop: set when Terraform asks for an end; no output is streamed once it is set.
        threads: how many requests are answered at once.
    """
    table = {name: grpc.unary_unary_rpc_method_handler(method) for name, method in methods.items()}
    provider = grpc.method_handlers_generic_handler("tfplugin6.Provider", table)
    server = grpc.server(futures.ThreadPoolExecutor(threads), options=UNLIMITED)
    server.add_generic_rpc_handlers((provider, *_go_plugin(stop)))
    return server


def _go_plugin(stop: threading.Event) -> list[Any]:
    """The services that go-plugin asks of every plugin: a way to stop it, and its output."""

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
    """Return when ``stop`` is set, or the process that started this one is gone."""
    parent = os.getppid()
    while not stop.wait(1.0):
        if os.getppid() != parent:
            return
