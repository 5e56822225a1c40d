# Everything a contributor types. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
BUILD := $(BIN)/python -m mujaz build
STRICT_SITE := .site-strict

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site install test lint strict check bench gallery lock fonts browser-tools

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

site: $(VENV)/.runtime ## build the site into site/
	@$(BUILD) $(ARGS)

install: $(VENV)/.dev ## make .venv with everything that tests and checks need

test: $(VENV)/.dev ## run all tests (ARGS="-k name" chooses some)
	@$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.dev ## check format, style and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

strict: $(VENV)/.runtime ## build the real content, warnings count as errors
	@$(BUILD) --strict -o $(STRICT_SITE)

check: lint test strict ## all that must hold before a commit: lint, test, strict

bench: $(VENV)/.runtime ## time builds beside other generators (ARGS="--pairs 500 --rounds 3")
	@$(BIN)/python -m benchmarks.run $(ARGS)

gallery: $(VENV)/.dev ## take pictures of every kind of page into .gallery/ (ARGS="--kinds home")
	@$(BIN)/python tools/gallery.py $(ARGS)

browser-tools: tests/browser/node_modules/.package-lock.json ## fetch axe, the HTML validator and the public test suites

lock: ## renew requirements.lock and requirements-dev.lock
	@set -eu; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(PYTHON) -m venv "$$tools/venv"; \
	"$$tools/venv/bin/python" -m pip --disable-pip-version-check install --quiet --quiet 'uv>=0.13,<1'; \
	compile() { \
	  printf '# %s Renew it with: make lock\n' "$$2" > "$$tools/$$1"; shift 2; \
	  "$$tools/venv/bin/python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' | \
	  "$$tools/venv/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate pyproject.toml - "$$@"; \
	}; \
	compile requirements.lock 'What mujaz runs and is built with.' > "$$tools/body"; \
	cat "$$tools/body" >> "$$tools/requirements.lock"; \
	compile requirements-dev.lock 'What mujaz runs, is built, tested and checked with.' \
	  --extra dev --constraint "$$tools/requirements.lock" > "$$tools/body"; \
	cat "$$tools/body" >> "$$tools/requirements-dev.lock"; \
	cp "$$tools/requirements.lock" "$$tools/requirements-dev.lock" .

fonts: ## renew the subset fonts in static/fonts
	@set -eu; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(PYTHON) -m venv "$$tools/venv"; \
	pip="$$tools/venv/bin/python -m pip --disable-pip-version-check install --quiet --quiet"; \
	$$pip fonttools==4.68.0 brotli==1.2.1; \
	$$pip --no-deps --target "$$tools/py" fontpkg-noto-sans-arabic==2.12 fontpkg-noto-serif==2.15 fontpkg-inter==4.1.post1; \
	npm install --prefix "$$tools" --no-audit --no-fund --loglevel=error @fontsource-variable/noto-naskh-arabic@5.3.0; \
	naskh="$$tools/node_modules/@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic"; \
	"$$tools/venv/bin/python" tools/subset_fonts.py \
	  "$$naskh-arabic-wght-normal.woff2" "$$naskh-latin-wght-normal.woff2" \
	  "$$tools/py/fontpkg_noto_sans_arabic/files/NotoSansArabic[wdth,wght].ttf" \
	  "$$tools/py/fontpkg_noto_serif/files/NotoSerif[wdth,wght].ttf" \
	  "$$tools/py/fontpkg_inter/files/Inter[opsz,wght].ttf"

# The stamps: an installation is repeated only when its lock has changed.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mujaz needs Python 3.11 or later; choose one with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock | $(VENV)/.made
	@$(PIP) install --quiet --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@$(PIP) install --quiet --quiet --require-hashes -r requirements-dev.lock
	@touch $@

tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json
	@cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
