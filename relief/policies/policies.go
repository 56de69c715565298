// Package policies embeds the county policies that come with the program: one
// file per policy, an overlay on a law. Package relief reads them.
package policies

import "embed"

// Files holds one YAML file per policy.
//
//go:embed *.yaml
var Files embed.FS
