.PHONY: install test test-engines lint ci

install:
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[test,dev,bench]'

test:
	.venv/bin/python -m pytest -q

test-engines:
	.venv/bin/pip install -q -e '.[test,test-engines]' && .venv/bin/python -m pytest -q tests/engines

lint:
	.venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports

ci:
	.ci/run
