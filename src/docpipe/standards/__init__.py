"""Pure tables and arithmetic of the trade's own standards.

Nothing here reads an order, a clock or a setting: the same arguments give the same answer.
Wrong arguments raise ``ValueError`` with a sentence that names the value. Numbers are ``Decimal``.
"""
