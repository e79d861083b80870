# make demo and make test need Python 3.11 or later and make; on Debian and Ubuntu they fetch what else they need.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.PHONY: demo test lint golden install clean

demo: .venv/.installed
	$(BIN)/jixiao extract samples/*.docx samples/*.jpg samples/*.pdf samples/*.txt -o out/demo
	@$(BIN)/python -m jixiao.preview out/demo

test: .venv/.installed-dev
	@sh .ci/system libreoffice-writer fonts-noto-cjk unar
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest

lint: .venv/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Rewrites what the tests compare with: the samples' tables and the codebook. Look at the difference before you keep it.
golden: .venv/.installed-dev
	UPDATE_GOLDEN=1 $(BIN)/pytest -q tests/test_golden.py tests/test_docs.py

install: .venv/.installed

clean:
	rm -rf .venv .venv-paddleocr build dist out *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/.created:
	@test -n "$(PYTHON)" || { echo "jixiao needs Python 3.11 or later: apt-get install python3, or https://www.python.org"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh .ci/system $(notdir $(PYTHON))-venv
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.created pyproject.toml constraints.txt
	@echo "installing into .venv (once; a minute or two)"
	@$(PIP) install -c constraints.txt -e .
	@touch $@

.venv/.installed-dev: .venv/.created pyproject.toml constraints.txt
	@echo "installing into .venv, with what the tests need (once; a minute or two)"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ .venv/.installed

# The extra paddleocr has an environment of its own: it brings another build of the same OpenCV module, and asks for
# versions that constraints.txt does not have.
.venv-paddleocr/.installed: .venv/.created pyproject.toml
	@echo "installing into .venv-paddleocr (once; a minute or two)"
	@$(PYTHON) -m venv .venv-paddleocr
	@.venv-paddleocr/bin/python -m pip --disable-pip-version-check -qq install -e '.[paddleocr]'
	@touch $@
