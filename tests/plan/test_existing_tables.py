"""The tables of existing things: every row works, and asks what the providers know."""

from __future__ import annotations

import gzip
import json
import os
import re
from functools import cache
from typing import Any

import pytest

from generator.files.shipped import folder
from generator.model.infrastructure import Infrastructure
from generator.plan.existing.find import tables
from generator.plan.existing.lookup import Lookup
from generator.plan.runtimes.runtime import honoured, refused_fields
from generator.plan.runtimes.table import RUNTIMES
from generator.render.data_blocks import data_blocks
from tests.plan.existing_samples import BASES, SAMPLES, found

CLOUDS = {"aws": "aws", "gcp": "google", "azure": "azurerm", "databricks": "databricks"}
# What a data source must not have, since it would stand in the state: with these exceptions,
# which the API leaves empty or which are public.
SECRETS = re.compile(
    r"password|secret_string|secret_data|access_key|shared_key|primary_key|connection_string"
    r"|client_key|kube_config|receiver|content$"
)
HARMLESS = {
    # The API does not tell them (Cloud SQL Admin API reference, "DatabaseInstance").
    "google_sql_database_instance": {
        "root_password",
        "root_password_wo",
        "root_password_wo_version",
    },
    # The metadata is read, not the object.
    "google_storage_bucket_object": {"content"},
    # Empty of credentials where the cluster goes by Entra ID, which is checked; documented.
    "azurerm_kubernetes_cluster": {
        *("kube_config", "kube_config_raw", "kube_admin_config", "kube_admin_config_raw")
    },
}


@cache
def _schema(cloud: str) -> dict[str, Any]:
    path = os.path.join(folder("generator"), "rehearsal", "schemas", f"{CLOUDS[cloud]}.json.gz")
    with gzip.open(path) as stream:
        found: dict[str, Any] = json.load(stream)["data"]
    return found


ALL = [
    pytest.param(cloud, runtime, named, id=f"{cloud}-{number}")
    for cloud, samples in SAMPLES.items()
    for number, (runtime, named) in enumerate(samples)
]


@pytest.mark.parametrize(("cloud", "runtime", "named"), ALL)
def test_providers_know_what_is_asked(cloud: str, runtime: str, named: dict[str, Any]) -> None:
    """Every data source exists, takes these arguments, has the attributes that are compared, and
    nothing of it is a secret.
    """
    sources = found(cloud, runtime, named)
    assert sources
    for source in sources:
        attributes = _schema(cloud)[source.type]["attributes"]
        for name in source.arguments:
            assert attributes[name].get("required") or attributes[name].get("optional"), name
        required = {name for name, one in attributes.items() if one.get("required")}
        assert required <= set(source.arguments)
        text = data_blocks([source])
        compared = set(re.findall(r"self\.([a-z_]+)", text))
        assert compared <= set(attributes), source.type
        secret = {name for name in attributes if SECRETS.search(name)}
        assert secret <= HARMLESS.get(source.type, set()), source.type


@pytest.mark.parametrize("cloud", sorted(CLOUDS))
def test_every_row_has_a_job_that_uses_it(cloud: str) -> None:
    """No row of the documented tables is without effect."""
    used = set()
    for runtime, named in SAMPLES[cloud]:
        used |= {(one.type, one.name) for one in found(cloud, runtime, named)}
    assert used == {(row.type, row.name) for row in tables(cloud)[0]}


@pytest.mark.parametrize("cloud", sorted(CLOUDS))
def test_fields_of_the_tables_mean_something_there(cloud: str) -> None:
    """Each field, looked up or not, is one that a runtime of the cloud can honour."""
    lookups, unverified = tables(cloud)
    rows = [row for (where, kind), row in RUNTIMES.items() if cloud in (where, kind)]
    fields = {row.field: row.runtimes for row in lookups}
    fields |= {field: () for one in unverified for field in one.fields if field not in fields}
    for field, runtimes in fields.items():
        able = [row.type for row in rows if honoured(row.honours, field)]
        assert set(runtimes) <= set(able), field
        assert able, field
    assert refused_fields(rows[0], _infrastructure(cloud)) == []


def _infrastructure(cloud: str) -> Any:
    return Infrastructure.model_validate({**BASES[cloud], "runtime": {"type": "x"}})


def test_rows_are_told_apart() -> None:
    """Each row finds a thing by the text as it is or by its parts, and says who may look."""
    for cloud in CLOUDS:
        for row in tables(cloud)[0]:
            assert isinstance(row, Lookup)
            assert bool(row.argument) != (row.parse is not None), row
            assert row.permissions, row
