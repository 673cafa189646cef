# Two commands do everything on a fresh machine: make labs, make test.
BIN := .venv/bin
PYTHON ?= python3
WORKERS ?= 4
RUNS ?= 20
LABS ?= features
VERSIONS ?= 1.34 1.35 1.36 1.37
HISTORY ?= history
STALE ?= 3
# Some thousand Pythons start in the tests: where one may not keep what it has compiled, each compiles kubelab anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup up labs test told-cluster lint unit browser cluster wrong solutions rare soak nightly history docs bench clean

help:  ## say what each target does
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

setup: .venv/.made  ## make the virtual environment .venv

.venv/.made: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

up: setup  ## find, make or repair the kind cluster "kubelab"
	$(BIN)/kubelab up

labs: up  ## run every lab on a real kind cluster
	$(BIN)/pytest features -n $(WORKERS) --dist worksteal --junitxml=reports/labs.xml

test: lint  ## everything that is checked before a change lands; the tests without a cluster run beside the others, and are told at their end
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target unit told-cluster

told-cluster:  # as it goes, not at its end
	@$(MAKE) --output-sync=none cluster

lint: setup  ## style, types, import contracts, dead code and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/python -m checks.workflows

unit: setup  ## tests without a cluster, with their coverage
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest tests/unit tests/plugin -n 2
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=95

browser: setup  ## the report in a real browser: apt-get install chromium
	$(BIN)/pytest tests/browser

cluster: up  ## the bad weather, one after another, on small clusters of its own; tests on the real cluster; a wrong solution of each lab
	$(BIN)/pytest $(wildcard tests/cluster/test_weather_*.py) -m "not nightly" --junitxml=reports/weather.xml
	$(BIN)/pytest tests/cluster --ignore-glob='*/test_weather_*' --ignore-glob='*/test_wrong_*' -m "not nightly" -n $(WORKERS) --junitxml=reports/cluster.xml
	$(BIN)/pytest tests/cluster/test_wrong_solutions.py -m "not nightly" --junitxml=reports/wrong.xml

wrong: solutions rare  ## every wrong solution, control and right variant, and the other tests that take too long by day

solutions: up
	$(BIN)/pytest tests/cluster/test_wrong_solutions.py --junitxml=reports/wrong.xml

rare: up
	$(BIN)/pytest tests/cluster --ignore-glob='*/test_wrong_*' -m nightly --junitxml=reports/nightly.xml

soak: up  ## LABS RUNS times in a row; stops at the first run that is not green or leaves something behind
	$(BIN)/python -m bench.soak --runs $(RUNS) -- $(LABS) -n $(WORKERS) --dist worksteal

nightly: setup  ## every lab on each of VERSIONS, every wrong solution, the labs many times; what fails does not end the rest
	$(MAKE) --keep-going $(VERSIONS:%=night-%) wrong soak history

night-%: setup
	-$(BIN)/tox -e k8s-$*
	$(BIN)/kubelab history bundle reports/k8s-$*

history: setup  ## add what the nights have recorded to the folder HISTORY; fails where something is broken, or stale for STALE days
	$(BIN)/kubelab history add reports/k8s-*/records --to $(HISTORY)
	$(BIN)/kubelab history $(HISTORY) --html reports/history.html --stale $(STALE)

docs: setup  ## write what is generated in pages: the sentences, the labs by chapter, the settings, the text for PyPI
	$(BIN)/kubelab steps --markdown > docs/steps.md
	$(BIN)/python -m kubelab.authoring.chapters > features/README.md
	$(BIN)/python -m checks.pages

bench: up  ## how fast and how cheap it is, against kubectl in a shell script, chainsaw and kuttl
	$(BIN)/python -m bench.create_scale_verify
	$(BIN)/python -m bench.reaction
	$(BIN)/python -m bench.save_to_verdict

clean:  ## remove the cluster and what was made in this folder; caches stay
	-$(BIN)/kubelab down
	rm -rf .venv build dist reports .coverage .coverage.* src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .tox
