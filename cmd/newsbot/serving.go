package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"newsbot/corpus"
)

// servingProcess returns the process that serves a data folder, 0 for none. It
// looks at the number in the lock's file and takes no lock, so that looking
// never keeps anybody from serving.
func servingProcess(dir string) int {
	data, err := os.ReadFile(filepath.Join(dir, corpus.ServeLock))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil || pid <= 0 || !alive(pid) {
		return 0 // the number of a process that was killed stays in the file
	}
	return pid
}

// alive tells whether a process exists, be it another user's.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}

// servingStatus tells which process serves a data folder.
func servingStatus(pid int) string {
	if pid != 0 {
		return fmt.Sprintf("by process %d", pid)
	}
	return "no"
}
