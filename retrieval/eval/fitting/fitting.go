// Package fitting is what the commands have in common that fit weights on benchmark
// sets: their flags, and samples that are gathered once and kept in a file.
//
// Begin with [Settings].
package fitting

import (
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
	"newsbot/retrieval/eval"
)

// Settings say what is fitted on.
type Settings struct {
	Dirs  []string       // folders of sets
	Every map[string]int // by set: every so many documents one is kept
	Cache string         // folder of vectors, "" for none
	// Samples is a file of what was gathered: written, or read when it is there, the
	// rest counting for nothing then; "" for none.
	Samples string
}

// Define defines the flags.
func (s *Settings) Define(flags *flag.FlagSet) {
	flags.Func("dir", "`folder` of a set; give several", func(d string) error {
		s.Dirs = append(s.Dirs, d)
		return nil
	})
	flags.Func("every", "keep every Nth document of a set: `SET=N`; give several", s.thin)
	flags.StringVar(&s.Cache, "cache", "", "keep vectors in this `folder` for the next time")
	flags.StringVar(&s.Samples, "samples", "", "`file` of what was gathered: written, or read when it is there, -dir and the rest counting for nothing then")
}

func (s *Settings) thin(value string) error {
	name, n, ok := strings.Cut(value, "=")
	every, err := strconv.Atoi(n)
	if !ok || err != nil || every < 1 {
		return fmt.Errorf("%q is not as in tydiqa=9", value)
	}
	if s.Every == nil {
		s.Every = map[string]int{}
	}
	s.Every[name] = every
	return nil
}

// Options are those to gather by: the cache and the encoders. Without a folder there is
// nothing to gather, which is an error.
func (s *Settings) Options() (o eval.Options, err error) {
	if len(s.Dirs) == 0 {
		return o, errors.New("there is no -dir")
	}
	o.Cache = s.Cache
	if o.Encoders.Strong, err = e5.New(e5.Options{}); err != nil {
		return o, err
	}
	o.Encoders.Quick, err = use.New(use.Options{})
	return o, err
}

// Read returns the samples of the file, or gathers and keeps them. An error names the
// file when it is at fault.
func Read[T any](s *Settings, gather func() ([]T, error)) ([]T, error) {
	if s.Samples == "" {
		return gather()
	}
	f, err := os.Open(s.Samples)
	if errors.Is(err, fs.ErrNotExist) {
		return write(s.Samples, gather)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	var all []T
	if err := gob.NewDecoder(f).Decode(&all); err != nil {
		return nil, fmt.Errorf("reading %s: %w: delete it to have it made anew", s.Samples, err)
	}
	return all, nil
}

// write gathers the samples and keeps them in a file.
func write[T any](path string, gather func() ([]T, error)) ([]T, error) {
	all, err := gather()
	if err != nil {
		return nil, err
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(gob.NewEncoder(f).Encode(all), f.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	return all, nil
}
