package main

import (
	"github.com/casefold/casefold/internal/disclosure"
	"github.com/casefold/casefold/internal/engine"
)

// purposeFlag says what somebody looks at a person for. Records past the limit
// of HS 11361.5 are not there for any purpose but relief.
type purposeFlag struct {
	Purpose string `default:"inquiry" placeholder:"WORD" help:"inquiry, or relief: to clear the person. Records past the limit of HS 11361.5 are there for relief only."`
}

// provingFlag is the same for commands that walk back from a determination: who
// names a conviction or a row by its ID asks for relief, unless told otherwise.
type provingFlag struct {
	Purpose string `default:"relief" placeholder:"WORD" help:"relief, or inquiry: records past the limit of HS 11361.5 are then not there."`
}

// openFor opens the engine as somebody with a purpose sees it.
func (a *app) openFor(word string) (*engine.Engine, error) {
	purpose, err := disclosure.ParsePurpose(word)
	if err != nil {
		return nil, engine.Usage(err.Error(), "")
	}
	e, err := a.open()
	if err != nil {
		return nil, err
	}
	return e.For(purpose), nil
}
