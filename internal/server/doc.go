// Package server shows, on this machine, what the engine knows: pages for
// people and the same as JSON for machines. It takes an engine and returns an
// http.Handler. It holds no logic of its own: it decodes a request, asks the
// engine, fills one view struct, and renders that as HTML or JSON.
//
// It is read-only and meant for the loopback interface. What somebody typed
// travels in the body of a POST, never in a URL; URLs hold opaque IDs only.
// Pages need no script, no font and no file from elsewhere, work by keyboard
// and on paper. Every look at a person is journaled by the engine.
package server
