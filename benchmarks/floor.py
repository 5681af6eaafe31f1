"""The least that a program in Python can take: reads every input, writes every output, no more.

python -I -S floor.py PACK INPUTS OUTPUTS: what PACK holds (see ``pack``) is written below the
folder OUTPUTS, which must not exist, after its inputs below INPUTS were read.
"""

import marshal
import os
import sys

_BLOCK = 65536


def pack(project: str, output: str, target: str) -> tuple[int, int]:
    """Write the pack of a project that was generated.

    Args:
        project: the project folder.
        output: its output folder, below it.
        target: the file to write.

    Returns:
        How many files of output there are, and how many bytes.
    """
    inputs = [
        os.path.relpath(path, project)
        for top in ("dativo.yaml", "assets", "jobs", "modules")
        for path in _files(os.path.join(project, top))
    ]
    outputs = []
    for path in _files(os.path.join(project, output)):
        with open(path, "rb") as stream:
            outputs.append((os.path.relpath(path, os.path.join(project, output)), stream.read()))
    with open(target, "wb") as stream:
        marshal.dump((inputs, outputs), stream)
    return len(outputs), sum(len(text) for _, text in outputs)


def _files(top: str) -> list[str]:
    """Files below a folder, or the file; nothing that dativo keeps for itself or Terraform."""
    if os.path.isfile(top):
        return [top]
    found = []
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in (".dativo-cache", ".terraform"))
        found += [os.path.join(folder, name) for name in sorted(names)]
    return found


def main(pack_file: str, inputs: str, outputs: str) -> None:
    """Read and write."""
    with open(pack_file, "rb") as stream:
        names, texts = marshal.load(stream)  # noqa: S302 - written by the function above
    for name in names:
        source = os.open(f"{inputs}/{name}", os.O_RDONLY)
        while os.read(source, _BLOCK):
            pass
        os.close(source)
    made = set()
    for name, text in texts:
        path = f"{outputs}/{name}"
        folder = path.rpartition("/")[0]
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        os.write(target, text)
        os.close(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
