# Two commands do everything on a fresh machine: make labs, make test.
BIN := .venv/bin
PYTHON ?= python3
WORKERS ?= 4
RUNS ?= 20
LABS ?= features

.PHONY: help setup up labs test lint unit cluster wrong soak docs bench clean

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

test: lint unit cluster  ## everything that is checked before a change lands

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

cluster: up  ## tests on the real cluster; a wrong solution of each lab; the bad weather, one after another, on small clusters of its own
	$(BIN)/pytest tests/cluster --ignore-glob='*/test_weather_*' --ignore-glob='*/test_wrong_*' -m "not nightly" -n $(WORKERS) --junitxml=reports/cluster.xml
	$(BIN)/pytest tests/cluster/test_wrong_solutions.py -m "not nightly" --junitxml=reports/wrong.xml
	$(BIN)/pytest $(wildcard tests/cluster/test_weather_*.py) -m "not nightly" --junitxml=reports/weather.xml

wrong: up  ## every wrong solution, control and right variant, and the other tests that take too long by day
	$(BIN)/pytest tests/cluster/test_wrong_solutions.py --junitxml=reports/wrong.xml
	$(BIN)/pytest tests/cluster --ignore-glob='*/test_wrong_*' -m nightly --junitxml=reports/nightly.xml

soak: up  ## LABS RUNS times in a row; stops at the first run that is not green or leaves something behind
	$(BIN)/python -m bench.soak --runs $(RUNS) -- $(LABS) -n $(WORKERS) --dist worksteal

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
