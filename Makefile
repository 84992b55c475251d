# From a fresh clone: `make run`, and `make test`. Everything that is needed is installed on the way.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run install test check bench nlu-report encoder lock train clean

UV := $(shell if uv --version >/dev/null 2>&1; then echo uv; else echo .tools/bin/uv; fi)
PYTHON := .venv/bin/python
RASA := nlu/.venv/bin/python
QUIET_RASA := TF_CPP_MIN_LOG_LEVEL=3 RASA_TELEMETRY_ENABLED=false CUDA_VISIBLE_DEVICES=-1 SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONWARNINGS=ignore

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: install ## everything running on http://127.0.0.1:8000
	@.venv/bin/heard train
	@exec .venv/bin/heard run

install: .venv/installed nlu/.venv/installed

train: install ## train Rasa, if something it depends on changed
	@.venv/bin/heard train

test: .venv/installed-dev nlu/.venv/installed-dev ## every test, with everything it needs
	@scripts/debian-packages chromium postgresql strace
	@.venv/bin/heard train
	@scripts/all-tests

check: .venv/installed-dev nlu/.venv/installed-dev ## style, types, content, Rasa's data
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/heard check-content
	$(QUIET_RASA) $(RASA) -m rasa data validate --fail-on-warnings

bench: .venv/installed-dev nlu/.venv/installed ## speed, beside stock Rasa in the same run
	@.venv/bin/heard train
	@$(PYTHON) -m tests.load.bench

nlu-report: .venv/installed-dev nlu/.venv/installed-dev ## how well messages are understood, beside stock Rasa (trained once: some 10 minutes)
	@.venv/bin/heard train
	@$(QUIET_RASA) $(PYTHON) -m tests.nlu.measure

encoder: training/.venv/installed ## fine-tune nlu/encoder anew (up to an hour on two cores)
	training/.venv/bin/python -m training.encoder.make

training/.venv/installed: training/requirements.lock | $(UV)
	@$(UV) venv -q --allow-existing --seed --python 3.11 training/.venv
	@UV_FIND_LINKS=$(PIP_FIND_LINKS) $(UV) pip sync -q --python training/.venv/bin/python training/requirements.lock
	@touch $@

lock: $(UV) ## renew the locks after a change of pyproject.toml
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --python 3.12 pyproject.toml -o requirements.lock
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --python 3.12 pyproject.toml --group dev -o requirements-dev.lock
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --python 3.10 nlu/pyproject.toml -o nlu/requirements.lock
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --python 3.10 nlu/pyproject.toml --group nlu/pyproject.toml:dev -o nlu/requirements-dev.lock
	UV_FIND_LINKS=$(PIP_FIND_LINKS) $(UV) pip compile -q --generate-hashes --no-emit-index-url --python 3.11 training/pyproject.toml -o training/requirements.lock

clean: ## removes what was built; var/ (the data) stays
	rm -rf .venv nlu/.venv .tools models *.egg-info

uv: ; # uv is there already

.tools/bin/uv:
	@echo "uv is not here: installing it into .tools/ with pip"
	@python3 -m pip install -qq --disable-pip-version-check --root-user-action=ignore --target .tools uv

.venv/bin/python: | $(UV)
	@echo "making .venv (Python 3.12)"
	@$(UV) venv -q --allow-existing --python 3.12 .venv

nlu/.venv/bin/python: | $(UV)
	@echo "making nlu/.venv (Python 3.10, for Rasa)"
	@$(UV) venv -q --allow-existing --python 3.10 nlu/.venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "installing Heard's packages"
	@$(UV) pip sync -q --python $(PYTHON) requirements.lock
	@$(UV) pip install -q --python $(PYTHON) --no-deps --no-build-isolation --offline -e .
	@rm -f .venv/installed-dev; touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@echo "installing what the tests need"
	@$(UV) pip install -q --python $(PYTHON) --require-hashes -r requirements-dev.lock
	@touch $@

nlu/.venv/installed: nlu/requirements.lock | nlu/.venv/bin/python
	@echo "installing Rasa's packages (the first time: a minute or two)"
	@$(UV) pip sync -q --python $(RASA) nlu/requirements.lock
	@rm -f nlu/.venv/installed-dev; touch $@

nlu/.venv/installed-dev: nlu/requirements-dev.lock nlu/.venv/installed
	@$(UV) pip install -q --python $(RASA) --require-hashes -r nlu/requirements-dev.lock
	@touch $@
