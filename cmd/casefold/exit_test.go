package main

import (
	"errors"
	"os/exec"
	"strconv"
)

// exitStatus is the exit code inside an error of exec.
func exitStatus(err error) (string, bool) {
	var e *exec.ExitError
	if !errors.As(err, &e) {
		return "", false
	}
	return strconv.Itoa(e.ExitCode()), true
}
