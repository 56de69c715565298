# Two commands matter: `make demo` and `make test`. Both install what they need
# (Go modules; a browser from Debian for the tests of the pages).
GO ?= go
export CGO_ENABLED = 0

DEMO ?= demo
PEOPLE ?= 20000

.PHONY: demo test lint verify bench build tools
build:
	$(GO) build -trimpath -o bin/casefold ./cmd/casefold

# The demo county has corrupt rows, so the run ends with exit 3: done, rows
# were quarantined.
demo: build
	rm -rf $(DEMO)
	bin/casefold synth --people $(PEOPLE) --seed 1 -o $(DEMO)
	bin/casefold run -c $(DEMO)/casefold.yaml || test $$? -eq 3
	bin/casefold file prepare -c $(DEMO)/casefold.yaml --by demo
	@mkdir -p $(DEMO)/out
	@for t in rows clusters possible-links convictions determinations filings worklist coverage; do \
		bin/casefold export -q -c $(DEMO)/casefold.yaml $$t -o $(DEMO)/out/$$t.csv; done
	bin/casefold audit -q -c $(DEMO)/casefold.yaml
	@sh cmd/casefold/demo.sh $(DEMO)

test: lint tools
	$(GO) test -timeout 9m ./...

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run gofmt -w on these" >&2; exit 1; }
	$(GO) vet ./...

# What tests of the pages need. Without root or apt they skip and say so.
tools:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium >/dev/null; } || echo "no chromium: the tests of the pages will skip" >&2

# The long runs: crashes, fuzzing, a large county.
verify:
	CASEFOLD_LONG=1 $(GO) test -timeout 60m -run 'Crash|Sweep|Flip' -count 1 ./internal/... ./filing/... ./cmd/...
	CASEFOLD_LONG=1 $(GO) test -timeout 120m -run FilingGrade -v -count 1 ./matcher
	./internal/lint/fuzz.sh 20s

# From CSV to clusters beside Splink (BENCH="-large" adds ten million rows), then
# the benchmarks of the rooms.
bench: build
	$(GO) run ./bench -bin bin/casefold $(BENCH)
	$(GO) test -run '^$$' -bench . -benchmem ./...
