"""Mutation testing: change the code in small ways, and see whether a test notices.

`make mutants ARGS="--seed 7 --count 300 src/docpipe/rules"` draws a sample of changes (`sites`,
`changes`), makes each in a process of its own on a copy of the tree (`copies`, `child`), and runs
the tests that reach the changed line there (`lines`, `choice`; `suites` names them). A change
that no test notices survives: it shows a case that nobody thought of, or code that does nothing.
A run that is broken off goes on where it was (`verdicts`).
"""
