"""Jobs on EMR, for their tests."""

from __future__ import annotations

MAIN = "s3://code/main.py"
KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a"
NETWORK = "network: {vpc_id: vpc-1, subnet_ids: [subnet-1, subnet-2]}"


def job(
    runtime: str = "",
    block: str = "",
    head: str = "",
    run: str = f"entry_point: {MAIN}",
    network: str = NETWORK,
) -> str:
    """A job file; ``runtime`` lines start at line 9, ``block`` lines follow them.

    Args:
        runtime: further ``key: value`` lines of the runtime.
        block: further lines of infrastructure.
        head: lines before infrastructure; each moves the rest down.
        run: the line that says what is run.
        network: the line of the network; with an empty one the rest moves up.
    """
    text = f"tenant_id: acme\nenvironment: prod\n{head}infrastructure:\n"
    text += "  provider: aws\n  region: us-east-1\n"
    text += f"  {network}\n" if network else ""
    text += f"  runtime:\n    type: emr\n    {run}\n"
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())
