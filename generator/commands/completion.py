"""``dativo completion``: prints the script with which a shell completes dativo's command line."""

from __future__ import annotations

import argparse

from generator.commands import EXIT_OK

# Shell to the line that switches completion on, and where it belongs.
HOW = {
    "bash": 'eval "$(dativo completion bash)"    # in ~/.bashrc',
    "zsh": 'eval "$(dativo completion zsh)"    # in ~/.zshrc, after compinit',
    "fish": "dativo completion fish | source    # in ~/.config/fish/config.fish",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("shell", choices=tuple(HOW), metavar="SHELL", help=", ".join(HOW))


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    from argcomplete.shell_integration import shellcode

    print(f"# {HOW[options.shell]}")
    print(shellcode(["dativo"], shell=options.shell).strip())
    return EXIT_OK
