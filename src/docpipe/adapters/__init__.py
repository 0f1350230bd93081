"""Doors to the outside: YAML files, JSON Schemas, Word packages, Git, LibreOffice."""
