"""The drawing code of the shipped Word templates: one kit, one short module per document."""
