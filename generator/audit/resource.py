"""A resource as an export has it, whatever cloud it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Resource(NamedTuple):
    """A resource that is there.

    Attributes:
        cloud: aws, gcp or azure; empty for what a state has of Kubernetes or Databricks.
        id: what it is called there: ARN, full resource name, resource id, or address in a state.
        type: its type, in the words of the export.
        tags: its tags or labels; empty for none.
        file: the export.
        line: where it stands in it.
        state: the root whose state it is in, tenant/job/environment; empty where that is not known.
    """

    cloud: str
    id: str
    type: str
    tags: Mapping[str, str]
    file: str
    line: int
    state: str = ""
