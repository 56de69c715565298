package synth

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// An export tells its part of each life and writes its files in the end.
type export interface {
	life(*life)
	write(Writer) error
	out() *output
}

func (o *output) out() *output { return o }

// Generate writes the county that the options describe.
func Generate(opts Options, to Writer) error {
	if err := opts.Validate(); err != nil {
		return fmt.Errorf("options of the county: %w", err)
	}
	w := newWorld(opts)
	truth, err := newTruth(to)
	if err != nil {
		return fmt.Errorf("creating truth files: %w", err)
	}
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	defer packer.Close()
	open := func(name string) *output { return newOutput(name, &w.opts.Rates, truth, packer) }
	sources := []export{
		&stateFile{open(stateSource), w},
		&courtFile{open(courtSource), w},
		&jailFile{open(jailSource), w},
		&policeFile{open(policeSource), w},
		&daFile{open(daSource), w},
		&neighbourFile{open(neighbourSource), w},
		&listingFile{open(listingSource), w, 0},
	}
	for _, s := range sources {
		switch o := s.out(); o.source {
		case daSource:
			o.quoted, o.lineEnd = true, "\r\n"
		case stateSource, neighbourSource, listingSource:
			o.quoted = true
		}
	}
	for first := 0; first < opts.People; first += hundred {
		all := w.lives(first / hundred)
		for i, s := range sources {
			for _, l := range all {
				s.out().chance = newStream(opts.Seed, topicFaults, l.index).fork(uint64(i))
				s.life(l)
			}
			clear(s.out().seen)
		}
		for _, l := range all {
			truth.life(l, opts.AsOf)
		}
	}
	for _, s := range sources {
		if err := s.write(to); err != nil {
			return fmt.Errorf("writing source %s: %w", s.out().source, err)
		}
		truth.sourceFaults(s.out())
	}
	if err := writeProject(w, to); err != nil {
		return fmt.Errorf("writing casefold.yaml: %w", err)
	}
	return truth.close()
}
