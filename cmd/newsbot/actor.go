package main

import (
	"os"
	"os/user"
	"strconv"
)

// commandLine is who the audit says has changed what a command changes: the user
// of the operating system.
func commandLine() string {
	if u, err := user.Current(); err == nil {
		return "cli:" + u.Username
	}
	return "cli:" + strconv.Itoa(os.Getuid()) // a container may know no names
}
