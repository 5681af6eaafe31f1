"""Reads the text of Terraform files as far as it takes to find blocks, arguments and literals.

The grammar is that of HCL's native syntax ("HCL Native Syntax Specification" and the scanner that
Terraform is built with). Of an expression only its end is found, and not its meaning, so that a
file can be read whatever its expressions hold. Imports nothing of ours.
"""
