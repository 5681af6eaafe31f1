"""What each layer has to say: one function a layer, weakest first as they stand by default.

``derived`` is below everything that somebody wrote, so that it overrules nobody;
``identity`` is above everything. Those between are ordered by ``tags.precedence``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.concepts.table import CLASSES
from generator.errors import InputError, Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.model.settings import LAYERS
from generator.tags import credentials, mapping
from generator.tags.maker import Found, Maker, Path
from generator.tags.own_keys import Look
from generator.tags.tag_set import Tag
from generator.text.hints import suggest

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.asset import Asset
    from generator.model.job import Job

DERIVED, IDENTITY = "derived", "identity"
DEFAULTS, ASSET, JOB, INFRASTRUCTURE = LAYERS
PIPELINE_TYPE = "ingestion"
MANAGED_BY = "dativo"


def order(precedence: tuple[str, ...]) -> tuple[str, ...]:
    """All layers, weakest first.

    Args:
        precedence: the four layers in the order that dativo.yaml asks for.

    Raises:
        InputError: a layer is missing or named twice.
    """
    if len(precedence) != len(LAYERS) or set(precedence) != set(LAYERS):
        message = f"tags.precedence must name each of {', '.join(LAYERS)} once"
        location = Location(SETTINGS_FILE, ("tags", "precedence"))
        raise InputError(Problem("tag-precedence", message, location))
    return (DERIVED, *precedence, IDENTITY)


def derived(loaded: LoadedJob, maker: Maker) -> list[Tag]:
    """Facts of the infrastructure block; who manages it and what it is, unless somebody says."""
    block = loaded.job.infrastructure
    found: list[Found] = [
        ("infra_provider", block.provider, ("infrastructure", "provider")),
        ("region", block.region, ("infrastructure", "region")),
        ("runtime_type", block.runtime.type, ("infrastructure", "runtime", "type")),
    ]
    if block.orchestrator.type != "none":
        path = ("infrastructure", "orchestrator", "type")
        found.append(("orchestrator", block.orchestrator.type, path))
    if (module := block.terraform.own_module) and module.source:
        path = ("infrastructure", "terraform", "module")
        found.append(("terraform_module", module_name(module.source), (*path, "source")))
        found.append(("infra_version", module.version, (*path, "version")))
    tags = maker.tags(DERIVED, found, _locations(loaded))
    usual = (("pipeline_type", PIPELINE_TYPE), ("managed_by", MANAGED_BY))
    return [*tags, *(maker.tag(DERIVED, concept, (text,), None) for concept, text in usual)]


def module_name(source: str) -> str:
    """The last part of a module's address: ``git::https://x/y.git//modules/emr?ref=v1`` to emr."""
    return source.partition("?")[0].rstrip("/").rpartition("/")[2].removesuffix(".git")


def defaults(loaded: LoadedJob, maker: Maker) -> list[list[Tag]]:
    """The tags of dativo.yaml, one list for each mapping, weakest first."""
    read = []
    for source in loaded.default_tags:
        file, path = source.location.file, source.location.path

        def location_of(key: str, file: str = file, path: Path = path) -> Location:
            return Location(file, (*path, key))

        read.append(mapping.read(maker, DEFAULTS, source.data, location_of, lambda _: 0))
    return read


class _AssetTags(NamedTuple):
    asset: Asset
    tags: list[Tag]
    problems: list[Problem]
    doubtful: set[Tag]


# Many jobs share an asset, and its tags are the same for all of them. The key is the identity
# of the asset, which the row keeps alive.
_ASSETS: dict[tuple[int, str | None, Look], _AssetTags] = {}
_MOST_ASSETS = 2048


def asset(loaded: LoadedJob, maker: Maker) -> list[Tag]:
    """What the asset contract says of the data, then who pays for it."""
    contract = loaded.asset
    if contract is None:
        return []
    key = (id(contract), loaded.asset_file, maker.look)
    known = _ASSETS.get(key)
    if known is None or known.asset is not contract:
        own = Maker(maker.look, maker.own)
        tags = own.tags(ASSET, _of_asset(contract), lambda path: loaded.asset_location(*path))
        own.problems += credentials.check(tags)
        if len(_ASSETS) >= _MOST_ASSETS:
            _ASSETS.clear()
        known = _ASSETS[key] = _AssetTags(contract, tags, own.problems, own.doubtful)
    maker.problems += known.problems
    maker.doubtful |= known.doubtful
    return known.tags


def _of_asset(contract: Asset) -> Iterator[Found]:
    yield "asset", contract.name, ("name",)
    yield "asset_version", contract.version, ("version",)
    yield "source_type", contract.source_type, ("source_type",)
    yield "source_object", contract.object, ("object",)
    yield "status", contract.status, ("status",)
    yield "domain", contract.domain, ("domain",)
    yield "data_product", contract.data_product, ("dataProduct",)
    yield "asset_tags", contract.tags, ("tags",)
    yield "owner", contract.team and contract.team.owner, ("team", "owner")
    if law := contract.compliance:
        yield "data_classification", law.classification, ("compliance", "classification")
        yield "regulations", law.regulations, ("compliance", "regulations")
        yield "retention_days", law.retention_days, ("compliance", "retention_days")
        consent = ("compliance", "user_consent_required")
        yield "user_consent_required", law.user_consent_required, consent
        if guard := law.security:
            path = ("compliance", "security")
            yield "access_control", guard.access_control, (*path, "access_control")
            yield "encryption_required", guard.encryption_required, (*path, "encryption_required")
    if change := contract.change_management:
        approval = ("change_management", "approval_required")
        yield "approval_required", change.approval_required, approval
        yield "change_policy", change.policy, ("change_management", "policy")
    yield "classified_fields", _pairs(_classes(contract)), ("schema",)
    yield from _finops(contract.finops)


def job(loaded: LoadedJob, maker: Maker) -> list[Tag]:
    """What the job says of its run, who pays, and what it decides otherwise than its asset."""
    tags = maker.tags(JOB, _of_job(loaded.job, loaded.asset), _locations(loaded))
    for concept, path in _emptied(loaded.job, {tag.concept for tag in tags}):
        tags.append(maker.tag(JOB, concept, (), loaded.locations.location(path)))
    if loaded.job.classification_overrides:
        maker.problems += _unknown_fields(loaded)
    return tags


def _emptied(content: Job, said: set[str]) -> Iterator[tuple[str, Path]]:
    """What the job's overrides take away from the asset by saying nothing: ``owner: ""``."""
    rules, classes = content.governance_overrides, content.classification_overrides
    if rules is not None and rules.owner is not None and "owner" not in said:
        yield "owner", ("governance_overrides", "owner")
    if "default" in classes and CLASSES not in said:
        yield CLASSES, ("classification_overrides", "default")
    if classes.keys() - {"default"} and "classified_fields" not in said:
        yield "classified_fields", ("classification_overrides",)


def _of_job(content: Job, contract: Asset | None) -> Iterator[Found]:
    yield "source_connector", content.source_connector, ("source_connector",)
    yield "target_connector", content.target_connector, ("target_connector",)
    yield "asset", content.asset, ("asset",)
    yield from _finops(content.finops)
    if classes := content.classification_overrides:
        path = ("classification_overrides",)
        yield "data_classification", classes.get("default"), (*path, "default")
        own = {name: value for name, value in sorted(classes.items()) if name != "default"}
        if own:
            merged = {**(_classes(contract) if contract else {}), **own}
            yield "classified_fields", _pairs(merged), path
    if rules := content.governance_overrides:
        path = ("governance_overrides",)
        yield "retention_days", rules.retention_days, (*path, "retention_days")
        yield "owner", rules.owner, (*path, "owner")
        yield "approval_required", rules.approval_required, (*path, "approval_required")


def infrastructure(loaded: LoadedJob, maker: Maker) -> list[Tag]:
    """The tags that the job writes as such."""
    layers = loaded.locations.layers
    location_of = _locations(loaded)

    def rank_of(location: Location) -> int:
        fits = [
            (len(layer.prefix), index)
            for index, layer in enumerate(layers)
            if layer.file == location.file and location.path[: len(layer.prefix)] == layer.prefix
        ]
        return max(fits)[1] if fits else -1

    return mapping.read(
        maker,
        INFRASTRUCTURE,
        loaded.job.infrastructure.tags,
        lambda key: location_of(("infrastructure", "tags", key)),
        rank_of,
    )


def identity(loaded: LoadedJob, maker: Maker) -> list[Tag]:
    """Whose root it is. Another value for one of these is an error anywhere."""
    content = loaded.job
    found: list[Found] = [
        ("tenant_id", content.tenant_id, ("tenant_id",)),
        ("environment", content.environment, ("environment",)),
        ("job_name", content.name, ("name",)),
    ]
    return maker.tags(IDENTITY, found, _locations(loaded))


def _locations(loaded: LoadedJob) -> Callable[[Path], Location]:
    """``loaded.locations.location`` with a short cut for what the job file itself has."""
    locations = loaded.locations
    own = [layer for layer in reversed(locations.layers) if not layer.target]

    def location_of(path: Path) -> Location:
        for layer in own:
            value: Any = layer.data
            for key in path:
                if not isinstance(value, dict) or key not in value:
                    break
                value = value[key]
            else:
                return Location(layer.file, layer.prefix + path)
        return locations.location(path)

    return location_of


def _finops(money: Any) -> Iterator[Found]:
    if money is not None:
        yield "cost_center", money.cost_center, ("finops", "cost_center")
        yield "project", money.project, ("finops", "project")
        yield "business_tags", money.business_tags, ("finops", "business_tags")
        yield "business_unit", money.business_unit, ("finops", "business_unit")
        yield "finops_environment", money.environment, ("finops", "environment")
        yield "finops_owner", money.owner, ("finops", "owner")


def _classes(contract: Asset) -> dict[str, str]:
    """Name to class of the classified columns."""
    columns = contract.columns or ()
    return {c.name: c.classification for c in columns if c.name and c.classification}


def _pairs(classes: dict[str, str]) -> list[str]:
    return [f"{name}:{value}" for name, value in classes.items() if value.strip()]


def _unknown_fields(loaded: LoadedJob) -> Iterator[Problem]:
    """A class for a field that the asset does not have is likely a misspelling."""
    columns = loaded.asset and loaded.asset.columns
    names = {column.name for column in columns or ()}
    for name in sorted(loaded.job.classification_overrides) if names else ():
        if name != "default" and name not in names:
            yield Problem(
                "unknown-field",
                f'the asset has no field "{name}"',
                loaded.locations.location(("classification_overrides", name)),
                suggest(name, [known for known in names if known]),
                "warning",
            )
