"""Spellings that several dialects have in common."""

from __future__ import annotations

from generator.dialects.spelling import Spelling

SPELLINGS = (
    Spelling(
        "runtime.compute.instance_type",
        "*instance_type",
        "ER",
        "in runtime.nodes, or an input of a module of your own",
    ),
    Spelling("runtime.namespace", "kubernetes.namespace", "ED", "only where there is a cluster"),
    Spelling(
        "runtime.service_account",
        "runtime.identity",
        "ED",
        "on Kubernetes a plain name is that of a service account there: kubernetes.service_account",
    ),
    Spelling("networking.vpc_id", "network.vpc_id", "RD", "a connector, by its path"),
    Spelling("networking.subnet_ids", "network.subnet_ids", "RD"),
    Spelling("networking.security_group_ids", "network.security_group_ids", "RD"),
    Spelling("terraform.module_source", "terraform.module.source", "ERD"),
    Spelling("terraform.module_version", "terraform.module.version", "ERD"),
    Spelling("terraform.workspace", "tags.terraform_workspace", "ED", "a tag: each root is one"),
    Spelling("terraform.backend_config", "terraform.backend", "ED", "its type is inferred"),
)
