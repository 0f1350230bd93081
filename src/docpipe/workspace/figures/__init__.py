"""Everything that is computed from an order's facts: all arithmetic of documents and rules.

Each module turns a View into frozen values; what the view does not show cannot be computed.
"""
