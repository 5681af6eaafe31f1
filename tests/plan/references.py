"""Names of what exists in the clouds."""

from __future__ import annotations

from tests.plan.conftest import GROUP

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a"
KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
VAULT = f"{GROUP}/Microsoft.KeyVault/vaults/kv1"
SUBNET = f"{GROUP}/Microsoft.Network/virtualNetworks/v/subnets/s"
