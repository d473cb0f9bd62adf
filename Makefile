# `make` alone says what there is.

BUILD := .build/release/mitxonline-build
# With Swift's own libraries inside: it runs where no Swift is installed, and starts faster.
RELEASE := swift build --configuration release --static-swift-stdlib --product
SAMPLE := Samples/catalog
DATABASE := output/sample.sqlite
SITE := http://localhost:8080
LEARN := https://learn.mit.edu

# How many schedules `make soak` plays.
SCHEDULES := 10000

# What `make bench` measures: renders, pages or jobs (none: all), numbers of courses, how often, and in which folder (none: in
# memory, then on disk).
PART :=
SIZES := 500,5000
RUNS := 5
WHERE :=

.PHONY: help catalog jobs test soak bench format clean
.DEFAULT_GOAL := help

help:
	@echo "make catalog  build, and render the sample catalog into output/"
	@echo "make jobs     build .build/release/mitxonline-jobs, the batch jobs"
	@echo "make test     run all tests"
	@echo "make soak     run the long tests: 10,000 schedules of the jobs; SCHEDULES=N sets how many"
	@echo "make bench    measure renders of made-up catalogs, the same pages made by Hugo, and jobs among a million made-up"
	@echo "              enrollments; PART=renders, pages or jobs measures one of them, SIZES=500,5000 RUNS=5 WHERE=FOLDER set how large, how often, where"
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
	$(BUILD) render --database sqlite:$(DATABASE) --output output --site-base-url $(SITE) --learn-base-url $(LEARN) --log-level error

jobs:
	@.ci/packages.sh build
	$(RELEASE) mitxonline-jobs

# The release build first: a test runs what is delivered.
test:
	@.ci/packages.sh test
	$(RELEASE) mitxonline-build
	$(RELEASE) mitxonline-jobs
	swift test --disable-xctest

soak:
	@.ci/packages.sh test
	SCHEDULES=$(SCHEDULES) swift test --disable-xctest --filter ScheduleTests

bench:
	@.ci/packages.sh bench
	$(RELEASE) mitxonline-build
	$(RELEASE) mitxonline-jobs
	$(RELEASE) Bench
	@.build/release/Bench $(if $(PART),--part $(PART)) --courses $(SIZES) --runs $(RUNS) $(if $(WHERE),--where $(WHERE))

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build
	find output -mindepth 1 ! -name .gitkeep -delete
