"""The access log: listed, verified, witnessed."""
