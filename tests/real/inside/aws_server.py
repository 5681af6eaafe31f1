"""moto's server, with its gaps filled, on a port that the system chooses; runs until it is killed.

Prints the port on a line of its own once it answers.
"""

from __future__ import annotations

import sys

import aws_gaps
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server


def main() -> None:
    """Serve, each request in a thread of its own."""
    aws_gaps.fill()
    server = make_server(
        "127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True
    )
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
