# Two commands set everything up by themselves: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Tests read and write Chinese, whatever the user's language.
test accept office soak: export PYTHONUTF8 = 1

.PHONY: demo test accept lint office soak bench bench-peers mutants forms clean

demo: .venv/installed
	@$(BIN)/docpipe check
	@$(BIN)/docpipe render --out build

test: .venv/tested
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "not soak and not office" $(ARGS)

# Rewrite expected findings and texts, for review with `git diff`.
accept: .venv/tested
	@$(BIN)/python -m pytest -q -m "not soak" --accept tests/test_cases.py tests/test_rules.py tests/test_documents.py tests/test_docs.py

lint: .venv/linted
	@$(BIN)/ruff format --check src tests tools bench
	@$(BIN)/ruff check src tests tools bench
	@$(BIN)/mypy

# What needs LibreOffice, CJK fonts and poppler.
office: .venv/tested
	@$(BIN)/python -m pytest -n auto --dist worksteal -m office $(ARGS)

# The long counts: fuzzing and the like.
soak: .venv/tested
	@$(BIN)/python -m pytest -n auto --dist worksteal -m soak $(ARGS)

# What rendering costs beside docxtpl: a table, and build/bench.json. TOPIC=contract for one alone.
bench: .venv/tested
	@$(BIN)/python -m bench $(TOPIC)

# The same contract by engines for node too; they are installed into build/.
bench-peers: .venv/tested
	@$(BIN)/python -m bench contract cold process peers $(ARGS)

# Small slips in the code, and whether a test notices: make mutants ARGS="--seed 7 --count 300 src/docpipe/rules"
mutants: .venv/tested
	@$(BIN)/python -m tools.mutants $(ARGS)

# Draw the shipped Word templates again from tools/forms.
forms: .venv/tested
	@$(BIN)/python -m tools.forms

clean:
	@rm -rf .venv build dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "docpipe needs Python 3.11 or newer; say which: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/tested: .venv/installed
	@$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

.venv/linted: .venv/tested
	@$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	@touch $@
