.PHONY: install test lint ci

install:
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[test,dev,bench]'

test:
	.venv/bin/python -m pytest -q

lint:
	.venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports

ci:
	.ci/run
