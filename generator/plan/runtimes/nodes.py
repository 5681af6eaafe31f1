"""``runtime.nodes`` as the inputs of modules that make a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.model.runtime import Nodes


def of_cluster(wanted: Nodes) -> dict[str, Any]:
    """The machines of EMR and Databricks, as far as the job says."""
    value = _named(wanted, "instance_type", "count", "disk_gib") | _bounds(wanted)
    return value | ({"spot": True} if wanted.spot else {})


def of_pool(wanted: Nodes) -> dict[str, Any]:
    """The machines of a cluster of Kubernetes, as far as the job says."""
    return _named(wanted, "instance_type", "count", "disk_gib", "spot") | _bounds(wanted)


def _named(wanted: Nodes, *names: str) -> dict[str, Any]:
    return {
        name: value
        for name in names
        if name in wanted.model_fields_set and (value := getattr(wanted, name)) is not None
    }


def _bounds(wanted: Nodes) -> dict[str, Any]:
    bounds = wanted.autoscaling
    return {} if bounds is None else {"autoscaling": {"min": bounds.min, "max": bounds.max}}
