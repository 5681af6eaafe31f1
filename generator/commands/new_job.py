"""``dativo new job``: writes a job file that is valid at once, by questions or by options."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Callable

from generator.commands import EXIT_OK
from generator.commands.arguments import add_format
from generator.commands.asking import add_defaults, has_terminal
from generator.commands.common import print_problems, project_folder, say
from generator.commands.new_job_answers import answer
from generator.errors import UsageError
from generator.files.beside import create_beside
from generator.files.folders import missing_folders
from generator.new_job.fields import FIELDS, Answers
from generator.text.printable import printable

TYPE_CHECKING = False  # the rooms behind are imported when they are needed
if TYPE_CHECKING:
    from generator.job.project import Project
    from generator.new_job.make import New, Wish

# Among parsed options: `command` is the name of dativo's own.
_DEST = "job_"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--project",
        default=argparse.SUPPRESS,  # the command's own option has been read by then
        metavar="DIR",
        help="the project folder (default: the nearest with dativo.yaml or .git)",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="what the job is called")
    for field in FIELDS:
        action = "store" if field.kind in {"text", "value"} else "append"
        parser.add_argument(
            field.option,
            dest=_DEST + field.name,
            action=action,
            metavar=field.metavar,
            help=field.help,
        )
    parser.add_argument("--description", metavar="TEXT", help="the first comment of the file")
    parser.add_argument(
        "--new-asset", action="store_true", help="make the asset that --asset names, too"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be written, and write nothing"
    )
    add_defaults(parser, "ask nothing, also on a terminal")
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Write a job file, if the whole way finds nothing wrong with it."""
    from generator.job.lock import opened_to_compare, opened_to_write
    from generator.new_job.make import make

    opened = opened_to_compare if options.dry_run else opened_to_write
    with opened(project_folder(options.project), say) as project:
        wish = _wish(options)
        if has_terminal() and not options.defaults and options.format == "text":
            from generator.commands.new_job_questions import asked

            wish = asked(project, wish)
        new = make(project, wish)
        if not options.dry_run:
            _write(project, new)
    print_problems(new.warnings, options)
    if options.format == "text":
        _tell(project, new, options.dry_run)
    return EXIT_OK


def _wish(options: argparse.Namespace) -> Wish:
    """What the options say.

    Raises:
        UsageError: one is empty, or no KEY=VALUE; with all that is wrong.
    """
    from generator.new_job.make import Wish

    answers: Answers = {}
    wrong = []
    for field in FIELDS:
        given = getattr(options, _DEST + field.name)
        if given is None:
            continue
        try:
            answers[field.name] = answer(field, given)
        except UsageError as error:
            wrong.append(str(error))
    if options.name is not None and not options.name.strip():
        wrong.append("NAME is empty")
    if wrong:
        raise UsageError("\n".join(wrong))
    return Wish(options.name or "", answers, options.description or "", options.new_asset)


def _write(project: Project, new: New) -> None:
    """Write the asset, then the job that names it; what is there is never replaced.

    Raises:
        UsageError: the system refuses; nothing is left then.
    """
    done: list[tuple[Callable[[str], None], str]] = []
    for file in reversed(new.files):
        path = os.path.join(project.folder, file)
        try:
            for folder in reversed(missing_folders(os.path.dirname(path))):
                os.mkdir(folder)
                done.append((os.rmdir, folder))
            create_beside(path, new.files[file], project=project.folder)
            done.append((os.unlink, path))
        except OSError as error:
            for undo, made in reversed(done):
                undo(made)
            raise UsageError(
                f"cannot write {file}: {error.strerror}; nothing was written"
            ) from None


def _tell(project: Project, new: New, dry_run: bool) -> None:
    for file, data in new.files.items():
        if dry_run:
            print(f"--- {printable(file)}")
            print(data.decode(), end="")
        else:
            print(f"created   {printable(file)}")
    for option in new.left_out:
        print(f"{option} is left out: dativo.yaml says the same")
    if dry_run:
        return
    output = project.settings.output
    first = f"{output}/{new.roots[0]}"
    print(f"\nNext:\n  dativo generate {shlex.quote(new.file)}")
    print(f"  git add {' '.join(map(shlex.quote, [*new.files, output]))}")
    print(f"\nThat writes {', '.join(f'{output}/{root}' for root in new.roots)}.")
    print(f"What must exist before the first apply stands in {first}/README.md.")
    schema = os.path.join(project.folder, "schemas", "job.schema.json")
    if not os.path.exists(schema):
        print("`dativo schema --write schemas` writes the schema that editors complete it with.")
