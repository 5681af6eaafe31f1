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
# Of a proof: how many roots, what decides them, where it tells of each and keeps those that fail.
N ?= 1000
SEED ?= 1
LOG ?= build/proof

# Tests that share what is dear to make are a group, which stays with one worker.
RUN_TESTS = $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
LOCKED := $(VENV)/.dativo-locked
READY := $(VENV)/.dativo-ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# Programs that the tests run, each in an environment of its own: VENV-NAME, as requirements/NAME.txt
# pins it: completely, and where NAME.overrides.txt says so, without what a package asks for.
TOOLS := moto orchestrators policy site
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
.PHONY: help generate test deep fuzz coverage proof lint check format derived lock page report
.PHONY: lowest audit dist benchmarks before clean pictures site publish

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

# What they run of generator/, in processes that they start, too, and what of the way from a job to
# its root: floors are in pyproject.toml and here. TESTS=... measures others, against no floor.
COVERED := $(addprefix tests/,cases dialects yaml tags job render terraform_text report)
ROOMS := $(foreach room,yaml dialects model job tags plan render,generator/$(room)/*)
empty :=
comma := ,
coverage: $(READY)  ## measure what the quick tests run of generator/, lines and branches
	$(RUN_TESTS) -m "not deep" --cov --cov-report= --cov-fail-under=0 $(or $(TESTS),$(COVERED))
	$(BIN)/python -m coverage report $(if $(TESTS),--fail-under=0)
	$(if $(TESTS),,$(BIN)/python -m coverage report --format=total --fail-under=88 \
		--include="$(subst $(empty) ,$(comma),$(strip $(ROOMS)))")

proof: $(READY)  ## let Terraform judge roots of N=1000 random jobs drawn by SEED=1
	$(BIN)/python -m tests.proof --roots $(N) --seed $(SEED) --workers $(WORKERS) --log $(LOG)

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

report: $(READY)  ## report on the roots of this repository; LINKS=URL with FILE and LINE in it
	$(BIN)/dativo report --output build/report.html --links "$${LINKS:-../FILE}"

pictures: $(READY)  ## draw the pictures of the report page in docs/ anew; needs chromium
	$(BIN)/python -m tests.page.pictures

# Needs npm; what it writes is committed, so that nobody else does.
page:  ## build the page of reports anew from page/
	cd page && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent check && \
		npm run --silent build

# What pyproject.toml promises to work with, on an environment of its own: its direct dependencies
# are the oldest that it allows.
lowest: $(LOCKED)  ## run what matters with the oldest dependencies that are allowed
	mkdir -p build
	$(BIN)/uv pip compile pyproject.toml --extra rehearse --quiet --resolution lowest-direct \
		--python-version 3.11 --generate-hashes --no-annotate --no-header -o build/lowest.txt
	$(BIN)/uv venv --quiet --clear --python "$(BIN)/python" "$(VENV)-lowest"
	$(BIN)/uv pip install --quiet --python "$(VENV)-lowest" $(AS_LOCKED) --requirement build/lowest.txt
	PYTHONPATH=. $(VENV)-lowest/bin/python -m scripts.lowest

# Asks an advisory service, so it needs the network, and is no part of the tests.
ADVISORIES ?= --vulnerability-service osv
AUDITED := $(wildcard requirements/[a-z]*[a-z].txt)
audit: $(VENV)-supply/.dativo-ready  ## ask whether anything is known against what the locks name
	@for lock in $(filter-out %.overrides.txt,$(AUDITED)); do echo "$$lock"; \
		$(VENV)-supply/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
			$(ADVISORIES) --requirement $$lock || failed=1; done; exit $${failed:-0}

# The time of the last commit, so that two builds of it are equal.
dist: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 315532800)
dist: $(READY) $(VENV)-supply/.dativo-ready  ## build the wheel, the sdist and their bill of materials
	rm -rf dist && mkdir -p build
	$(BIN)/python -m build --no-isolation --outdir dist .
	$(BIN)/uv pip compile pyproject.toml --extra rehearse --quiet --universal --python-version 3.11 \
		--constraint requirements/ci.txt --generate-hashes --no-annotate --no-header -o build/runtime.txt
	$(BIN)/uv venv --quiet --clear --python "$(BIN)/python" "$(VENV)-dist"
	$(BIN)/uv pip install --quiet --python "$(VENV)-dist" $(AS_LOCKED) --requirement build/runtime.txt
	$(BIN)/uv pip install --quiet --python "$(VENV)-dist" --no-deps dist/*.whl
	$(VENV)-supply/bin/cyclonedx-py environment "$(VENV)-dist" --pyproject pyproject.toml \
		--output-reproducible --output-file build/dativo-generator.cdx.json
	$(BIN)/python -m scripts.bill build/dativo-generator.cdx.json

SITE := PYTHONPATH=. NO_MKDOCS_2_WARNING=1 SITE_DATIVO="$(abspath $(BIN)/dativo)"
# The pages in docs/ and those beside the code, to be read in a browser: from the disk, too.
site: $(READY) $(VENV)-site/.dativo-ready  ## build the site of the documentation in build/site
	$(SITE) $(VENV)-site/bin/python -m mkdocs build --strict --quiet

# Onto the branch gh-pages of this clone, beside the versions that it has; `latest` leads to the newest.
VERSION ?= $(shell $(BIN)/python -c 'import generator; print(generator.__version__)')
publish: $(READY) $(VENV)-site/.dativo-ready  ## put the site of VERSION on the branch gh-pages, not pushed
	$(SITE) PATH="$(abspath $(VENV)-site/bin):$$PATH" mike deploy --update-aliases $(VERSION) latest
	$(SITE) PATH="$(abspath $(VENV)-site/bin):$$PATH" mike set-default latest

# Some twenty minutes on a machine with nothing else to do. BEFORE=REVISION measures an older one, too.
BEFORE ?=
LARGE := --add --jobs 10000 --rounds 3 --cases cold,unchanged,one-changed,check-without,check
benchmarks: $(READY) $(VENV)-benchmarks/.dativo-ready  ## measure anew what docs/benchmarks.md tells
	$(if $(BEFORE),$(MAKE) before)
	$(BIN)/python -m benchmarks run --label after --jobs 100,1000
	$(BIN)/python -m benchmarks run --label after $(LARGE)
	$(BIN)/python -m benchmarks run --label peers --jobs 100 --rounds 3 \
		--cases cold,terraform-fmt,copier,cookiecutter,kapitan,cdktn,terramate
	$(BIN)/python -m benchmarks profile
	$(VENV)-benchmarks/bin/python -m benchmarks.plot
	$(BIN)/python -m scripts benchmark_tables

before: OLD := build/before
before: $(READY)
	rm -rf $(OLD) && git worktree prune && git worktree add --quiet --detach $(OLD) "$(BEFORE)"
	$(BIN)/uv venv --quiet --python "$(BIN)/python" $(OLD)/.venv
	$(call install,$(OLD)/.venv,$(OLD)/requirements/ci.txt)
	$(BIN)/uv pip install --quiet --python $(OLD)/.venv --no-deps --no-build-isolation --editable $(OLD)
	for sizes in "--jobs 100,1000" "$(LARGE)"; do $(BIN)/python -m benchmarks run --label before \
		--programs $(OLD)/.venv/bin --modules $(OLD)/modules $$sizes || exit 1; done

lock: $(LOCKED)  ## resolve requirements/*.txt anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --extra rehearse --quiet --upgrade \
		--universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		-o requirements/ci.txt
	sed -n '/^uv==/,/[^\\]$$/p' requirements/ci.txt > requirements/uv.txt
	for name in $(TOOLS) benchmarks fuzz supply; do $(BIN)/uv pip compile --group $$name --quiet --upgrade \
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

# A Python may be too new for a tool: where nothing is to be proven, the tests that run it are skipped.
$(VENV)-%/.dativo-ready: requirements/%.txt | $(LOCKED)
	@rm -rf "$(VENV)-$*"
	$(BIN)/uv venv --quiet --python "$(BIN)/python" "$(VENV)-$*"
	@if $(call install,$(VENV)-$*,$<); then touch $@; elif test -n "$$CI"; then exit 1; else \
		rm -rf "$(VENV)-$*" && mkdir "$(VENV)-$*" && touch "$(VENV)-$*/.dativo-none"; \
		echo "requirements/$*.txt cannot be installed here: its tests are skipped" >&2; fi

# The check tells when the lock lacks something that was not asked for by name.
$(READY): $(LOCKED) pyproject.toml
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(PIP) check >/dev/null || { $(PIP) check; echo "requirements/ci.txt is not complete; run: make lock" >&2; exit 1; }
	@touch $@
