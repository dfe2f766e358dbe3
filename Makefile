# Two commands do everything: `make demo` and `make test`. Both make the environment first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check install lock clean

demo: install
	$(BIN)/newsgraph up seeds/

test: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m "not slow"

install: $(READY)
	@$(BIN)/python -m api.site.webbuild

$(READY): requirements-dev.txt pyproject.toml
	@echo "Making the environment in .venv; the first time takes a few minutes."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

lock:
	$(BIN)/uv pip compile -q --universal --no-emit-index-url --generate-hashes pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --no-emit-index-url --generate-hashes --group dev --extra spark pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv api/site/static
