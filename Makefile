# Every target sets itself up: all it needs is Python 3.11 or newer. See CONTRIBUTING.md.

VENV ?= .venv
# The newest interpreter that will do; PYTHON=... chooses another.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$p" && break; done)
# Two workers: Terraform starts providers of its own beside each of them.
WORKERS ?= 2
TESTS ?=
# How long `make fuzz` looks, and which targets it looks at: none means all.
MINUTES ?= 10
TARGET ?=

# Tests that share what is dear to make are a group, which stays with one worker.
RUN_TESTS = $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
LOCKED := $(VENV)/.dativo-locked
READY := $(VENV)/.dativo-ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# Programs that the tests run, each in an environment of its own: VENV-NAME, as requirements/NAME.txt
# pins it: completely, and where NAME.overrides.txt says so, without what a package asks for.
TOOLS := moto orchestrators policy
TOOLS_READY := $(TOOLS:%=$(VENV)-%/.dativo-ready)

# A lock is complete, so nothing is resolved: what an index has published since is of no interest.
AS_LOCKED := --no-deps --require-hashes
# $(call install,ENVIRONMENT,LOCK): uv takes a quarter of pip's time; pip where uv finds no way, such as
# to an index that only pip is told of.
define install
$(BIN)/uv pip install --quiet --python "$(1)" $(AS_LOCKED) --requirement $(2) || \
	$(PIP) --python "$(1)" install --quiet $(AS_LOCKED) --requirement $(2)
endef

.DEFAULT_GOAL := help
.PHONY: help generate test deep fuzz coverage lint check format derived lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 12

generate: $(READY)  ## write the roots of the example jobs
	$(BIN)/dativo generate

test: $(READY) $(TOOLS_READY)  ## run the tests; TESTS="tests/tags -k gcp" runs some
	$(RUN_TESTS) -m "not deep" $(TESTS)

deep: $(READY) $(TOOLS_READY)  ## run the tests that take long
	$(RUN_TESTS) -m deep $(TESTS)

fuzz: $(READY) $(VENV)-fuzz/.dativo-ready  ## look for inputs that break a promise; MINUTES=60, TARGET=job
	PYTHONPATH="$$($(VENV)-fuzz/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
		$(BIN)/python -m tests.fuzz --minutes $(MINUTES) $(TARGET)

coverage: $(READY) $(TOOLS_READY)  ## measure what make test runs of generator/, lines and branches
	$(RUN_TESTS) -m "not deep" --cov --cov-report=term $(TESTS)

lint: $(READY)  ## style, likely bugs and types; changes nothing
	$(BIN)/python -m black --check --quiet . || { echo "not formatted; run: make format" >&2; exit 1; }
	$(BIN)/python -m ruff check --quiet .
	$(BIN)/python -m mypy

check: $(READY)  ## all that a pull request has to pass
	$(BIN)/dativo check
	$(MAKE) lint
	$(MAKE) test
	$(MAKE) deep

format: $(READY)  ## format the Python code
	$(BIN)/python -m black --quiet .
	$(BIN)/python -m ruff check --quiet --fix .

derived: $(READY)  ## write what follows from the code: tables, schemas, module interfaces
	$(BIN)/dativo schema --write schemas
	$(BIN)/python -m scripts

lock: $(LOCKED)  ## resolve requirements/*.txt anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --extra rehearse --quiet --upgrade \
		--universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		-o requirements/ci.txt
	sed -n '/^uv==/,/[^\\]$$/p' requirements/ci.txt > requirements/uv.txt
	for name in $(TOOLS) fuzz; do $(BIN)/uv pip compile --group $$name --quiet --upgrade \
		$$(o=requirements/$$name.overrides.txt; test ! -f $$o || echo --overrides $$o) \
		--universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		-o requirements/$$name.txt || exit 1; done

clean:  ## remove what tools left behind; the virtual environment stays
	rm -rf build dist htmlcov .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find generator scripts tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# An environment that works is kept, whoever made it; pip changes only what the lock says
# otherwise. The stamps make a second run free.
$(LOCKED): requirements/ci.txt requirements/uv.txt
	@if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		test -n "$(PYTHON)" || { echo "dativo needs Python 3.11 or newer; none was found on PATH" >&2; exit 1; }; \
		echo "making $(VENV) with $(PYTHON)"; \
		"$(PYTHON)" -m venv --clear "$(VENV)"; \
	fi
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip
	$(PIP) install --quiet $(AS_LOCKED) --requirement requirements/uv.txt
	$(call install,$(VENV),requirements/ci.txt)
	@touch $@

$(VENV)-%/.dativo-ready: requirements/%.txt | $(LOCKED)
	$(BIN)/uv venv --quiet --clear --python "$(BIN)/python" "$(VENV)-$*"
	$(call install,$(VENV)-$*,$<)
	@touch $@

# The check tells when the lock lacks something that was not asked for by name.
$(READY): $(LOCKED) pyproject.toml
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(PIP) check >/dev/null || { $(PIP) check; echo "requirements/ci.txt is not complete; run: make lock" >&2; exit 1; }
	@touch $@
