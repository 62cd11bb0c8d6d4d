# Everything a fresh clone needs: Python 3.11+ and make. `make PYTHON=python3.12 demo` picks the interpreter.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell $(p) -c "import sys; print('$(p)' if sys.version_info >= (3, 11) else '')" 2>/dev/null)))
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --prefer-binary
INPUT := inputs/jinzhou-224-2026.json
CODE := src tests bench docs fonts

.PHONY: demo test coverage long fuzz generated torture lint format bench fonts reference picture pictures golden hooks clean help

demo: $(VENV)/.installed  ## the example input as PDF and XLSX, in output/
	$(BIN)/budgetreport build $(INPUT) -o output

test: $(VENV)/.installed-test  ## all tests; ARGS="-k name" for some
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

coverage: $(VENV)/.installed-test  ## all tests, and what of src/ they leave untried; below 95% it fails
	rm -rf build/coverage
	$(BIN)/python -m coverage run -m pytest -n auto --dist loadfile $(ARGS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

long: $(VENV)/.installed-test  ## 10,000 random tables through each property of balanced rounding; minutes
	ROUNDING_CASES=10000 $(BIN)/python -m pytest -n auto tests/rounding/test_balance.py $(ARGS)

fuzz: $(VENV)/.installed-test  ## 10,000 inputs, layouts and files made or damaged by chance; ARGS="--count 500 --seed 9"
	$(BIN)/python -m tests.fuzz $(ARGS)

generated: $(VENV)/.installed-test  ## 200 generated disclosures through validators, readers and LibreOffice; minutes
	BUDGETREPORT_GENERATED=200 $(BIN)/python -m pytest -n auto --dist loadgroup tests/generated $(ARGS)

torture: $(VENV)/.installed-test  ## 1,000 builds killed, faults at every step of writing, disks that refuse; ARGS="--kills 100 --every 5"
	$(BIN)/python -m tests.torture $(ARGS)

lint: $(VENV)/.installed-dev  ## what must be clean before a commit
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev  ## lay out the code, mend what can be mended
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench: $(VENV)/.installed  ## our build beside other tools' and beside a check, and the ledger's sums; ARGS="--runs 9"
	$(BIN)/python bench/ledger.py
	$(BIN)/python bench/check.py
	$(BIN)/python bench/rounding.py
	$(BIN)/python bench/run.py $(ARGS)

reference: $(VENV)/.installed  ## the tables of keys in docs/, from the code and the layouts
	$(BIN)/python docs/build_reference.py

picture: $(VENV)/.installed-test  ## the picture in the READMEs, from the built PDF
	$(BIN)/python docs/build_picture.py

golden: $(VENV)/.installed-test  ## the golden texts of tests/golden/documents, from what the inputs print now
	$(BIN)/python -m tests.golden.documents

pictures: $(VENV)/.installed-test  ## the golden pictures of tests/golden, from the pages as they are set now
	$(BIN)/python -m tests.golden.pictured

fonts: $(VENV)/.installed-fonts  ## the shipped fonts, from UPSTREAM=folder of upstream files
	@test -d "$(UPSTREAM)" || { echo "make fonts UPSTREAM=folder: the upstream files named in fonts/README.md"; exit 2; }
	$(BIN)/python fonts/build.py "$(UPSTREAM)"

hooks: $(VENV)/.installed-dev  ## run the linters before each commit
	$(BIN)/pre-commit install

clean:  ## back to a fresh clone (inputs and commits stay)
	rm -rf $(VENV) .venv-bench build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	find src tests bench docs fonts -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f output/*.pdf output/*.xlsx

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/\1\t\2/p' $(MAKEFILE_LIST)

# Stamps, so that a second run installs nothing.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.made
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-%: pyproject.toml $(VENV)/.made
	$(PIP) --editable ".[$*]"
	@touch $@ $(VENV)/.installed
