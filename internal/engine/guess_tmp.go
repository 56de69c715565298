package engine

import (
	"errors"

	"github.com/casefold/casefold"
)

func guessSource(path string) (casefold.Source, error) { return casefold.Source{}, errors.New("guess") }
