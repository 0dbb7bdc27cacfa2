package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsbot/bot/telegramtest"
	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// An ollama is a loopback server that speaks Ollama's API, with a fake encoder behind it.
type ollama struct {
	*httptest.Server

	mu      sync.Mutex // guards what follows
	fake    encodertest.Fake
	status  int           // of every answer; 0 for a right one
	unknown string        // a model that it does not have
	hold    chan struct{} // until it is closed nobody is answered; nil for nothing
	texts   []string      // that were sent
	models  []string      // that they were sent to
}

func newOllama(t *testing.T) *ollama {
	t.Helper()
	o := &ollama{fake: encodertest.Fake{Size: 96}}
	o.Server = httptest.NewServer(o)
	t.Cleanup(o.Close)
	return o
}

func (o *ollama) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Model string
		Input []string
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || r.URL.Path != "/api/embed" {
		http.NotFound(w, r)
		return
	}
	o.mu.Lock()
	for _, text := range asked.Input {
		o.texts, o.models = append(o.texts, text), append(o.models, asked.Model)
	}
	fake, status, hold := o.fake, o.status, o.hold
	if asked.Model == o.unknown {
		status = http.StatusNotFound
	}
	o.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-r.Context().Done():
			return
		}
	}
	if status != 0 {
		w.WriteHeader(status)
		return
	}
	vectors, err := fake.Passages(r.Context(), asked.Input)
	if err != nil {
		return // who asked has gone
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"embeddings": vectors}) // who asked may have gone
}

// change changes how it answers from now on.
func (o *ollama) change(do func(o *ollama)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	do(o)
}

// sent tells whether a text with s in it was sent.
func (o *ollama) sent(s string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.ContainsFunc(o.texts, func(text string) bool { return strings.Contains(text, s) })
}

// sentTo is the model that the last text with s in it was sent to; "" for none.
func (o *ollama) sentTo(s string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := len(o.texts) - 1; i >= 0; i-- {
		if strings.Contains(o.texts[i], s) {
			return o.models[i]
		}
	}
	return ""
}

// embedderEnv are the settings that name it.
func (o *ollama) embedderEnv() map[string]string {
	return map[string]string{"EMBEDDER": "ollama:fake", "EMBEDDER_URL": o.URL}
}

// overFolder opens a conversation over a data folder as the program does, with an
// environment.
func overFolder(t *testing.T, dir string, env map[string]string) *conversation {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) }) // once it is closed
	a := newApp(&Main{
		Stdout: io.Discard, Stderr: io.Discard, Now: time.Now, Patience: patience,
		NewEncoder: func() (retrieval.Encoder, error) { return &encodertest.Fake{}, nil },
		NewUSE:     func() (retrieval.Encoder, error) { return fakeUSE(), nil },
	})
	a.dataDir, a.logger, a.settings = dir, slog.New(slog.DiscardHandler), settingsOf(env)
	m, err := a.models()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.close)
	store, err := a.openStore(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	v := &conversation{app: a, models: m, notes: silence{}}
	t.Cleanup(v.close)
	if err := v.beginOwn(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	return v
}

// awaitWork waits for something that comes with a step of the work behind a conversation.
func awaitWork(t *testing.T, v *conversation, what string, done func() bool) {
	t.Helper()
	enough := time.After(patience)
	for {
		step := v.current.work.step()
		if done() {
			return
		}
		select {
		case <-step:
		case <-enough:
			t.Fatalf("it never came to be that %s", what)
		}
	}
}

// folderOfTrams returns a data folder with the article about the tram, encoded by the
// encoder inside the program.
func folderOfTrams(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	file := writeArticles(t, 3)
	code, _, stderr := run(t, dir, func() (retrieval.Encoder, error) { return &encodertest.Fake{}, nil }, append([]string{"import"}, file...)...)
	if code != exitDone {
		t.Fatalf("import: exit code %d, %s", code, stderr)
	}
	return dir
}

// quotesFor returns the quotes of the answer to a question.
func quotesFor(t *testing.T, v *conversation, question string) string {
	t.Helper()
	answer, err := v.Ask(t.Context(), retrieval.Question{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	var quotes strings.Builder
	for _, c := range answer.Citations {
		quotes.WriteString(c.Quote.Text + "\n")
	}
	return quotes.String()
}

const tramQuestion = "When did tram line 2 open?"

func wantTram(t *testing.T, v *conversation) {
	t.Helper()
	if got := quotesFor(t, v, tramQuestion); !strings.Contains(got, "Tram line 2 opened on Monday.") {
		t.Errorf("the answer quotes %q", got)
	}
}

// TestEmbedderChanged names another encoder for a collection: it is measured, everything is
// encoded with it behind, and until that is done the vectors of before serve.
func TestEmbedderChanged(t *testing.T) {
	dir, o := folderOfTrams(t), newOllama(t)
	t.Run("measured", func(t *testing.T) {
		v := overFolder(t, dir, o.embedderEnv())
		awaitWork(t, v, "it is in use", func() bool { return v.encoderState().Known })
	})
	hold := make(chan struct{})
	o.change(func(o *ollama) { o.hold = hold })
	alter(t, dir, "DELETE FROM vector WHERE encoder IN (SELECT pk FROM encoder WHERE name LIKE 'ollama:%')",
		"INSERT OR REPLACE INTO backlog (article, encoder, missing) SELECT article.pk, encoder.pk, 3 FROM article, encoder WHERE encoder.name LIKE 'ollama:%'")
	v := overFolder(t, dir, o.embedderEnv())
	wantTram(t, v)
	if n, pending := backlog(t, v), v.current.asker.Pending(); n != 3 || pending != 0 {
		t.Errorf("%d articles are to be encoded, %d are not found by meaning; want 3 and none", n, pending)
	}
	if o.sent(tramQuestion) {
		t.Error("the question was sent to the encoder that does not serve yet")
	}
	close(hold)
	awaitWork(t, v, "all is encoded", func() bool { return backlog(t, v) == 0 })
	wantTram(t, v)
	if !o.sent(tramQuestion) {
		t.Error("the question was not asked with the encoder that is set")
	}
	if s := v.encoderState(); !s.Known || s.Reason != "" || s.Name != "ollama:fake" {
		t.Errorf("its state is %+v", s)
	}
}

// TestModelChanged names another model of the same provider: until it has encoded
// everything the one before is asked.
func TestModelChanged(t *testing.T) {
	dir, o := folderOfTrams(t), newOllama(t)
	t.Run("first", func(t *testing.T) {
		v := overFolder(t, dir, o.embedderEnv())
		awaitWork(t, v, "all is encoded", func() bool { return v.encoderState().Known && backlog(t, v) == 0 })
	})
	alter(t, dir, "DELETE FROM vector WHERE encoder IN (SELECT pk FROM encoder WHERE name = 'fake-trigram.1')",
		"INSERT OR REPLACE INTO backlog (article, encoder, missing) SELECT article.pk, encoder.pk, 3 FROM article, encoder WHERE encoder.name = 'fake-trigram.1'")
	o.change(func(o *ollama) { o.unknown = "bge-m3" })
	env := o.embedderEnv()
	env["EMBEDDER"] = "ollama:bge-m3"
	v := overFolder(t, dir, env)
	wantTram(t, v)
	if got := o.sentTo(tramQuestion); got != "fake" {
		t.Errorf("the question was sent to the model %q, want the one that has encoded the articles", got)
	}
	o.change(func(o *ollama) { o.unknown = "" })
	if err := v.prefer(t.Context(), v.current); err != nil {
		t.Fatal(err)
	}
	awaitWork(t, v, "all is encoded", func() bool { return backlog(t, v) == 0 })
	wantTram(t, v)
	if got := o.sentTo(tramQuestion); got != "bge-m3" {
		t.Errorf("the question was sent to the model %q", got)
	}
}

// TestEmbedderDownAtQuestion has an encoder that goes away when all is encoded.
func TestEmbedderDownAtQuestion(t *testing.T) {
	dir, o := folderOfTrams(t), newOllama(t)
	v := overFolder(t, dir, o.embedderEnv())
	awaitWork(t, v, "all is encoded", func() bool { return v.encoderState().Known && backlog(t, v) == 0 })
	wantTram(t, v)
	for _, status := range []int{503, 401} {
		o.change(func(o *ollama) { o.status = status })
		wantTram(t, v)
	}
	if s := v.encoderState(); s.Reason == "" || s.Down.IsZero() || strings.Contains(s.Reason, "tram") {
		t.Errorf("its state is %+v", s)
	}
}

// TestEmbedderDownAtStart has one that answers only some time after the start.
func TestEmbedderDownAtStart(t *testing.T) {
	for name, status := range map[string]int{"down": 503, "not set up": 401, "no model": 404} {
		t.Run(name, func(t *testing.T) {
			dir, o := folderOfTrams(t), newOllama(t)
			o.status = status
			v := overFolder(t, dir, o.embedderEnv())
			awaitWork(t, v, "its fault is known", func() bool { return v.encoderState().Reason != "" })
			wantTram(t, v)
			if s := v.encoderState(); s.Known || s.Down.IsZero() {
				t.Errorf("its state is %+v", s)
			}
			if _, err := v.Add(t.Context(), tram, corpus.AddOptions{}); err != nil {
				t.Fatal(err)
			}
			if got := quoted(t, v); !strings.Contains(got, "Tram line 12 opened on Monday.") || backlog(t, v) != 0 {
				t.Errorf("an article that was added is quoted as %q, backlog %d", got, backlog(t, v))
			}
			for _, private := range []string{"tram", "Tram"} {
				if o.sent(private) {
					t.Error("a provider that never answered has got texts")
				}
			}
			o.change(func(o *ollama) { o.status = 0 })
			if err := v.prefer(t.Context(), v.current); err != nil {
				t.Fatal(err)
			}
			awaitWork(t, v, "all is encoded", func() bool { return backlog(t, v) == 0 })
			if s := v.encoderState(); !s.Known || s.Reason != "" {
				t.Errorf("its state is %+v", s)
			}
			wantTram(t, v)
		})
	}
}

// TestEmbedderOfAnotherLength has one whose vectors become shorter: what it has encoded
// is not mixed with them.
func TestEmbedderOfAnotherLength(t *testing.T) {
	dir, o := folderOfTrams(t), newOllama(t)
	v := overFolder(t, dir, o.embedderEnv())
	awaitWork(t, v, "all is encoded", func() bool { return v.encoderState().Known && backlog(t, v) == 0 })
	o.change(func(o *ollama) { o.fake.Size = 80 })
	if _, err := v.Add(t.Context(), tram, corpus.AddOptions{}); err != nil {
		t.Fatal(err)
	}
	awaitWork(t, v, "its fault is known", func() bool { return v.encoderState().Reason != "" })
	if s := v.encoderState(); !strings.Contains(s.Reason, "80") || !strings.Contains(s.Reason, "96") {
		t.Errorf("its state is %+v, want both lengths", s)
	}
	wantTram(t, v)
	if got := quoted(t, v); !strings.Contains(got, "Tram line 12 opened on Monday.") || backlog(t, v) != 1 {
		t.Errorf("the article that came since is quoted as %q, backlog %d", got, backlog(t, v))
	}
}

// TestEmbedderOfAnotherModel has another model, whose vectors are as long, answer under the name
// of the one that has encoded everything: it gets no question, and words and the encoder inside answer.
func TestEmbedderOfAnotherModel(t *testing.T) {
	dir, o := folderOfTrams(t), newOllama(t)
	t.Run("first", func(t *testing.T) {
		v := overFolder(t, dir, o.embedderEnv())
		awaitWork(t, v, "all is encoded", func() bool { return v.encoderState().Known && backlog(t, v) == 0 })
	})
	o.change(func(o *ollama) {
		o.texts, o.models = nil, nil
		o.fake.After = func(vectors [][]float32) ([][]float32, error) {
			for _, v := range vectors {
				slices.Reverse(v)
			}
			return vectors, nil
		}
	})
	v := overFolder(t, dir, o.embedderEnv())
	wantTram(t, v)
	if s := v.encoderState(); !strings.Contains(s.Reason, "another model") || o.sent(tramQuestion) {
		t.Errorf("its state is %+v, it got the question: %v", s, o.sent(tramQuestion))
	}
	_, out, _ := embedderCommand(t, o, "", "-data", dir, "status")
	if want := "in use; now: the encoder is not set up rightly: another model answers under this name than before: it needs a name of its own"; !strings.Contains(out, want) {
		t.Errorf("status says %q, want %q in it", out, want)
	}
}

// TestServeEmbedder has a process serve with an encoder that goes away: readers see
// nothing of it, and its administrator does.
func TestServeEmbedder(t *testing.T) {
	s, dir, o := telegramtest.New(t), folderOfTrams(t), newOllama(t)
	env := []string{
		"TELEGRAM_API_URL=" + s.URL(), "TELEGRAM_BOT_TOKEN=" + s.Token(), fmt.Sprint("ADMIN_IDS=", theAdmin),
		"EMBEDDER=ollama:fake", "EMBEDDER_URL=" + o.URL,
	}
	imported := startWith(t, env, append([]string{"-data", dir, "import"}, writeArticles(t, 4)...)...)
	imported.until("fully indexed\n")
	imported.end()
	p := startWith(t, env, "-data", dir)
	p.until("Stop with Ctrl-C.\n")
	reader, admin := s.Person(7, "en"), s.Person(theAdmin, "en")
	reader.Send(tramQuestion)
	if got := last(reader.Wait(1)); !strings.Contains(got, "Tram line 2 opened on Monday.") || !o.sent(tramQuestion) {
		t.Errorf("the answer is %q, asked with the encoder: %v", got, o.sent(tramQuestion))
	}
	admin.Send("/status")
	if got := last(admin.Wait(1)); !strings.Contains(got, "External encoder: ollama:fake") || strings.Contains(got, "Not answering") {
		t.Errorf("/status says %q", got)
	}
	o.change(func(o *ollama) { o.status = 503 })
	reader.Send("When did tram line 1 open?")
	if got := last(reader.Wait(2)); !strings.Contains(got, "Tram line 1 opened on Monday.") {
		t.Errorf("the answer without the encoder is %q", got)
	}
	admin.Send("/status")
	if got := last(admin.Wait(2)); !strings.Contains(got, "Not answering since: ") || !strings.Contains(got, "503") {
		t.Errorf("/status says %q", got)
	}
	shown := startWith(t, env, "-data", dir, "status")
	if code := shown.end(); code != exitDone {
		t.Errorf("status: exit code %d", code)
	}
	want := "ollama:fake at " + strings.TrimPrefix(o.URL, "http://") + ", in use; now: the encoder gives no vectors: it answers 503"
	if !strings.Contains(shown.seen.String(), want) {
		t.Errorf("status says %q, want %q in it", shown.seen.String(), want)
	}
	p.signal(syscall.SIGTERM)
	if code := p.end(); code != exitDone || strings.Contains(p.stderr.String(), "tram line") {
		t.Errorf("exit code %d, stderr %q; want %d and nothing of the question", code, p.stderr.String(), exitDone)
	}
}
