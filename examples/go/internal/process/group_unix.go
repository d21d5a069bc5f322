//go:build unix

package process

import (
	"errors"
	"os"
	"syscall"
)

// ownGroup makes the process the leader of a group of its own, in which its children will be.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}

// killGroup sends SIGKILL to all in the group, also when its leader has ended: as long as anybody is in it,
// its id is not given to another process.
func killGroup(leader *os.Process) error {
	err := syscall.Kill(-leader.Pid, syscall.SIGKILL)
	if errors.Is(err, syscall.ESRCH) {
		return nil
	}
	return err
}

// groupLives tells whether anybody is in the group.
func groupLives(leader *os.Process) bool {
	return !errors.Is(syscall.Kill(-leader.Pid, 0), syscall.ESRCH)
}
