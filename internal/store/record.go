package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"
)

// A Tx is a view of the store at one moment, or a set of changes that become
// visible together. It is used by one goroutine, inside View or Update.
type Tx struct {
	txn *badger.Txn
	s   *Store
}

// View calls fn with a snapshot.
func (s *Store) View(fn func(*Tx) error) error {
	return s.db.View(func(txn *badger.Txn) error { return fn(&Tx{txn, s}) })
}

// Update calls fn and makes its changes durable, all or none; an error of fn
// undoes them. Updates run one at a time. A transaction holds about 1 MiB; what
// is larger is put in pieces (PutBlob) before the record that speaks of it.
func (s *Store) Update(fn func(*Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.Room(); err != nil {
		return err
	}
	next := s.seq + 1
	err := s.db.Update(func(txn *badger.Txn) error {
		tx := &Tx{txn, s}
		if err := fn(tx); err != nil {
			return err
		}
		return sequence.Put(tx, "last", next)
	})
	if err != nil {
		return err
	}
	s.seq = next
	return s.head.advance(next)
}

const (
	envelopeVersion = 1
	envelopeBytes   = 1 + macSize
	macSize         = 16
)

// mac binds a record's value to its key, so that neither a changed value nor
// one moved to another key is believed.
func (s *Store) mac(key, value []byte) []byte {
	h := hmac.New(sha256.New, s.macKey)
	var n [4]byte
	n[0], n[1], n[2], n[3] = byte(len(key)), byte(len(key)>>8), byte(len(key)>>16), byte(len(key)>>24)
	h.Write(n[:])
	h.Write(key)
	h.Write(value)
	return h.Sum(nil)[:macSize]
}

var errEmpty = errors.New("an empty value is no record")

func (tx *Tx) put(key, value []byte) error {
	if len(value) == 0 {
		return errEmpty
	}
	b := append(make([]byte, 0, envelopeBytes+len(value)), envelopeVersion)
	b = append(append(b, tx.s.mac(key, value)...), value...)
	return tx.txn.Set(key, b)
}

func (tx *Tx) get(key []byte) ([]byte, error) {
	item, err := tx.txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, damaged(err)
	}
	return tx.value(item)
}

// value opens an item's envelope.
func (tx *Tx) value(item *badger.Item) ([]byte, error) {
	b, err := item.ValueCopy(nil)
	if err != nil {
		return nil, damaged(err)
	}
	if len(b) <= envelopeBytes || b[0] != envelopeVersion ||
		!hmac.Equal(b[1:envelopeBytes], tx.s.mac(item.Key(), b[envelopeBytes:])) {
		return nil, fmt.Errorf("%w: a record is not what was written", ErrCorrupt)
	}
	return b[envelopeBytes:], nil
}

func damaged(err error) error { return errors.Join(ErrCorrupt, err) }

// A Collection is the records of one kind, each a T in JSON under its ID.
type Collection[T any] struct{ name string }

func (c Collection[T]) key(id string) []byte { return []byte(c.name + "/" + id) }

// Get returns a record or ErrNotFound.
func (c Collection[T]) Get(tx *Tx, id string) (v T, err error) {
	b, err := tx.get(c.key(id))
	if err != nil {
		return v, err
	}
	return v, c.decode(b, &v)
}

func (c Collection[T]) decode(b []byte, v *T) error {
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%w: a %s record cannot be read", ErrCorrupt, c.name)
	}
	return nil
}

// Put adds or replaces a record.
func (c Collection[T]) Put(tx *Tx, id string, v T) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.put(c.key(id), b)
}

// Delete removes a record; that it is not there is no error.
func (c Collection[T]) Delete(tx *Tx, id string) error { return tx.txn.Delete(c.key(id)) }

// Scan calls fn for every record whose ID begins with prefix, by ID. An error
// of fn ends the scan and is returned.
func (c Collection[T]) Scan(tx *Tx, prefix string, fn func(id string, v T) error) error {
	opts := badger.DefaultIteratorOptions
	opts.Prefix = c.key(prefix)
	opts.PrefetchSize = 64
	it := tx.txn.NewIterator(opts)
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		item := it.Item()
		b, err := tx.value(item)
		if err != nil {
			return err
		}
		var v T
		if err := c.decode(b, &v); err != nil {
			return err
		}
		if err := fn(string(item.Key()[len(c.name)+1:]), v); err != nil {
			return err
		}
	}
	return nil
}

// All returns the records of a prefix in the order of their IDs.
func (c Collection[T]) All(tx *Tx, prefix string) (out []T, err error) {
	err = c.Scan(tx, prefix, func(_ string, v T) error { out = append(out, v); return nil })
	return out, err
}
