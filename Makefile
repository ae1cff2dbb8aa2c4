# Two commands do everything on a fresh machine: make demo, make test.
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PYTEST := $(BIN)/python -m pytest -n 2
PORT   ?= 8050

.PHONY: demo test fast browser lint shots bench docs clean

demo: $(READY)
	$(BIN)/wallboard demo --port $(PORT)

test: lint
	$(PYTEST) tests

fast: $(READY)
	$(PYTEST) -m "not browser and not slow" tests

browser: $(READY)
	$(PYTEST) -m "browser or slow" tests

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

shots: $(READY)
	$(BIN)/python -m bench.pictures

bench: $(READY)
	$(BIN)/python -m bench.figures

docs: $(READY)
	$(BIN)/python -m tests.documents

clean:
	rm -rf $(VENV) shots .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml .ci/setup
	sh .ci/setup $(VENV)
	touch $@
