"""Each module on the lowest versions of providers that it takes, where the mirror has them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.rehearsal.provider_source import REGISTRY, VARIABLE
from scripts.pages import MODULES, module_names
from tests.real.conftest import Command, RealProviders
from tests.real.lowest import lowest, write

pytestmark = [pytest.mark.real_provider, pytest.mark.deep]


@pytest.mark.parametrize("module", module_names())
def test_a_module_is_valid_on_the_lowest_providers(
    module: str, tmp_path: Path, real_providers: RealProviders, real_terraform: Command
) -> None:
    """Every resource, argument and block of the module is there in the oldest provider that its
    versions.tf takes: Terraform validates the module itself against exactly that one.
    """
    held = real_providers.folder / REGISTRY
    for source, version in lowest(module).values():
        packed = f"terraform-provider-{source.rpartition('/')[2]}_{version}_*.zip"
        unpacked = f"{version}/*/terraform-provider-*"
        if not [*(held / source).glob(unpacked), *(held / source).glob(packed)]:
            pytest.skip(f"{VARIABLE} has no {source} {version}, the lowest for modules/{module}")
    kept_out = shutil.ignore_patterns("tests", "examples", ".terraform*", "*.tfstate*")
    shutil.copytree(MODULES, tmp_path / "modules", ignore=kept_out)
    folder = tmp_path / "modules" / module
    write(module, tmp_path / "asked")
    asked = (tmp_path / "asked" / "lowest.tf").read_text("utf-8")
    # An override: the module's own constraint is replaced by the one version.
    (folder / "lowest_override.tf").write_text(asked, encoding="utf-8")
    real_terraform(folder, "init", "-input=false", "-backend=false")
    shown = real_terraform(folder, "version", "-json").data()["provider_selections"]
    wanted = {f"{REGISTRY}/{source}": version for source, version in lowest(module).values()}
    assert shown == wanted
    real_terraform(folder, "validate")
