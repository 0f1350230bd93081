"""Strict YAML: text in, data with exact numbers and the position of every key and value out."""

from docpipe.adapters.yamlfile.loader import Loaded, load
from docpipe.adapters.yamlfile.node import Node, Scalar

__all__ = ["Loaded", "Node", "Scalar", "load"]
