"""Rehearsal: Terraform with no registry, no cloud and no credentials.

Stand-in providers speak Terraform's plugin protocol with the real providers' schemas and a
make-believe cloud behind them. A root that fails here is wrong; one that passes can still be
refused by a real cloud. This file stays empty: each provider process imports it.
"""
