# Two commands matter: `make demo` and `make test`. Both install what they need.
GO ?= go
export CGO_ENABLED = 0

.PHONY: demo test verify bench build lint
build:
	$(GO) build -trimpath -o bin/casefold ./cmd/casefold

test: lint
	$(GO) test -timeout 9m ./...

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run gofmt -w ." >&2; exit 1; }
	$(GO) vet ./...
