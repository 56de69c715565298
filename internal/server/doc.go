// Package server shows, on this machine, what the engine knows: pages for
// people and the same as JSON for machines. It takes an engine and returns an
// http.Handler. It holds no logic of its own: it decodes a request, asks the
// engine, arranges the answer for reading, and renders it; the API gives the
// engine's answer as it is, byte for byte what the commands print with --json.
//
// It is read-only and meant for the loopback interface. What somebody typed,
// and the names of rows, travel in the body of a POST, never in a URL; URLs
// hold opaque IDs only. Pages need no script, no font and no file from
// elsewhere, work by keyboard, at four times the size and on paper, and tell
// nothing by colour alone. Every look at a person is journaled by the engine.
package server
