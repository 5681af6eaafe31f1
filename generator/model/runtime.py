"""What runs a job and how large: the ``infrastructure.runtime`` of a job file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from generator.model.fields import Cpu, Filled, MemoryMib, Part, Text, Texts


class Scaling(Part):
    """How many copies run: `min: 0` is a batch job, `min: 1` or more a long-running worker."""

    min: NonNegativeInt = Field(
        0, description="0 for a job that ends; 1 or more keeps workers running."
    )
    max: PositiveInt = Field(1, description="Copies that run side by side at most.")


class Autoscaling(Part):
    """Bounds between which the cloud adds and removes nodes."""

    min: NonNegativeInt = Field(1, description="Nodes at least.")
    max: PositiveInt = Field(1, description="Nodes at most.")


class Nodes(Part):
    """The machines of a cluster that is made for the job."""

    instance_type: Filled | None = Field(
        None, description="Machine type: r5.2xlarge, n2-standard-4, Standard_D4s_v5."
    )
    other_instance_types: Texts = Field(
        (), description="Types that do as well, where the first has no room (EMR)."
    )
    count: PositiveInt | None = Field(None, description="Nodes, or nodes to start with.")
    autoscaling: Autoscaling | None = Field(None, description="Between which bounds nodes come.")
    disk_gib: PositiveInt | None = Field(None, description="Disk of each node in GiB.")
    spot: bool = Field(False, description="Nodes that the cloud may take back, for less money.")


class Runtime(Part):
    """What runs the job, and how large."""

    type: Filled = Field(description="What runs the container.")
    image: Filled | None = Field(None, description="Container image with a tag or digest.")
    command: Texts = Field((), description="Replaces the image's entrypoint.")
    args: Texts = Field((), description="Replaces the image's arguments.")
    cpu: Cpu = Field(1, description="vCPUs: 0.25, 1, 2 or 500m.")
    memory: MemoryMib = Field(2048, description="512Mi, 4Gi, or a number of MiB.")
    ephemeral_storage: MemoryMib | None = Field(
        None, description="Scratch disk, 21Gi to 200Gi on ECS, 512Mi to 10Gi on Lambda."
    )
    cpu_architecture: Literal["X86_64", "ARM64"] | None = Field(
        None, description="Processor (ECS, Lambda, Kubernetes)."
    )
    timeout_seconds: int = Field(3600, ge=60, description="A run is stopped after this time.")
    max_retries: int = Field(0, ge=0, le=10, description="How often a failed run is tried again.")
    scaling: Scaling = Field(Scaling(), description="Copies that run side by side.")
    environment: dict[str, Text] = Field(
        default_factory=dict, description="Environment variables of the container."
    )
    secrets: dict[str, Filled] = Field(
        default_factory=dict, description="Variable name to secret reference, never a value."
    )
    readable_secrets: Texts = Field(
        (), description="Secrets that the job itself may read at run time."
    )
    key_vaults: dict[str, Filled] = Field(
        default_factory=dict, description="Key Vault ids that `secrets` names (Azure)."
    )
    registry_id: Filled | None = Field(None, description="Container registry to pull from (Azure).")
    cluster_name: Filled | None = Field(
        None, description="Existing cluster or environment to run in."
    )
    nodes: Nodes = Field(default_factory=Nodes, description="Machines of a cluster.")
    release: Filled | None = Field(
        None,
        description="Version of the platform: emr-7.10.0, 15.4.x-scala2.12, python312, 1.33.",
    )
    entry_point: Filled | None = Field(
        None, description="What is run: a script, a notebook, a function (no containers)."
    )
    source: Filled | None = Field(
        None, description="Where its code is: gs://BUCKET/OBJECT.zip, or a wheel."
    )
    identity: Filled | None = Field(None, description="Existing role, service account or identity.")
