"""Strict YAML: text in, data with exact numbers and the position of every key and value out."""

from typing import TYPE_CHECKING, Any

from docpipe.adapters.yamlfile.node import Node, Scalar

if TYPE_CHECKING:
    from docpipe.adapters.yamlfile.loader import Loaded, load

__all__ = ["Loaded", "Node", "Scalar", "load"]


def __getattr__(name: str) -> Any:
    """The loader, with PyYAML behind it, once somebody asks for it."""
    if name in ("Loaded", "load"):
        from docpipe.adapters.yamlfile import loader

        return getattr(loader, name)
    raise AttributeError(name)
