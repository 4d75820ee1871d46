# Two commands on a fresh machine: make run, make test. Everything is set up by `make setup`, into .venv/ alone.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
STAMP := .venv/.ready
export PYTHONUTF8 := 1

.PHONY: setup run main-job test test-postgres test-spark prove check gate bench lock docs clean

setup: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -c "open('$(STAMP)', 'w').close()"

# The platform with the made-up municipality, in ./data, at a local address; make run ARGS=--json says it for programs.
run: export PRONGSAI_DATA ?= data
run: $(STAMP)
	@$(BIN)/python -m prongsai demo $(ARGS)

# The main job of the command line on the project's own samples; JSON and a readable report are left in out/.
main-job: $(STAMP)
	$(BIN)/python samples/main_job.py out

test: $(STAMP)
	$(BIN)/python -m tests.machine
	$(BIN)/python -m pytest -n 2

# What databases do differently, on a PostgreSQL server of its own.
test-postgres: $(STAMP)
	$(BIN)/python -m tests.machine --server
	$(BIN)/python -m tests.postgres -- pytest -m db -n 2

# National data on a cluster of Spark: its lock is installed only here. Java is needed; PRONGSAI_CI=1 fails without it.
test-spark: export PRONGSAI_TEST_SPARK := 1
test-spark: $(STAMP)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/spark.txt
	$(BIN)/python -m pytest tests/scoring/bulk/test_spark.py -m spark -p no:xdist

# The full counts, and the page of figures: minutes, not seconds.
prove: $(STAMP)
	$(BIN)/python -m tests.machine --server
	$(BIN)/python -m tests.prove
	$(BIN)/python -m tests.postgres -- pytest tests/web -n 2

check: gate test

# The settings are read with a data folder of their own: nothing of ./data is opened.
gate: export PRONGSAI_DATA := .venv/gate
gate: export DJANGO_SETTINGS_MODULE := prongsai.web.settings
gate: $(STAMP)
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python -m prongsai frameworks check
	$(BIN)/python -m prongsai registers check
	$(BIN)/python -m docs.generate --check
	$(BIN)/python -m docs.messages --check
	$(BIN)/python -m django makemigrations --check --dry-run

bench: $(STAMP)
	$(BIN)/python -m bench

docs: $(STAMP)
	$(BIN)/python -m docs.generate
	$(BIN)/python -m docs.messages

# Lock files hold hashes and no host: see docs/decisions/0003-lock-files.md.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links pyproject.toml
lock: $(STAMP)
	$(LOCK) -o requirements/core.txt
	$(LOCK) --extra dev --extra pdf --extra fonts --extra web --extra postgres --extra bulk -o requirements/dev.txt
	$(LOCK) --extra web --extra pdf -o requirements/web.txt
	$(LOCK) --extra web --extra pdf --extra postgres -o requirements/postgres.txt
	$(LOCK) --extra pdf -o requirements/pdf.txt
	echo "hatchling>=1.27" | $(subst pyproject.toml,-,$(LOCK)) -c requirements/dev.txt -o requirements/build.txt
	$(LOCK) --extra fonts -o requirements/fonts.txt
	$(LOCK) --extra bulk -o requirements/bulk.txt
	$(LOCK) --extra bulk --extra spark -c requirements/dev.txt -o requirements/spark.txt

clean:
	$(PYTHON) -c "import shutil; [shutil.rmtree(name, ignore_errors=True) for name in ('.venv', 'out', 'dist')]"
