# `make` alone says what there is.

BUILD := .build/release/mitxonline-build
# With Swift's own libraries inside: it runs where no Swift is installed, and starts faster.
RELEASE := swift build --configuration release --static-swift-stdlib --product
# Of the tests: beside the other, so that both can be built at once.
TESTS := --scratch-path .build/tests --disable-xctest
SAMPLE := Samples/catalog
DATABASE := output/sample.sqlite
MEDIA := Samples/media
SITE := http://localhost:8080
LEARN := https://learn.mit.edu

# How many schedules `make soak` plays, and of how many courses it makes up a site for the browser.
SCHEDULES := 10000
COURSES := 5000

# What `make bench` measures: renders, pages or jobs (none: all), numbers of courses, how often, and in which folder (none: in
# memory, then on disk).
PART :=
SIZES := 500,5000
RUNS := 5
WHERE :=

# What `make screenshots` takes pictures of, and where to: a folder that holds a site's root.
PAGES := output/current/public
OUT := .build/screenshots

# What `make fuzz` runs, and for how many seconds each.
FUZZERS := FuzzSanitizer FuzzText
TIME := 60
FUZZ := Tests/Fuzz/.build

.PHONY: help catalog jobs test programs tests soak fuzz bench screenshots format clean
.DEFAULT_GOAL := help

help:
	@echo "make catalog  build, and render the sample catalog into output/"
	@echo "make jobs     build .build/release/mitxonline-jobs, the batch jobs"
	@echo "make test     run all tests"
	@echo "make soak     run the long tests: 10,000 schedules of the jobs, and a browser on every page of a site of 5,000 courses;"
	@echo "              SCHEDULES=N COURSES=N set how many"
	@echo "make fuzz     feed the parsers of outside bytes with made-up input; TIME=60 sets for how many seconds each"
	@echo "make bench    measure renders of made-up catalogs, the same pages made by Hugo, and jobs among a million made-up"
	@echo "              enrollments; PART=renders, pages or jobs measures one of them, SIZES=500,5000 RUNS=5 WHERE=FOLDER set"
	@echo "              how large, how often, where"
	@echo "make screenshots"
	@echo "              take pictures of a page of each kind, at three widths, light and dark; PAGES=FOLDER OUT=FOLDER set of"
	@echo "              which site, and where to"
	@echo "make format   format the Swift sources"
	@echo "make clean    remove what was built and rendered"

# The database is made anew when the sample or the program is newer; its name appears only once it is whole.
catalog:
	@.ci/packages.sh build
	$(RELEASE) mitxonline-build
	@set -eu; \
	if [ ! -e $(DATABASE) ] || [ -n "$$(find $(SAMPLE) $(BUILD) -newer $(DATABASE) -print -quit)" ]; then \
	    rm -f $(DATABASE) $(DATABASE)-* $(DATABASE).new*; \
	    $(BUILD) import $(SAMPLE) --database sqlite:$(DATABASE).new --log-level error; \
	    mv $(DATABASE).new $(DATABASE); \
	fi; \
	$(BUILD) render --database sqlite:$(DATABASE) --output output --site-base-url $(SITE) --learn-base-url $(LEARN) --media $(MEDIA) --log-level error

jobs:
	@.ci/packages.sh build
	$(RELEASE) mitxonline-jobs

# Two builds at once, since neither keeps all cores busy from begin to end. Tests start the release build: what is delivered, and
# quick; only for fault points, which it does not have, their own. The browser and the Java machine by themselves, since tests
# of time limits would suffer from them.
test:
	@.ci/packages.sh test
	@.ci/pypi.sh
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target programs tests
	PROGRAMS=release swift test $(TESTS) --skip-build --skip '^BrowserTests'
	PROGRAMS=release swift test $(TESTS) --skip-build --filter '^BrowserTests'

programs:
	$(RELEASE) mitxonline-build
	$(RELEASE) mitxonline-jobs

tests:
	swift build --scratch-path .build/tests --build-tests

soak:
	@.ci/packages.sh test
	@.ci/pypi.sh
	SCHEDULES=$(SCHEDULES) COURSES=$(COURSES) swift test $(TESTS) --filter 'ScheduleTests|SyntheticSiteTests'

# What was found interesting is kept, so that the next run goes on from there.
fuzz:
	@.ci/packages.sh build
	swift build --package-path Tests/Fuzz --configuration release --sanitize=fuzzer
	@set -eu; for fuzzer in $(FUZZERS); do \
	    mkdir -p $(FUZZ)/corpus/$$fuzzer; \
	    SWIFT_BACKTRACE=enable=no $(FUZZ)/release/$$fuzzer -max_total_time=$(TIME) -max_len=2000 -timeout=10 -print_final_stats=1 \
	        -verbosity=0 -artifact_prefix=$(FUZZ)/ $(FUZZ)/corpus/$$fuzzer Tests/Fuzz/Corpus/$$fuzzer; \
	done

bench:
	@.ci/packages.sh bench
	$(RELEASE) mitxonline-build
	$(RELEASE) mitxonline-jobs
	$(RELEASE) Bench
	@.build/release/Bench $(if $(PART),--part $(PART)) --courses $(SIZES) --runs $(RUNS) $(if $(WHERE),--where $(WHERE))

screenshots:
	@.ci/packages.sh test
	@PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 Tests/Browser screenshots --site $(PAGES) --out $(OUT) >/dev/null
	@echo "The pictures are in $(OUT)"

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build
	find output -mindepth 1 ! -name .gitkeep -delete
