# Two commands do everything on a fresh machine: make demo, make test.
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools
READ   := $(VENV)/.read
LOCK   := requirements.lock
PYTEST := $(BIN)/python -m pytest --dist worksteal
PORT   ?= 8050
# On two cores: a test with a browser or a kiosk waits for half of its time.
WORKERS ?= 3
# Without compiled files each program of the tests compiles the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test suite beside fast browser lint shots glasses bench fuzz docs update clean

demo: $(READY)
	$(BIN)/wallboard demo --port $(PORT)

# mypy takes a minute of one core: what lint says is read at its end, and stands beside the tests' own output. Either one's fault ends
# the whole with an error.
test: $(READY) $(TOOLS)
	@$(MAKE) --no-print-directory --jobs=2 --keep-going beside suite

suite: $(READY) $(TOOLS) $(READ)
	$(PYTEST) -n $(WORKERS) tests

beside: $(READY)
	@$(MAKE) --no-print-directory lint > $(VENV)/lint.log 2>&1; ended=$$?; cat $(VENV)/lint.log; exit $$ended

# What needs a browser, a kiosk or the real exports is not even read.
fast: $(READY) $(TOOLS) $(READ)
	$(PYTEST) -n 2 --hypothesis-profile fast -m "not browser and not slow" --ignore tests/browser --ignore tests/kiosk --ignore tests/rooms tests

browser: $(READY) $(TOOLS) $(READ)
	$(PYTEST) -n $(WORKERS) -m "browser or slow" tests

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

shots: $(READY) $(TOOLS)
	$(BIN)/python -m bench.pictures

# Every scene on five glasses, in both themes, demo and retail: half an hour. The tests read each scene on each glass and in each theme once.
glasses: $(READY) $(TOOLS)
	$(BIN)/python -m bench.glasses

bench: $(READY)
	$(BIN)/python -m bench.figures

fuzz: $(READY)
	$(BIN)/python -m bench.fuzz

docs: $(READY)
	$(BIN)/python -m tests.documents

# Renews the lock within the ranges of pyproject.toml, and says what changed. Run make test before it is committed.
update: $(READY)
	cp $(LOCK) $(VENV)/before.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --no-header --no-annotate \
	    --output-file $(LOCK) pyproject.toml
	@diff $(VENV)/before.lock $(LOCK) && echo "Nothing is newer." || true

clean:
	rm -rf $(VENV) shots .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml $(LOCK) .ci/setup .ci/install
	sh .ci/setup $(VENV)
	touch $@

# All workers begin at once: what no program has compiled yet each of them would compile for itself.
$(READ): $(READY)
	@$(BIN)/python -m pytest --collect-only -qq tests >/dev/null 2>&1 || true
	touch $@

$(TOOLS): $(READY) .ci/tools .ci/install
	sh .ci/tools $(VENV)
	touch $@
