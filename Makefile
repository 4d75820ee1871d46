# Two commands on a fresh machine: make run, make test. Everything is set up by `make setup`, into .venv/ alone.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
STAMP := .venv/.ready
export PYTHONUTF8 := 1

.PHONY: setup run test prove check gate bench lock docs clean

setup: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -c "open('$(STAMP)', 'w').close()"

# The main job on the project's own samples; JSON and a readable report are left in out/.
run: $(STAMP)
	$(BIN)/python samples/main_job.py out

test: $(STAMP)
	$(BIN)/python -m pytest -n 2

# The full counts, and the page of figures: minutes, not seconds.
prove: $(STAMP)
	$(BIN)/python -m tests.prove

check: gate test

gate: $(STAMP)
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python -m prongsai frameworks check
	$(BIN)/python -m docs.generate --check

bench: $(STAMP)
	$(BIN)/python -m bench

docs: $(STAMP)
	$(BIN)/python -m docs.generate

# Lock files hold hashes and no host: see docs/decisions/0003-lock-files.md.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links pyproject.toml
lock: $(STAMP)
	$(LOCK) -o requirements/core.txt
	$(LOCK) --extra dev --extra pdf --extra fonts -o requirements/dev.txt
	$(LOCK) --extra web -o requirements/web.txt
	$(LOCK) --extra pdf -o requirements/pdf.txt
	$(LOCK) --extra fonts -o requirements/fonts.txt
	$(LOCK) --extra bulk -o requirements/bulk.txt

clean:
	$(PYTHON) -c "import shutil; [shutil.rmtree(name, ignore_errors=True) for name in ('.venv', 'out', 'dist')]"
