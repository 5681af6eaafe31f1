"""Old and new of what Terraform reads, the same change once, and where it comes from."""

from __future__ import annotations

from typing import Any

from tests.changes.conftest import Compared

ROOT = "generated/acme/orders/prod"
MODULE = "modules/gcp-cloud-run-job"


def _rows(document: dict[str, Any]) -> dict[str, tuple[Any, Any, int]]:
    """Part and name of each row to old, new, and the number of roots."""
    return {
        f"{row['part']} {row['name']}": (row["old"], row["new"], len(row["roots"]))
        for row in document["rows"]
    }


def _at(compared: Compared, cause: dict[str, Any]) -> str:
    """What stands in a file where a cause points."""
    line: str = (compared.folder / cause["file"]).read_text().split("\n")[cause["line"] - 1]
    return line[cause["column"] - 1 :]


def test_one_tag_of_the_organisation_is_one_row(compared: Compared) -> None:
    """However many roots have the same change, it stands there once, with its place."""
    compared.edit("dativo.yaml", "owner: data", "owner: platform")
    compared.generate()
    document = compared.changed()
    assert _rows(document) == {"tag owner": ("data", "platform", 3)}
    [cause] = document["rows"][0]["causes"]
    assert cause["text"] == "defaults.infrastructure.tags.owner: data -> platform"
    assert _at(compared, cause).startswith("owner: platform")
    done = compared.run("diff")
    assert "tag owner: data -> platform\n    in 3 roots: " in done.out
    assert done.out.count("platform") == 2  # the row, and its cause


def test_a_tag_that_another_layer_overrides(compared: Compared) -> None:
    """What loses against another layer reaches no resource: text."""
    compared.edit(f"{ROOT}/locals.tf", "    region ", '    cost_center = "x-1"\n    region ')
    [root] = compared.changed()["roots"]
    assert (root["kind"], root["plan"], root["differences"]) == ("text", False, [])


def test_every_part_of_a_root(compared: Compared) -> None:
    """Module inputs, entries of maps, providers, constraints, outputs and data checks by name."""
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi, environment: {LEVEL: debug}")
    compared.generate()
    compared.edit(f"{ROOT}/terraform.tf", ">= 1.9", ">= 1.11")
    compared.edit(f"{ROOT}/backend.tf", "acme-terraform-state", "acme-other-state")
    rows = _rows(compared.changed())
    assert rows["input memory_mib"] == (2048, 4096, 1)
    assert rows["terraform required_version"] == (">= 1.9", ">= 1.11", 1)
    assert rows["backend bucket"] == ("acme-terraform-state", "acme-other-state", 1)
    assert rows["input environment_variables"] == (None, {"LEVEL": "debug"}, 1)


def test_constraints_alone(compared: Compared) -> None:
    """Only constraints of providers or Terraform: the kind says so, and it is planned."""
    text = (compared.folder / "dativo.yaml").read_text()
    compared.write("dativo.yaml", text + 'terraform: {required_version: ">= 1.12"}\n')
    compared.generate()
    document = compared.changed()
    assert {(root["kind"], root["plan"]) for root in document["roots"]} == {("provider", True)}
    assert _rows(document) == {"terraform required_version": (">= 1.9", ">= 1.12", 3)}
    assert document["rows"][0]["causes"][0]["file"] == "dativo.yaml"


def test_another_address_of_the_state(compared: Compared) -> None:
    """It stands on top with what to run before the plan."""
    more = "  terraform: {backend: {type: gcs, bucket: acme-terraform-state, prefix: elsewhere}}\n"
    compared.job("orders", more)
    compared.generate("--migrate-state")
    document = compared.changed()
    [root] = document["roots"]
    assert (root["kind"], root["plan"]) == ("state-moved", True)
    assert "init -migrate-state" in root["notes"][0]
    assert document["highlights"][0]["kind"] == "state-moved"


def test_comments_and_formatting(compared: Compared) -> None:
    """What Terraform does not read needs no plan, also in a file that is not in our shape."""
    compared.edit(f"{ROOT}/main.tf", 'module "job" {\n', 'module "job" { # the job\n\n')
    compared.edit(f"{ROOT}/main.tf", "  memory_mib ", "  /* MiB */ memory_mib       ")
    [root] = compared.changed()["roots"]
    assert (root["kind"], root["plan"], root["differences"]) == ("text", False, [])
    assert root["notes"] == ["main.tf is not what dativo wrote"]


def test_files_of_the_users_own(compared: Compared) -> None:
    """A file beside ours changes what Terraform does, or is none of its business."""
    compared.write(f"{ROOT}/notes.md", "hello\n")
    compared.write(
        f"{ROOT}/network_extra.tf", 'resource "null_resource" "a" {\n  triggers = {}\n}\n'
    )
    [root] = compared.changed()["roots"]
    assert root["kind"] == "changed"
    assert [d["name"] for d in root["differences"]] == ["resource.null_resource.a"]
    (compared.folder / ROOT / "network_extra.tf").unlink()
    assert compared.kinds() == {"orders/prod": "text"}


def test_a_renamed_job_stands_on_top(compared: Compared) -> None:
    """The old root retires, the new one starts from nothing: one sentence says both."""
    compared.git("mv", "jobs/orders.yaml", "jobs/sales.yaml")
    compared.edit("jobs/sales.yaml", "name: orders", "name: sales")
    compared.generate()
    document = compared.changed()
    assert {root["root"]: root["kind"] for root in document["roots"]} == {
        ROOT: "retired",
        "generated/acme/sales/prod": "created",
    }
    [highlight] = document["highlights"]
    assert highlight["kind"] == "rename"
    assert highlight["text"].startswith(
        f"{ROOT} becomes generated/acme/sales/prod: all that it made"
    )
    assert compared.run("diff").out.startswith(f"! {ROOT} becomes")


def test_a_renamed_job_keeps_its_root_where_it_keeps_its_state(compared: Compared) -> None:
    """One root changes, under another name: nothing of it is gone, and nothing is made anew."""
    done = compared.run("rename", "orders", "sales")
    assert done.code == 0, done.err
    document = compared.changed()
    [root] = document["roots"]
    assert (root["root"], root["kind"]) == ("generated/acme/sales/prod", "changed")
    assert root["moved_from"] == ROOT
    [difference] = root["differences"]
    assert (difference["part"], difference["old"], difference["new"]) == ("tag", "orders", "sales")
    [highlight] = document["highlights"]
    assert highlight["text"] == (
        f"generated/acme/sales/prod is {ROOT} under another name, and keeps its state"
    )


def test_what_forces_a_replacement_stands_on_top(compared: Compared) -> None:
    """A changed region leads elsewhere; an input that ends in what cannot be changed is marked."""
    compared.edit("jobs/orders.yaml", "region: us-central1", "region: europe-west1")
    compared.generate("--change-runtime")
    document = compared.changed()
    kinds = {highlight["kind"] for highlight in document["highlights"]}
    assert kinds == {"replacement"}
    texts = " ".join(highlight["text"] for highlight in document["highlights"])
    assert "its region from us-central1 to europe-west1" in texts
    region = next(row for row in document["rows"] if row["name"] == "region")
    assert "google_cloud_run_v2_job" in region["replaces"]
    assert "anew" in region["replaces"]


def test_a_module_that_a_module_calls(compared: Compared) -> None:
    """Every root that is made of it changed; comments, descriptions and documents do not count."""
    compared.write(f"{MODULE}/inner.tf", 'module "inner" {\n  source = "../inner"\n}\n')
    compared.write("modules/inner/main.tf", "locals {\n  a = 1\n}\n")
    base = compared.commit()
    compared.write("modules/inner/README.md", "hello\n")
    compared.write("modules/inner/tests/a.tf", "locals {}\n")
    compared.write("modules/inner/main.tf", "# one\nlocals {\n  a   = 1\n}\n")
    assert compared.kinds("--base", base) == {}
    compared.write("modules/inner/main.tf", "# one\nlocals {\n  a = 2\n}\n")
    document = compared.changed("--base", base)
    assert {root["kind"] for root in document["roots"]} == {"module"}
    assert (document["summary"]["roots"], document["summary"]["plan"]) == (3, 3)
    assert _rows(document) == {"module modules/inner": (None, None, 3)}
    assert document["rows"][0]["causes"] == [
        {"file": "modules/inner/main.tf", "line": 1, "column": 1, "text": "changed"}
    ]
    compared.write("modules/inner/templates/policy.json", "{}\n")
    files = {cause["file"] for cause in compared.changed("--base", base)["rows"][0]["causes"]}
    assert "modules/inner/templates/policy.json" in files


def test_a_folder_of_roots_that_moved(compared: Compared) -> None:
    """Another output folder changes no resource: the module is the same from both."""
    text = (compared.folder / "dativo.yaml").read_text()
    compared.git("mv", "generated", "deploy roots")
    compared.write("dativo.yaml", text + "output: deploy roots\n")
    compared.write(".gitignore", ".dativo/\n")
    compared.generate()
    document = compared.changed()
    assert {(root["kind"], root["plan"]) for root in document["roots"]} == {("moved", False)}
    assert document["roots"][0]["moved_from"].startswith("generated/acme/")


def test_what_belongs_to_another_environment_is_no_cause(compared: Compared) -> None:
    """A change below ``environments: dev`` did not change prod."""
    text = (compared.folder / "jobs/orders.yaml").read_text().replace("environment: prod\n", "")
    compared.write("jobs/orders.yaml", text + "environments: {dev: {}, prod: {}}\n")
    compared.generate()
    base = compared.commit()
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.edit("jobs/orders.yaml", "dev: {}", "dev: {infrastructure: {tags: {x: y}}}")
    compared.generate()
    causes = {
        root["environment"]: [cause["text"] for cause in root["causes"]]
        for root in compared.changed("--base", base)["roots"]
    }
    memory = "infrastructure.runtime.memory: 2Gi -> 4Gi"
    assert causes["prod"] == [memory]
    assert causes["dev"] == [memory, "environments.dev.infrastructure.tags.x: added y"]


def test_roots_that_are_stale(compared: Compared) -> None:
    """A job that changed while its root did not is hinted at, and that is no failure."""
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    done = compared.run("changed", "--exit-code")
    assert (done.code, "1 root is not what its job asks for" in done.err) == (0, True)
    compared.back()
    compared.edit("jobs/orders.yaml", "name: orders", "description: of no matter\nname: orders")
    assert compared.run("changed").err.count("dativo generate") == 0
    compared.generate()
    assert compared.run("changed").err.count("dativo generate") == 0


def test_an_asset(compared: Compared) -> None:
    """The line of the asset contract is the cause, in the roots made from it alone."""
    asset = compared.write("assets/orders.yaml", "name: orders\nversion: '1.0'\ndomain: sales\n")
    job = (compared.folder / "jobs/orders.yaml").read_text()
    compared.write("jobs/orders.yaml", f"asset: orders\nasset_path: assets/orders.yaml\n{job}")
    compared.generate()
    base = compared.commit()
    asset.write_text(asset.read_text().replace("sales", "finance"))
    compared.generate()
    [root] = compared.changed("--base", base)["roots"]
    assert root["causes"] == [
        {"file": "assets/orders.yaml", "line": 3, "column": 1, "text": "domain: sales -> finance"}
    ]


def test_a_state_that_moved_explains_who_reads_it(compared: Compared) -> None:
    """A root that reads another one's state from its new place has that job's line as its cause."""
    needing = "needs: [orders]\ninfrastructure:"
    compared.job("mart")
    compared.edit("jobs/mart.yaml", "infrastructure:", needing)
    variable = '  storage: {data_bucket: "{{jobs.orders.outputs.id}}"}\n'
    path = compared.folder / "jobs/mart.yaml"
    path.write_text(path.read_text(encoding="utf-8") + variable, encoding="utf-8")
    compared.job("orders")
    compared.generate()
    before = compared.commit()
    compared.job("orders", "  terraform: {backend: {prefix: elsewhere}}\n")
    compared.generate("--migrate-state")
    roots = compared.changed("--base", before)["roots"]
    [mart] = [root for root in roots if root["job"] == "mart"]
    assert (mart["kind"], mart["plan"]) == ("changed", True)
    assert [cause["file"] for cause in mart["causes"]] == ["jobs/orders.yaml"]
