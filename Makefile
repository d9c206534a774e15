# Two commands set up a fresh machine and do everything: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: demo test bench peers app docs claims verdicts picture lint env clean

env: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $(STAMP)

demo: env
	$(BIN)/engagesim demo

test: env lint
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: env
	$(BIN)/engagesim bench
	$(BIN)/engagesim bench --peers

# Side by side with every other library, kept for the page docs/side_by_side.md. mesa-frames needs an older NumPy.
peers: env
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[peers]"
	$(PYTHON) -m venv $(VENV)/frames
	-$(VENV)/frames/bin/python -m pip install --quiet --disable-pip-version-check mesa-frames
	$(BIN)/engagesim bench --peers --python mesa_frames=$(VENV)/frames/bin/python --out results/bench
	cp results/bench/side_by_side.json docs/side_by_side.json
	$(BIN)/python -m engagesim.reference

app: env
	$(BIN)/engagesim app

# A verdict on every claim of the essays, in full (ten minutes), kept for the page docs/hypotheses.md.
claims: env
	-$(BIN)/engagesim hypotheses --out results/hypotheses
	cp results/hypotheses/full/summary.json docs/hypotheses.json
	$(BIN)/python -m engagesim.reference

# Published results from six root seeds, in full and quick (an hour and a half), kept for the page docs/verdicts.md.
SEEDS := 0 1 2 3 4 5
verdicts: env
	for s in $(SEEDS); do \
		$(BIN)/engagesim validate --seed $$s --out results/verdicts/full/$$s > /dev/null; \
		$(BIN)/engagesim validate --seed $$s --quick --out results/verdicts/quick/$$s > /dev/null; \
	done
	$(BIN)/python -m engagesim.validation.seeds results/verdicts docs/verdicts.json
	$(BIN)/python -m engagesim.reference

# The picture of the page in README.md and the student's tutorial; needs Debian's chromium.
picture: env
	$(BIN)/python docs/pictures.py

docs: env
	-$(BIN)/engagesim validate --quick --out docs/validation
	$(BIN)/python -m engagesim.reference
	$(BIN)/sphinx-build -W --keep-going -q -j auto -b html docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

clean:
	rm -rf $(VENV) build dist simulation/*.egg-info
