# keepalived-aot: everything one does with this repository starts here. `make help` lists it.

ifeq ($(shell uname -m),aarch64)
HOST_RID := linux-arm64
else
HOST_RID := linux-x64
endif

RID     ?= $(HOST_RID)
RIDS    := linux-x64 linux-arm64
PROJECT := src/keepalived-aot/keepalived-aot.csproj
BINARY  := artifacts/$(RID)/keepalived-aot
# Where `dotnet publish` leaves its output; UseArtifactsOutput in Directory.Build.props makes it so.
PUBLISH := artifacts/build/publish/keepalived-aot/release_$(RID)

MAN     := rootfs/usr/share/man
PAGES   := $(MAN)/man1/keepalived-aot.1 $(MAN)/man5/keepalived-aot.conf.5 $(MAN)/man8/keepalived-aot.8

# Directories count as sources too, so that a deleted file is noticed. Completion scripts are part of the binary.
SOURCES := $(shell find src -name '*.user' -prune -o -print) Directory.Build.props Directory.Packages.props \
           $(shell find rootfs/usr/share/bash-completion rootfs/usr/share/zsh rootfs/usr/share/fish packaging/code-order -type f)

# Quiet, without a message of the day, without ICU, and nothing that lives on after the build.
export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_SKIP_FIRST_TIME_EXPERIENCE := 1
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT := 1
export MSBUILDDISABLENODEREUSE := 1
export UseSharedCompilation := false
# Some build machines have no home directory, but NuGet wants one.
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/artifacts/home
$(shell mkdir -p $(HOME))
endif

.DEFAULT_GOAL := help
# dotnet runs its own jobs, and two of them in the same obj/ folders would disturb each other.
.NOTPARALLEL:
.DELETE_ON_ERROR:

.PHONY: help
help: ## this text
	@echo "make TARGET [RID=linux-x64|linux-arm64]      RID is $(RID) unless given"
	@echo
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' Makefile | expand -t 14

.PHONY: build
build: $(BINARY) ## the static binary, artifacts/RID/keepalived-aot, and its manual pages
ifeq ($(RID),$(HOST_RID))
build: manual
endif
build:
	@printf '%s  %d bytes\n' $(BINARY) "$$(stat -c %s $(BINARY))"

$(BINARY): $(SOURCES) | prerequisites-build
	@echo "building $@"
	@mkdir -p $(@D)/symbols && touch $@.begun
	@dotnet publish $(PROJECT) -c Release -r $(RID) --nologo -v quiet -p:RunAnalyzers=false
	@cp $(PUBLISH)/keepalived-aot.dbg $(@D)/symbols/
# As old as what it was made of: what was edited meanwhile is not in it.
	@install -m 755 $(PUBLISH)/keepalived-aot $@.new && touch -r $@.begun $@.new && mv $@.new $@ && rm $@.begun

# The pages are made by the binary and not kept in the repository: they cannot go stale, and two changes of the language do not
# collide in them. Only a binary that runs here can make them.
.PHONY: manual
manual: $(PAGES)
$(PAGES) &: artifacts/$(HOST_RID)/keepalived-aot $(wildcard packaging/man/*) rootfs/usr/share/doc/keepalived-aot/differences.md
	@packaging/man/build $< $(MAN)

.PHONY: prerequisites-build
prerequisites-build:
	@packaging/prerequisites build $(RID)

.PHONY: demo
demo: ## two routers in network namespaces, one fails, the other takes over
	@packaging/prerequisites demo $(HOST_RID)
	@$(MAKE) --no-print-directory build RID=$(HOST_RID)
	@packaging/demo/run artifacts/$(HOST_RID)/keepalived-aot

.PHONY: image
image: ## container images keepalived-aot:m1 and keepalived-aot:m2 of the demo
	@$(MAKE) --no-print-directory build RID=$(HOST_RID)
	@packaging/docker/build artifacts/$(HOST_RID)/keepalived-aot

.PHONY: packages
packages: ## deb, rpm, ipk, archives, images, bills of materials, checksums: artifacts/packages, for all architectures
	@packaging/prerequisites packages $(RIDS)
	@for rid in $(RIDS); do $(MAKE) --no-print-directory build RID=$$rid || exit 1; done
	@packaging/build artifacts/packages $(RIDS)

.PHONY: check
check: export EnableTrimAnalyzer := true
check: export EnableAotAnalyzer := true
check: export EnableSingleFileAnalyzer := true
check: ## what every change must pass, in a minute or two: format, warnings, unit, conformance
	@packaging/prerequisites build $(HOST_RID)
	@dotnet format whitespace . --folder --verify-no-changes --include src/ tests/
	@tests/run Unit Conformance

.PHONY: test
test: ## every kind of test; the last line counts them
	@packaging/prerequisites test $(RIDS)
	@tests/run

SIMULATION := artifacts/build/bin/KeepalivedAot.Tests.Simulation/release/KeepalivedAot.Tests.Simulation.dll
# How many worlds, from which one on.
SEEDS := 1000
FIRST := 1
# Sizes of the table of scale: "10000" is ten thousand virtual routers for an hour, "10000x600" for ten minutes.
SCALE :=

.PHONY: sim
sim: ## a thousand random worlds under all promises (SEEDS=n FIRST=n), broken rules, scale; SEED=n: one world with its log
	@packaging/prerequisites build $(HOST_RID)
	@dotnet msbuild tests/Simulation -restore -p:Configuration=Release -nologo -v:quiet
ifdef SEED
	@dotnet $(SIMULATION) seed $(SEED)
else
	@dotnet $(SIMULATION) seeds $(FIRST) $(SEEDS)
	@rm -f $(CURDIR)/artifacts/mutants
	@KEEPALIVED_AOT_MUTANTS=all KEEPALIVED_AOT_MUTANTS_LIST=$(CURDIR)/artifacts/mutants dotnet $(SIMULATION) -noColor -noLogo -class '*MutantTests' >artifacts/mutants.log || { cat artifacts/mutants.log; exit 1; }
	@cat artifacts/mutants
	@dotnet $(SIMULATION) scale $(SCALE)
endif

# STEP="NAME, NAME" measures these steps only, QUICK=1 everything in some minutes; only a whole run writes BENCHMARKS.md and its charts.
.PHONY: bench
bench: ## our figures beside stock keepalived's: a table, BENCHMARKS.md, charts; STEP="NAME" for one, QUICK=1 for a look
	@packaging/prerequisites test $(HOST_RID)
	@$(MAKE) --no-print-directory build RID=$(HOST_RID)
	@$(if $(STEP),:,packaging/build artifacts/packages $(HOST_RID))
	@dotnet msbuild tests/Benchmarks -restore -p:Configuration=Release -nologo -v:quiet
	@dotnet artifacts/build/bin/KeepalivedAot.Benchmarks/release/KeepalivedAot.Benchmarks.dll $(if $(STEP),--step "$(STEP)") $(if $(QUICK),--quick)

.PHONY: fuzz
fuzz: ## look for hurtful inputs: make fuzz TARGET=vrrp-v2 SECONDS=600; without TARGET it lists the targets
	@packaging/prerequisites fuzz $(HOST_RID)
	@tests/Fuzz/fuzz $(TARGET) $(SECONDS)

INTEROP_PAGE := rootfs/usr/share/doc/keepalived-aot/interoperation.md

.PHONY: interop
interop: ## what works with stock keepalived in each role, tried now and kept as a page
	@packaging/prerequisites test $(HOST_RID)
	@$(MAKE) --no-print-directory build RID=$(HOST_RID)
	@dotnet msbuild tests/EndToEnd -restore -nologo -v:quiet
	@KEEPALIVED_AOT_INTEROP_PAGE=$(INTEROP_PAGE) artifacts/build/bin/KeepalivedAot.Tests.EndToEnd/debug/KeepalivedAot.Tests.EndToEnd \
		-noColor -noLogo -filter '/*/KeepalivedAot.Tests.EndToEnd.Pairs' -filter '/[Interoperation=alone]' >artifacts/interop.log || { tail -n 40 artifacts/interop.log; exit 1; }
	@cat $(INTEROP_PAGE)

.PHONY: clean
clean: ## remove everything that was built
	@rm -rf artifacts
