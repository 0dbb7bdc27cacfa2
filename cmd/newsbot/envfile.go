package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/joho/godotenv"
)

// plainValue needs no quotes in an env file, whoever reads it.
var plainValue = regexp.MustCompile(`^[A-Za-z0-9_./:,@%+-]+$`)

// envLine returns a line of an env file that says NAME=value. There are values
// that no line can say.
func envLine(name, value string) (string, error) {
	escaped := strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`).Replace(value)
	ways := []string{"'" + value + "'", `"` + escaped + `"`, value}
	if plainValue.MatchString(value) {
		ways = []string{value}
	}
	for _, way := range ways {
		line := name + "=" + way + "\n"
		// The reader decides: its rules for quotes have exceptions. What
		// follows must not be drawn into the value either.
		back, err := godotenv.Unmarshal(line + "END=1\n")
		if err == nil && len(back) == 2 && back[name] == value && back["END"] == "1" {
			return line, nil
		}
	}
	return "", fmt.Errorf("an env file cannot hold the value %q", value)
}

// checkNew wants a file not to be there yet, and that it can be written.
func checkNew(name string) error {
	if _, err := os.Lstat(name); err == nil {
		return fileExists(name)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".newsbot-*")
	if err != nil {
		return withHint(fmt.Errorf("%s cannot be written: %w", name, cause(err)), "-env FILE before the command names another file")
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

func fileExists(name string) error {
	return withHint(fmt.Errorf("%s is there already, and newsbot init writes a new file only", name),
		"edit it, move it away, or name another file: newsbot -env FILE init")
}

// createFile writes a new file that only this user can read, whole or not at
// all. It never replaces one.
func createFile(name, content string) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".newsbot-*") // of mode 0600
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, cause(err))
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", name, cause(err))
	}
	return publish(f.Name(), name, content)
}

// publish gives a written file its name, unless there is one of that name.
func publish(written, name, content string) error {
	err := os.Link(written, name)
	if errors.Is(err, fs.ErrExist) {
		return fileExists(name)
	}
	if err == nil {
		return nil
	}
	// There are file systems without links.
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fileExists(name)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, cause(err))
	}
	_, err = f.WriteString(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(name)
		return fmt.Errorf("writing %s: %w", name, cause(err))
	}
	return nil
}
