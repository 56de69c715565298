package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/casefold/casefold/internal/disclosure"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/server"
)

type serveCmd struct {
	purposeFlag
	Port int `default:"8080" help:"Port on this machine; 0 takes a free one."`
}

func (c *serveCmd) Run(a *app) (err error) {
	purpose, err := disclosure.ParsePurpose(c.Purpose)
	if err != nil {
		return engine.Usage(err.Error(), "")
	}
	p, err := a.project()
	if err != nil {
		return err
	}
	e, err := engine.Open(p, engine.Options{Workers: a.cli.Workers, Progress: newProgress(a.stderr, a.cli.Quiet), Version: version, Holder: "casefold serve"})
	if err != nil {
		return err
	}
	e = e.For(purpose)
	defer closing(e, &err)
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", c.Port))
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: server.New(e, version), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, IdleTimeout: time.Minute}
	a.say("casefold answers on http://%s/ (Ctrl-C ends it)", l.Addr())
	// The index is opened, or built, while the first page is looked at; a search
	// that comes before waits for it, and tells if it fails.
	prepared := make(chan struct{})
	go func() { defer close(prepared); _ = e.PrepareSearch(a.ctx) }()
	defer func() { <-prepared }()
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-a.ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}
