package store

import (
	"errors"
	"fmt"
	"io"
)

// subjectsAtOnce bounds a transaction that makes keys of subjects.
const subjectsAtOnce = 4000

// SubjectKeys are the secret keys of subjects, in their order, made when first
// asked for. What is encrypted or committed under one is gone once
// DestroySubject has returned: then its key is empty, and stays so.
func (s *Store) SubjectKeys(names []string) ([][]byte, error) {
	keys := make([][]byte, len(names))
	var missing []int
	err := s.View(func(tx *Tx) error {
		for i, name := range names {
			key, err := subjects.Get(tx, name)
			switch {
			case errors.Is(err, ErrNotFound):
				missing = append(missing, i)
			case err != nil:
				return err
			default:
				keys[i] = key
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for len(missing) > 0 {
		n := min(len(missing), subjectsAtOnce)
		if err := s.makeSubjects(names, keys, missing[:n]); err != nil {
			return nil, err
		}
		missing = missing[n:]
	}
	return keys, nil
}

// makeSubjects makes the keys of names[i] for every i in missing.
func (s *Store) makeSubjects(names []string, keys [][]byte, missing []int) error {
	return s.Update(func(tx *Tx) error {
		for _, i := range missing {
			key, err := subjects.Get(tx, names[i]) // a name may stand twice
			if errors.Is(err, ErrNotFound) {
				key = make([]byte, 32)
				if _, err = io.ReadFull(s.opts.Random, key); err != nil {
					return fmt.Errorf("making a key: %w", err)
				}
				err = subjects.Put(tx, names[i], key)
			}
			if err != nil {
				return err
			}
			keys[i] = key
		}
		return nil
	})
}

// DestroySubject makes a subject's key unreadable: an empty one takes its
// place, so that it is not made anew.
func (s *Store) DestroySubject(name string) error {
	return s.Update(func(tx *Tx) error { return subjects.Put(tx, name, []byte{}) })
}
