"""Checkpoints: what a witness has seen."""
