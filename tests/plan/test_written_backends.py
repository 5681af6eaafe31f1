"""The backends of files that people and other tools wrote, read as Terraform reads them."""

from __future__ import annotations

import json
import time

import pytest

from generator.plan.written_backends import UnreadBackendError, written_backends

BACKEND = """\
terraform {
  backend "s3" {
    bucket = "b"
    key    = "k"
  }
}
"""
FOUND = [("s3", {"bucket": "b", "key": "k"}, 2)]
BESIDE = {
    "byte order mark": "\ufeff" + BACKEND,
    "heredoc whose end has a space": BACKEND + "locals {\n  a = <<EOF\nterraform {\nEOF  \n}\n",
    "strip markers": BACKEND + 'locals {\n  a = "${~ 1 ~} %{~ if true }}%{ endif }"\n}\n',
    "interpolation over lines": BACKEND + 'locals {\n  a = "${\n  1\n}"\n}\n',
    "a dot on a new line": BACKEND + "locals {\n  a = (local\n  .b)\n}\n",
    "other alphabets": BACKEND + "locals {\n  größe = 1\n}\n",
    "Windows": BACKEND.replace("\n", "\r\n"),
    "comments": BACKEND.replace("terraform {", 'terraform /* { */ { # backend "x" {'),
    "wrong elsewhere": BACKEND + "locals {\n  a = [}\n}\n",
    "JSON": json.dumps({"terraform": {"backend": {"s3": {"bucket": "b", "key": "k"}}}}),
}


@pytest.mark.parametrize("name", BESIDE)
def test_whatever_else_is_in_the_file(name: str) -> None:
    """Nothing beside a backend hides it."""
    file = "cdk.tf.json" if name == "JSON" else "main.tf"
    (found,) = written_backends(file, BESIDE[name].encode())
    assert tuple(found)[:2] == FOUND[0][:2]
    assert found.line == (1 if name == "JSON" else 2)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"a\\"b\\u00e9\\n"', 'a"bé\n'),
        ('"$${x}%%{y}$"', "${x}%{y}$"),
        ('("a")', "a"),
        ("<<EOT\n    a/$${b}\n    EOT", "    a/${b}\n"),
        ("<<-EOT\n    a\n      b\n    EOT", "a\n  b\n"),
        ('{ s3 = "http://m:9000", "sts" : "x" }', {"s3": "http://m:9000", "sts": "x"}),
        ("true", True),
        ('"${var.x}"', None),
        ("var.x", None),
        ('"a" == "b" ? "c" : "d"', None),
    ],
)
def test_what_is_literal(written: str, value: object) -> None:
    """A literal is read as Terraform reads it; what has to be evaluated is not known."""
    text = BACKEND.replace('"k"', written)
    (found,) = written_backends("main.tofu", text.encode())
    assert found.arguments.get("key") == value


def test_json_in_all_its_forms() -> None:
    """Lists for blocks, keys that stand twice, cloud blocks, comments and expressions."""
    text = """{
  "//": "made by a tool",
  "terraform": [
    {"required_version": "1"},
    {"cloud": [{"organization": "o", "workspaces": {"name": "w"}}]}
  ],
  "terraform": {"backend": [{"gcs": {"bucket": "b", "prefix": "${x}", "y": "$${z}", "n": 1}}]}
}"""
    found = [tuple(one)[:2] for one in written_backends("main.tf.json", text.encode())]
    cloud = ("cloud", {"organization": "o", "workspaces": {"name": "w"}})
    assert found == [cloud, ("gcs", {"bucket": "b", "y": "${z}", "n": 1})]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("main.tf", 'terraform {\n  backend "s3" {\n'),
        ("main.tf", BACKEND.replace("}\n}", "]\n}")),
        ("main.tf.json", '{"terraform": {\n"backend": {"s3": {}}'),
        ("main.tf", BACKEND + "# \udcff"),
    ],
)
def test_what_cannot_be_read_is_told(file: str, text: str) -> None:
    """A backend whose state is not known is told with its line."""
    with pytest.raises(UnreadBackendError) as caught:
        written_backends(file, text.encode("utf-8", "surrogateescape"))
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "text",
    [
        '/*\nterraform {\n  backend "s3" {}\n}\n*/\n',
        "# the backend of terraform\nlocals {\n",
        'locals {\n  a = <<EOT\nterraform {\n  backend "s3" {\n  }\n}\nEOT\n}\n',
    ],
)
def test_what_is_no_backend(text: str) -> None:
    """Comments and texts hold none."""
    assert written_backends("main.tf", text.encode()) == []


def test_long_files_cost_little() -> None:
    """300 files of 200 lines beside a project are read within a second, by far."""
    block = 'resource "aws_s3_bucket" "b" {\n  bucket = "x"\n  tags   = { A = "b", C = var.c }\n}\n'
    data = (BACKEND + block * 50).encode()
    began = time.process_time()
    for _ in range(300):
        assert len(written_backends("main.tf", data)) == 1
    assert time.process_time() - began < 1
