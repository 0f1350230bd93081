"""Mutation testing: change the code in small ways, and see whether a test notices.

`make mutants ARGS="--seed 7 --count 300 src/docpipe/rules"` draws a sample of changes (`sites`,
`changes`), makes each in a process of its own on a copy of the tree (`copies`, `trial`), and runs
the tests that reach the changed line there (`lines`, `choice`). A change that no test notices
survives: it shows a case that nobody thought of, or code that does nothing.
"""
