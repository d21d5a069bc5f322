//go:build !unix

package process

import (
	"errors"
	"os"
	"syscall"
)

// Without process groups, a plugin's children are its own affair.
func ownGroup() *syscall.SysProcAttr { return nil }

func killGroup(leader *os.Process) error {
	if err := leader.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

func groupLives(*os.Process) bool { return false }
