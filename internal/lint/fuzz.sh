#!/bin/sh
# Fuzzes every target of the module, one after the other, each for the time
# given: internal/lint/fuzz.sh 20s. Go fuzzes one target of one package at a time.
set -eu
each=${1:?how long each target is fuzzed, such as 20s}
go=${GO:-go}
grep -rl --include='*_test.go' '^func Fuzz' . | while read -r file; do dirname "$file"; done | sort -u |
while read -r room; do
	for target in $(grep -h '^func Fuzz' "$room"/*_test.go | sed 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/' | sort); do
		echo "$room $target $each" >&2
		"$go" test -run '^$' -fuzz "^$target\$" -fuzztime "$each" "$room"
	done
done
