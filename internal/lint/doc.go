// Package lint holds the repository's written policy as tests: which package
// may import which, what no library does, what every package says of itself.
// It has no code outside its tests, so a plain `go test` is all it needs.
package lint
