"""Terraform's plugin protocol, version 6: messages as bytes, and the programs that answer them.

Terraform starts these programs and speaks gRPC with them. What an answer says comes from the
cloud, the schemas and the rules outside; no message of the protocol is read or written there.
"""
