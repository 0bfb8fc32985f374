# esc: one Makefile.
#   make, make check, make check-all, make install PREFIX= DESTDIR=
#   make VARIANT=asan|debug|clang|lto   a tree of its own below build/
#   make BUILD=DIR BIN=DIR              both elsewhere
# CC, CPPFLAGS, CFLAGS, LDFLAGS are the user's.

VERSION  := 0.1.0
PREFIX   ?= /usr/local
DESTDIR  ?=
BINDIR   ?= $(PREFIX)/bin
MANDIR   ?= $(PREFIX)/share/man
DATADIR  ?= $(PREFIX)/share/esc
COMPDIR  ?= $(PREFIX)/share/bash-completion/completions
VARIANT  ?= release
BUILD    ?= build/$(VARIANT)
BIN      ?= $(if $(filter release,$(VARIANT)),bin,$(BUILD)/bin)
JOBS     ?= $(shell nproc)
TESTS    ?= $(sort $(wildcard tests/cmd/*.t))
PKG_CONFIG ?= pkg-config
INSTALL  ?= install

CC.clang := clang
ifeq ($(origin CC),default)
CC := $(or $(CC.$(VARIANT)),cc)
endif
ifeq ($(origin AR),default)
AR := $(if $(filter lto,$(VARIANT)),gcc-ar,ar)
endif

OPTFLAGS.release := -O2 -g -D_FORTIFY_SOURCE=2
OPTFLAGS.clang   := $(OPTFLAGS.release)
OPTFLAGS.lto     := $(OPTFLAGS.release) -flto=auto
OPTFLAGS.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
OPTFLAGS.debug   := -O0 -g
CFLAGS   ?= $(OPTFLAGS.$(VARIANT))
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla
HARDEN   := -fstack-protector-strong -fPIE
HARDEN_LD := -pie -Wl,-z,relro,-z,now,--as-needed
ALL_CFLAGS := -std=gnu17 -D_GNU_SOURCE -DESC_VERSION='"$(VERSION)"' -Ilib -I$(BUILD)/gen \
	$(WARNINGS) $(HARDEN) $(shell $(PKG_CONFIG) --cflags jansson libsodium sqlite3) $(CPPFLAGS) $(CFLAGS)
ALL_LDFLAGS := $(HARDEN_LD) $(filter -f% -O% -g,$(CFLAGS)) $(LDFLAGS)
LIBS     := -ljansson -lsodium -lcsv -lsqlite3

PROGRAMS := $(patsubst cmd/%.c,%,$(sort $(wildcard cmd/*.c)))
FLOORS   := cli store domain base
ARCHIVES := $(FLOORS:%=$(BUILD)/lib%.a)
FAULT_TOOLS := $(BUILD)/fault/sysfault $(BUILD)/fault/verify_each
PROPERTY := $(BUILD)/property/verdicts $(BUILD)/property/catch_up
UNITS    := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*.c)))
POLICY_FILES := $(sort $(wildcard lib/policies/*.json lib/policies/*/*.json))
objects   = $(patsubst lib/%.c,$(BUILD)/%.o,$(sort $(wildcard lib/$(1)/*.c)))

.PHONY: all units check check-all check-asan check-clang check-fault check-fuzz check-long \
	check-tidy check-valgrind torture lint install uninstall clean FORCE
.SECONDARY:
.DELETE_ON_ERROR:
all: $(PROGRAMS:%=$(BIN)/%)

# What was built with other flags, or from another list of files, is stale.
quote = '$(subst ','\'',$(1))'
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(call quote,$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LIBS)) | cmp -s - $@ || \
		printf '%s\n' $(call quote,$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LIBS)) >$@
$(BUILD)/files: FORCE
	@mkdir -p $(@D)
	@echo $(wildcard lib/*/*.c) $(POLICY_FILES) | cmp -s - $@ || \
		echo $(wildcard lib/*/*.c) $(POLICY_FILES) >$@

compile = $(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/%.o: lib/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(compile)
$(BUILD)/cmd/%.o: cmd/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(compile)

# The built-in policies, calendars and mappings, as one C file.
$(BUILD)/gen/builtin.c: $(POLICY_FILES) scripts/embed $(BUILD)/files
	@mkdir -p $(@D)
	scripts/embed lib/policies $(POLICY_FILES) >$@
$(BUILD)/gen/builtin.o: $(BUILD)/gen/builtin.c $(BUILD)/flags
	$(compile)

$(BUILD)/libbase.a: $(call objects,base)
$(BUILD)/libdomain.a: $(call objects,domain)
$(BUILD)/libstore.a: $(call objects,store)
$(BUILD)/libcli.a: $(call objects,cli) $(BUILD)/gen/builtin.o
$(ARCHIVES): $(BUILD)/files
	@mkdir -p $(@D)
	rm -f $@ && $(AR) rcs $@ $(filter %.o,$^)

$(BIN)/%: $(BUILD)/cmd/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# A unit test a module: tests/unit/scan.c -> build/.../unit/scan
$(BUILD)/unit/%: tests/unit/%.c $(ARCHIVES) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -MF $@.d -o $@ $< $(ARCHIVES) $(LIBS) -lcmocka
units: $(UNITS) $(BUILD)/fuzz/scan_jansson $(FAULT_TOOLS) $(PROPERTY)

# scan against jansson, and libFuzzer's target: tests/fuzz
$(BUILD)/fuzz/scan_jansson: tests/fuzz/scan_jansson.c tests/fuzz/gen.c tests/fuzz/same.c $(ARCHIVES) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.c %.a,$^) $(LIBS)
$(BUILD)/fuzz/fuzz_scan: tests/fuzz/fuzz_scan.c $(wildcard lib/base/*.c)
	@mkdir -p $(@D)
	clang -std=gnu17 -D_GNU_SOURCE -Ilib -O1 -g -fsanitize=fuzzer,address,undefined -o $@ $^ $(LIBS)

# Asks the library itself, many thousand times: tests/property.
$(BUILD)/property/verdicts: $(wildcard tests/property/verdicts_*.c tests/property/slow_*.c)
$(BUILD)/property/catch_up: $(wildcard tests/property/catch_up_*.c)
$(BUILD)/property/%: tests/property/%.c $(wildcard tests/property/*.h) $(ARCHIVES) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/property $(ALL_LDFLAGS) -o $@ $(filter %.c,$^) $(ARCHIVES) $(LIBS)

# What the fault tests are made with: tests/fault/run.py.
$(BUILD)/fault/sysfault: tests/fault/sysfault.c tests/fault/sysfault_calls.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(filter-out -fsanitize%,$(ALL_CFLAGS)) -o $@ $<
$(BUILD)/fault/verify_each: tests/fault/verify_each.c $(ARCHIVES) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)

check: all units
	BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) JOBS=$(JOBS) tests/run $(UNITS) $(TESTS)

# Everything, some minutes: both compilers, sanitizers, valgrind, fuzz, linters.
check-all: check check-clang check-asan check-valgrind check-fuzz check-long check-fault check-tidy lint
check-clang:
	$(MAKE) -s VARIANT=clang CFLAGS='$(OPTFLAGS.clang) -Werror' all units
check-asan:
	$(MAKE) -s VARIANT=asan check
check-long: all units
	BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) ESC_LONG=1 \
		tests/run $$(grep -l ESC_LONG tests/cmd/*.t)
# The promises of the store, each with its figure: quick ones, and long ones.
check-fault torture: all $(FAULT_TOOLS)
	tests/fault/run.py --bin $(BIN) --tools $(BUILD)/fault $(if $(filter torture,$@),--long)
check-fuzz: $(BUILD)/fuzz/fuzz_scan
	$< -max_total_time=60 -max_len=4096 >$<.log 2>&1 || { tail -n 40 $<.log; exit 1; }
check-valgrind: all
	BIN=$(abspath $(BIN)) scripts/check-valgrind
check-tidy:
	scripts/check-tidy
lint: all
	BIN=$(abspath $(BIN)) BUILD=$(BUILD) scripts/lint

PAGES := $(wildcard man/*.[157])
PIECES := $(sort $(wildcard scripts/jobs/*))
install: all
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(DATADIR)/policies/calendars \
		$(DESTDIR)$(DATADIR)/policies/maps $(DESTDIR)$(COMPDIR) $(addprefix $(DESTDIR)$(MANDIR)/man,1 5 7)
	$(INSTALL) -m 755 $(PROGRAMS:%=$(BIN)/%) $(DESTDIR)$(BINDIR)
	for f in $(PAGES); do $(INSTALL) -m 644 $$f $(DESTDIR)$(MANDIR)/man$${f##*.}/ || exit; done
	for f in $(POLICY_FILES); do \
		$(INSTALL) -m 644 $$f $(DESTDIR)$(DATADIR)/$${f#lib/} || exit; done
	$(INSTALL) -m 644 man/esc-case.schema.json $(DESTDIR)$(DATADIR)/
	$(INSTALL) -d $(DESTDIR)$(DATADIR)/jobs
	for f in $(PIECES); do sed 's,/usr/local/bin,$(BINDIR),g' $$f >$(DESTDIR)$(DATADIR)/jobs/$${f##*/} || exit; done
	for f in esc-check-next esc-report-month; do chmod 755 $(DESTDIR)$(DATADIR)/jobs/$$f || exit; done
	$(INSTALL) -m 644 scripts/completion.bash $(DESTDIR)$(COMPDIR)/_esc
	for p in $(PROGRAMS); do ln -sf _esc $(DESTDIR)$(COMPDIR)/$$p || exit; done
uninstall:
	rm -f $(PROGRAMS:%=$(DESTDIR)$(BINDIR)/%) $(PROGRAMS:%=$(DESTDIR)$(COMPDIR)/%) $(DESTDIR)$(COMPDIR)/_esc
	for f in $(PAGES); do rm -f $(DESTDIR)$(MANDIR)/man$${f##*.}/$${f##*/}; done
	rm -f $(POLICY_FILES:lib/%=$(DESTDIR)$(DATADIR)/%) $(DESTDIR)$(DATADIR)/esc-case.schema.json
	rm -f $(PIECES:scripts/jobs/%=$(DESTDIR)$(DATADIR)/jobs/%)
	for d in /jobs /policies/calendars /policies/maps /policies ''; do \
		rmdir $(DESTDIR)$(DATADIR)$$d 2>/dev/null || :; done

clean:
	rm -rf build bin

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
