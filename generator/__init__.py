"""dativo: ETL job files in, reviewable Terraform root modules out.

The names of ``generator.api`` and ``generator.api.earlier`` are names of the package as well;
they are imported when they are first asked for, so that the command line need not wait for them.
"""

from __future__ import annotations

from generator.version import __version__ as __version__

# Without importing typing, which takes longer than all the rest; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from generator.api import (
        InputError,
        JobRoot,
        Problem,
        Project,
        RunResult,
        UsageError,
        check,
        explain,
        export,
        generate,
        inputs_of,
        labels_of,
        load_job,
        load_jobs,
        metadata_of,
        open_project,
        plan_of,
        resolve_job,
        root_files,
        tag_report,
        tags_of,
        validate,
    )
    from generator.api.earlier import (
        TagPropagator,
        export_terraform_tfvars,
        export_terraform_vars,
        generate_terraform_variables,
        generate_terraform_vars,
        get_infrastructure_provider_tags,
        load_infrastructure_config,
        merge_infrastructure_tags,
        validate_infrastructure_config,
        validate_infrastructure_for_job,
    )


__all__ = [
    "InputError",
    "JobRoot",
    "Problem",
    "Project",
    "RunResult",
    "TagPropagator",
    "UsageError",
    "check",
    "explain",
    "export",
    "export_terraform_tfvars",
    "export_terraform_vars",
    "generate",
    "generate_terraform_variables",
    "generate_terraform_vars",
    "get_infrastructure_provider_tags",
    "inputs_of",
    "labels_of",
    "load_infrastructure_config",
    "load_job",
    "load_jobs",
    "merge_infrastructure_tags",
    "metadata_of",
    "open_project",
    "plan_of",
    "resolve_job",
    "root_files",
    "tag_report",
    "tags_of",
    "validate",
    "validate_infrastructure_config",
    "validate_infrastructure_for_job",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from generator import api
    from generator.api import earlier as earlier_api

    return getattr(api if hasattr(api, name) else earlier_api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
