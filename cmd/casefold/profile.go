package main

import (
	"os"
	"runtime/pprof"
)

// profile starts the profiles that the hidden flags ask for.
func profile(c *cli) (stop func(), err error) {
	var stops []func()
	if c.CPUProfile != "" {
		f, err := os.Create(c.CPUProfile)
		if err != nil {
			return nil, err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return nil, err
		}
		stops = append(stops, func() { pprof.StopCPUProfile(); f.Close() })
	}
	if c.MemProfile != "" {
		f, err := os.Create(c.MemProfile)
		if err != nil {
			return nil, err
		}
		stops = append(stops, func() { _ = pprof.Lookup("allocs").WriteTo(f, 0); f.Close() })
	}
	return func() {
		for _, s := range stops {
			s()
		}
	}, nil
}
