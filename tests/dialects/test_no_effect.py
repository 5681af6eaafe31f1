"""Keys of older files that have no effect: warnings at their lines, and gone after a migration."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import main
from tests.dialects.projects import CASES, FILES, Outcome, block, job, make, outcome, translated

ROOTS = [
    file for file in FILES if not re.match("# (refused|waits|no root)", (CASES / file).read_text())
]


@pytest.mark.parametrize(
    ("file", "warnings"),
    [
        ("d/kubernetes_with_storage.yaml", ["9: network.private", "10: storage.data_bucket"]),
        ("d/cloud_run_in_a_group.yaml", ["8: runtime.cluster_name", "9: runtime.namespace"]),
        (
            "e/kubernetes_with_machines.yaml",
            ["16: storage.data_bucket", "18: network.vpc_id", "19: network.subnet_ids"],
        ),
    ],
)
def test_a_key_without_effect_is_a_warning(project: Path, file: str, warnings: list[str]) -> None:
    """At the line that it was written at."""
    found = Outcome(project, file)
    assert found.errors == []
    for warning in warnings:
        line, _, field = warning.partition(" ")
        assert any(told.startswith(f'{line} "{field}" has no effect') for told in found.warnings)


def test_an_input_that_the_module_lacks_is_a_warning(project: Path) -> None:
    """Older tools passed variables in a file, of which Terraform takes those that it knows."""
    found = Outcome(project, "e/kubernetes_with_machines.yaml")
    lacking = [told for told in found.warnings if "has no input" in told]
    assert [told.partition(" the module")[0] for told in lacking] == ["16:", "16:", "24:"]


def test_a_module_of_ones_own_takes_what_it_wants(project: Path) -> None:
    """Machines and volumes are its inputs, and it judges their values: a role by its name."""
    found = Outcome(project, "e/emr_own_module.yaml")
    (texts,) = found.built.roots.values()
    assert re.search(r'mount_path += "/mnt/data"', texts["main.tf"])
    assert not any("IAM role" in warning for warning in found.warnings)


def test_labels_are_tags_off_kubernetes(project: Path) -> None:
    """A label that is a tag already, with another value, is a warning."""
    found = block("provider: aws\nruntime: {platform: emr}\nmetadata: {labels: {app: x}}\n")
    assert found["tags"] == {"app": "x"} and "kubernetes" not in found
    (texts,) = Outcome(project, "e/emr_own_module.yaml").built.roots.values()
    assert re.search(r'app += "ingestion"', texts["locals.tf"])
    warned = Outcome(project, "e/lambda_with_labels.yaml").warnings
    assert any('labels.team" has no effect on lambda' in warning for warning in warned)
    kept = "provider: aws\nruntime: {platform: kubernetes}\nmetadata: {labels: {app: x}}\n"
    assert block(kept)["kubernetes"] == {"labels": {"app": "x"}}


def test_thresholds_were_free_text() -> None:
    """One that nothing watches is a warning; the others are read."""
    text = "provider: aws\nruntime: {type: ecs}\nmonitoring: {alerts: {thresholds: %s}}\n"
    translation = translated(job(text % "{latency_p95: 5, failed_runs: 2}"))
    infrastructure = translation.document["infrastructure"]
    assert infrastructure["monitoring"] == {"alerts": {"thresholds": {"failed_runs": "2"}}}
    assert "nothing watches it" in translation.warnings[0].message


def test_state_alone(project: Path) -> None:
    """The bucket of the state is then the one that the job reaches; on Google Cloud to write
    an object anew needs the right to delete it.
    """
    (texts,) = Outcome(project, "r/state_alone.yaml").built.roots.values()
    assert re.search(r'storage = \{\n +bucket = "acme-state"\n +\}', texts["main.tf"])
    text = "provider: gcp\nruntime: {type: cloud_run_job}\n"
    found = outcome(project, job(text + "storage: {state_bucket: state, state_prefix: p}\n"))
    (texts,) = found.built.roots.values()
    for line in (r'bucket += "state"', r'prefix += "p"', r"allow_delete += true"):
        assert re.search(line, texts["main.tf"])


def test_the_cloud_of_dativo_yaml(tmp_path: Path) -> None:
    """Where nothing in a file says which cloud it is, the default of dativo.yaml does."""
    folder = make(tmp_path)
    text = "provider: terraform\nruntime: {platform: kubernetes, cluster_name: c, namespace: n}\n"
    assert "is no cloud" in outcome(folder, job(text)).errors[0]
    settings = folder / "dativo.yaml"
    default = "defaults:\n  infrastructure: {provider: gcp}\n"
    settings.write_text(settings.read_text().replace("defaults:\n", default))
    found = outcome(folder, job(text))
    assert found.errors == [] and list(found.built.roots) == ["acme/job/prod"]


def test_the_name_of_a_key_is_no_key() -> None:
    """A backend of Google Cloud has an argument for each."""
    name = "projects/p/locations/l/keyRings/r/cryptoKeys/k"
    text = "provider: gcp\nterraform: {backend: {type: gcs, config: {encryption_key: %s}}}\n"
    found = block(text % name)["terraform"]["backend"]
    assert found == {"type": "gcs", "kms_encryption_key": name}
    kept = block(text % "c2VjcmV0")["terraform"]["backend"]
    assert kept == {"type": "gcs", "encryption_key": "c2VjcmV0"}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose files were migrated, as far as they load."""
    folder = make(tmp_path_factory.mktemp("no_effect"))
    for file in set(FILES) - set(ROOTS):
        (folder / file).unlink()
    paths = [str(folder / file) for file in ROOTS]
    assert main(["migrate", *paths, "--project", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("file", ROOTS)
def test_a_migrated_file_has_no_dead_key(migrated: Path, file: str) -> None:
    """It loads, makes its root, and nothing in it is without effect."""
    found = Outcome(migrated, file)
    assert found.errors == [] and found.built.roots
    assert not [w for w in found.warnings if "no effect" in w or "has no input" in w]


def test_migrate_says_what_it_takes_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the keys that the file had."""
    folder = make(tmp_path)
    file = folder / "d/cloud_run_in_a_group.yaml"
    assert main(["migrate", str(file), "--project", str(folder)]) == 0
    printed = capsys.readouterr()
    assert "taken out: runtime.namespace, runtime.cluster_name" in printed.out
    assert '"runtime.cluster_name" has no effect on cloud_run_job (it is taken out)' in printed.err
    assert "cluster_name" not in file.read_text()


def test_migrate_refuses_what_would_not_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that has no root for another reason is left as it is, and told why."""
    folder = make(tmp_path)
    file = folder / "one/job.yaml"
    file.write_text(job("provider: aws\nruntime: {type: ecs, compute: {cpu: 3}}\n"))
    before = file.read_bytes()
    assert main(["migrate", str(file), "--project", str(folder)]) == 1
    printed = capsys.readouterr()
    assert "Fargate has no 3 vCPU" in printed.err and "rewritten" not in printed.out
    assert file.read_bytes() == before


def test_what_has_an_effect_somewhere_stays(tmp_path: Path) -> None:
    """A key that one environment's runtime honours is not taken out."""
    folder = make(tmp_path)
    file = folder / "one/job.yaml"
    text = job(
        "provider: aws\nruntime: {type: ecs, service_account: 'arn:aws:iam::123456789012:role/x'}\n"
        "storage: {bucket: lake}\nnetworking: {private_networking: true}\n"
    ).replace("environment: prod\n", "")
    text += "environments:\n  prod: {}\n  dev: {infrastructure: {runtime: {type: kubernetes, "
    text += "cluster_name: c}}}\n"
    file.write_text(text)
    assert main(["migrate", str(file), "--project", str(folder)]) == 0
    assert "data_bucket: lake" in file.read_text()
    found = Outcome(folder, "one/job.yaml")
    assert found.errors == [] and len(found.built.roots) == 2
