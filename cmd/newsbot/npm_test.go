package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// What nobody here wrote, from npm: folders with a list of packages, and scripts that
// use them.
const (
	botapiFiles = "testdata/botapi" // a Bot API server and a client
	modelFiles  = "testdata/model"  // a server of language models
	// npmCacheEnv is where packages of npm are installed; "" means a folder of
	// the user's own cache.
	npmCacheEnv = "NEWSBOT_NPM_CACHE"
	// npmTime is how long installing them may take.
	npmTime = 2 * time.Minute
	// otherToken is a token of the form that Telegram gives.
	otherToken = "123456:TEST-token-for-another-server"
)

// startNode starts a script of a folder, which ends at the cleanup or with its input.
// Where that cannot be done the test is skipped.
func startNode(t *testing.T, token, files, script string, args ...string) (stdin io.WriteCloser, stdout io.Reader, wait func() error) {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: -short")
	}
	packages := installPackages(t, files)
	cmd := exec.Command("node", append([]string{filepath.Join(files, script), packages}, args...)...)
	cmd.Env = append(os.Environ(), "TELEGRAM_BOT_TOKEN="+token, "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1")
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if stdout, err = cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	t.Cleanup(func() {
		stuck.Stop()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return stdin, stdout, cmd.Wait
}

// installPackages installs what a folder lists, unless that was done before, and
// returns where. Without node, npm or a network the test is skipped.
func installPackages(t *testing.T, files string) string {
	t.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("skipped: there is no %s", program)
		}
	}
	dir, err := installOnce[files]()
	if err != nil {
		t.Skipf("skipped: the packages cannot be installed: %v", err)
	}
	return dir
}

// installOnce returns where the packages are. What fails takes long, and is not tried
// for each test.
var installOnce = map[string]func() (dir string, err error){
	botapiFiles: sync.OnceValues(func() (string, error) { return installListed(botapiFiles) }),
	modelFiles:  sync.OnceValues(func() (string, error) { return installListed(modelFiles) }),
}

func installListed(files string) (dir string, err error) {
	lock, err := os.ReadFile(filepath.Join(files, "package-lock.json"))
	if err != nil {
		return "", err
	}
	cache, err := npmCache()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(lock)
	dir = filepath.Join(cache, fmt.Sprintf("%s-%x", filepath.Base(files), sum[:8]))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	return dir, install(context.Background(), files, cache, dir)
}

// npmCache is the folder for packages, which need not exist.
func npmCache() (string, error) {
	if dir := os.Getenv(npmCacheEnv); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "newsbot-test"), err
}

// install installs the packages beside dir, which comes into being when all are
// there.
func install(ctx context.Context, files, cache, dir string) error {
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return err
	}
	half, err := os.MkdirTemp(cache, "half-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(half) }()
	for _, name := range []string{"package.json", "package-lock.json"} {
		raw, err := os.ReadFile(filepath.Join(files, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(half, name), raw, 0o600); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, npmTime)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	npm.Dir, npm.WaitDelay = half, time.Second
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w: %.300s", err, out)
	}
	if err := os.Rename(half, dir); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, syscall.ENOTEMPTY) {
		return err
	}
	return nil
}
