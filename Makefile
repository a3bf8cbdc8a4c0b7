# Verbs only; the work is done by Meson + Ninja and the scripts in tools/.
BUILD ?= build
PORT ?= 8080
.DEFAULT_GOAL := help
.PHONY: help deps deps-test build demo run test test-full lint format bench bench-tally fuzz dist clean

help: ## say what each verb does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

deps: ## install what building and running need (Debian packages; front-end files from npm)
	@tools/deps.sh build

deps-test: ## install what the tests need as well (PostgreSQL, Chromium, clang, ...)
	@tools/deps.sh test

build: deps ## compile the program into build/yuanzhuo
	@tools/build.sh $(BUILD)

demo: build ## fill a demo database and serve it on 127.0.0.1:8080 (PORT=9000: on another port) until Ctrl-C
	@mkdir -p var && exec $(BUILD)/yuanzhuo demo --dir var/demo --port $(PORT)

run: build ## serve the installation in var/data (make one first with: build/yuanzhuo init)
	@exec $(BUILD)/yuanzhuo serve --dir var/data --port $(PORT)

test: deps-test ## run every test; the last line is "N passed, N failed"
	@tools/run_tests.sh

test-full: deps-test ## the same with the full product of widths, modes, languages and roles
	@YZ_FULL=1 tools/run_tests.sh

lint: deps-test ## gcc and clang warnings, cppcheck, clang-tidy, formatting, room rules
	@tools/lint.sh

format: ## rewrite the sources in the project's style
	@tools/list_files.sh all | grep -E '\.[ch]$$' | xargs clang-format -i

bench: deps-test ## measure against peers in the same run; writes bench/README.md
	@bench/run.sh

bench-tally: deps-test ## measure reading and counting of elections; writes bench/tally.md
	@bench/tally.sh

fuzz: deps-test ## run each fuzz target for FUZZ_SECONDS (60)
	@tools/run_fuzz.sh $${FUZZ_SECONDS:-60}

dist: ## a source archive of the committed state
	@git archive --prefix=yuanzhuo/ -o yuanzhuo.tar.gz HEAD && echo yuanzhuo.tar.gz

clean: ## remove what was built (not var/)
	@rm -rf build build-*
