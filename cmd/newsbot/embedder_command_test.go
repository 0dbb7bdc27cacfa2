package main

import (
	"strings"
	"testing"
)

// embedderCommand runs a command with an encoder that somebody else runs; its input is a
// line, "" for none.
func embedderCommand(t *testing.T, o *ollama, line string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	p := startWith(t, []string{"EMBEDDER=ollama:fake", "EMBEDDER_URL=" + o.URL}, args...)
	if line != "" {
		p.say(line)
	}
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	code = p.end()
	return code, p.seen.String(), p.stderr.String()
}

// TestImportWithoutEmbedder imports and asks while the encoder that is set has never
// answered: the one inside the program does it all, and no text leaves.
func TestImportWithoutEmbedder(t *testing.T) {
	dir, o := t.TempDir(), newOllama(t)
	o.status = 404
	code, out, errs := embedderCommand(t, o, "", append([]string{"-data", dir, "import"}, writeArticles(t, 3)...)...)
	if code != exitDone || !strings.HasSuffix(out, "fully indexed\n") || !strings.Contains(errs, "ollama:fake cannot be used yet, and fake-trigram.1 encodes") {
		t.Errorf("import: exit code %d, stdout %q, stderr %q", code, out, errs)
	}
	code, out, errs = embedderCommand(t, o, "", "-data", dir, "ask", tramQuestion)
	if code != exitDone || !strings.Contains(out, "Tram line 2 opened on Monday.") || errs != "" {
		t.Errorf("ask: exit code %d, stdout %q, stderr %q", code, out, errs)
	}
	code, out, _ = embedderCommand(t, o, "", "-data", dir, "status")
	if code != exitDone || !strings.Contains(out, "not in use yet: import, chat and serve begin to use it when it answers; now: the encoder is not set up rightly: it answers 404") {
		t.Errorf("status: exit code %d, stdout %q", code, out)
	}
	if o.sent("ram line") {
		t.Error("an encoder that is not there has got texts")
	}
}

// TestCommandsWithEmbedder imports, asks and embeds with the encoder that is set, and then
// when it refuses everything.
func TestCommandsWithEmbedder(t *testing.T) {
	dir, o := t.TempDir(), newOllama(t)
	files := writeArticles(t, 4)
	code, out, errs := embedderCommand(t, o, "", append([]string{"-data", dir, "import"}, files[:3]...)...)
	if code != exitDone || !strings.HasSuffix(out, "fully indexed\n") || errs != "" || !o.sent("Tram line 2 opened") {
		t.Errorf("import: exit code %d, stdout %q, stderr %q", code, out, errs)
	}
	code, out, errs = embedderCommand(t, o, "", "-data", dir, "ask", tramQuestion)
	if code != exitDone || !strings.Contains(out, "Tram line 2 opened on Monday.") || errs != "" || !o.sent(tramQuestion) {
		t.Errorf("ask: exit code %d, stdout %q, stderr %q", code, out, errs)
	}
	code, out, errs = embedderCommand(t, o, "a line", "embed", "-encoder", "remote")
	if code != exitDone || strings.Count(out, ",") != 96 || errs != "" {
		t.Errorf("embed: exit code %d, stdout %q, stderr %q", code, out, errs)
	}
	code, out, _ = embedderCommand(t, o, "", "-data", dir, "status", "-json")
	if code != exitDone || !strings.Contains(out, `"encoder_set":{"name":"ollama:fake","host":"`+strings.TrimPrefix(o.URL, "http://")+`","measured":true,"articles_to_encode":0,"problem":null}`) {
		t.Errorf("status: exit code %d, stdout %q", code, out)
	}
	o.change(func(o *ollama) { o.status = 401 })
	code, out, errs = embedderCommand(t, o, "", "-data", dir, "ask", tramQuestion)
	if code != exitDone || !strings.Contains(out, "Tram line 2 opened on Monday.") || !strings.Contains(errs, "401 Unauthorized") {
		t.Errorf("ask without it: exit code %d, stdout %q, stderr %q", code, out, errs)
	}
	code, out, errs = embedderCommand(t, o, "", "-data", dir, "import", files[3])
	if code != exitFailed || !strings.Contains(out, "searchable: 4 articles") || !strings.Contains(errs, "hint: the articles are stored, and words find them") {
		t.Errorf("import without it: exit code %d, stdout %q, stderr %q", code, out, errs)
	}
	code, out, errs = embedderCommand(t, o, "a line", "embed", "-encoder", "remote")
	if code != exitFailed || out != "" || !strings.Contains(errs, "EMBEDDER: the encoder is not set up rightly") {
		t.Errorf("embed without it: exit code %d, stdout %q, stderr %q", code, out, errs)
	}
}
