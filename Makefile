# esc: one Makefile.  make, make check, make install PREFIX= DESTDIR=
# VARIANT=asan builds with sanitizers into a tree of its own; BUILD= and
# BIN= put both elsewhere.

VERSION  := 0.1.0
PREFIX   ?= /usr/local
DESTDIR  ?=
VARIANT  ?= release
BUILD    ?= build/$(VARIANT)
BIN      ?= $(if $(filter release,$(VARIANT)),bin,$(BUILD)/bin)
CC       ?= cc
PKG_CONFIG ?= pkg-config
PYTHON   ?= python3

PROGRAMS := $(patsubst cmd/%.c,%,$(sort $(wildcard cmd/*.c)))

OPTFLAGS.release := -O2 -g -D_FORTIFY_SOURCE=2
OPTFLAGS.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
OPTFLAGS.debug   := -O0 -g
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla
HARDEN   := -fstack-protector-strong -fPIE
HARDEN_LD := -pie -Wl,-z,relro,-z,now,--as-needed
CFLAGS   ?= $(OPTFLAGS.$(VARIANT))
ALL_CFLAGS = -std=gnu17 -D_GNU_SOURCE -DESC_VERSION='"$(VERSION)"' -Ilib -I$(BUILD)/gen \
	$(WARNINGS) $(HARDEN) $(shell $(PKG_CONFIG) --cflags jansson libsodium) $(CPPFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(HARDEN_LD) $(filter -fsanitize% -O% -g,$(CFLAGS)) $(LDFLAGS)

FLOORS   := cli domain base
LIBS     := -ljansson -lsodium -lcsv
ARCHIVES := $(FLOORS:%=$(BUILD)/lib%.a)

objects   = $(patsubst lib/%.c,$(BUILD)/%.o,$(sort $(wildcard lib/$(1)/*.c)))

.PHONY: all check check-all install clean
.SECONDARY:
all: $(PROGRAMS:%=$(BIN)/%)

$(BUILD)/%.o: lib/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/cmd/%.o: cmd/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The built-in policies, calendars and mappings, as one C file.
POLICY_FILES := $(sort $(wildcard lib/policies/*.json lib/policies/*/*.json))
$(BUILD)/gen/builtin.c: $(POLICY_FILES) scripts/embed lib/policies
	@mkdir -p $(@D)
	scripts/embed lib/policies $(POLICY_FILES) >$@.tmp && mv $@.tmp $@
$(BUILD)/gen/builtin.o: $(BUILD)/gen/builtin.c
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/libbase.a: $(call objects,base)
$(BUILD)/libdomain.a: $(call objects,domain)
$(BUILD)/libcli.a: $(call objects,cli) $(BUILD)/gen/builtin.o
$(ARCHIVES):
	@mkdir -p $(@D)
	rm -f $@ && $(AR) rcs $@ $^

$(BIN)/%: $(BUILD)/cmd/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# A unit test a module: tests/unit/scan.c -> build/.../unit/scan
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*.c)))
$(BUILD)/unit/%: tests/unit/%.c $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -o $@ $< $(ARCHIVES) $(LIBS) -lcmocka

units: $(UNITS)

clean:
	rm -rf build bin

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
