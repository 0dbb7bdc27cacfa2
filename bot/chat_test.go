package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// An askFunc is an [Asker] made of a function.
type askFunc func(context.Context, retrieval.Question) (retrieval.Answer, error)

func (f askFunc) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	return f(ctx, q)
}

// echo answers with the question as the quote, and with the errors an engine
// has.
func echo(_ context.Context, q retrieval.Question) (retrieval.Answer, error) {
	switch {
	case len(text.Words(q.Text)) == 0:
		return retrieval.Answer{}, fmt.Errorf("asking: %w", retrieval.ErrEmptyQuestion)
	case len([]rune(q.Text)) > retrieval.MaxQuestion:
		return retrieval.Answer{}, fmt.Errorf("asking: %w", retrieval.ErrTooLong)
	case strings.Contains(q.Text, "break"):
		return retrieval.Answer{}, errors.New("disk on fire at /secret/path")
	}
	c := englishCitation(1)
	c.Quote.Text = q.Text
	return retrieval.Answer{Language: frame(q.Text, text.English), Verdict: retrieval.Answered, Articles: 1, Citations: []retrieval.Citation{c}}, nil
}

// A shelf is a [Library] of two outlets and one article.
type shelf struct{}

func (shelf) Outlets(context.Context) ([]Outlet, error) {
	return []Outlet{{"newsbot sample desk", 3}, {"", 1}}, nil
}

func (shelf) Article(_ context.Context, id string) (corpus.Article, error) {
	if id != englishCitation(1).ArticleID {
		return corpus.Article{}, corpus.ErrNotFound
	}
	return corpus.Article{ID: id, Title: "Summit ends in Anchorage", Language: text.English, Body: "The whole story."}, nil
}

func TestChat(t *testing.T) {
	tests := []struct {
		name  string
		input string
		want  []string // in this order
	}{
		{"end of input", "", []string{"Ask about the news", "> ", "Goodbye."}},
		{"quit", "/quit\nnever asked\n", []string{"> ", "Goodbye."}},
		{"a question", "Where did they meet?\n", []string{"This is what the coverage says:", "“Where did they meet?”", "> "}},
		{"no line feed at the end", "Where?", []string{"“Where?”"}},
		{"windows line ends", "Where?\r\n/quit\r\n", []string{"“Where?”", "Goodbye."}},
		{"an Arabic question", "أين اجتمعا؟\n", []string{"هذا ما ورد في التغطية:", "أين اجتمعا؟", "إلى اللقاء."}},
		{"empty lines", "\n  \n", []string{"> > > ", "Goodbye."}},
		{"emoji", "👍👍\n", []string{"I found no question in this message."}},
		{"emoji after an Arabic question", "أين؟\n👍\n", []string{"لم أجد سؤالًا في هذه الرسالة."}},
		{"French", "Où a eu lieu le sommet ?\n", []string{"This is what the coverage says:"}},
		{"an error", "please break\n", []string{"An internal error kept me from answering."}},
		{"an error in Arabic", "هل سيحدث break الآن؟\n", []string{"تعذّرت الإجابة بسبب خطأ داخلي."}},
		{"10,000 characters", strings.Repeat("سؤال ", 2000) + "\nWhere?\n", []string{"السؤال طويل جدًّا.", "1000", "“Where?”"}},
		{"a line of 1 MB", strings.Repeat("a", 1<<20) + "\nWhere?\n", []string{"The question is too long.", "“Where?”"}},
		{"a line of 1 MB without end", strings.Repeat("a", 1<<20), []string{"The question is too long.", "Goodbye."}},
		{"help", "/help\n", []string{"/sources", "/read N", "/quit"}},
		{"help in Arabic", "أين؟\n/help\n", []string{"اكتب سؤالًا", "/sources", "الخروج"}},
		{"sources", "/sources\n", []string{"newsbot sample desk: 3", "outlet unknown: 1"}},
		{"read a citation", "Where?\n/read 1\n", []string{"article qrstuvwxyz234567", "The whole story."}},
		{"read a mark", "Where?\n/read [1]\n", []string{"The whole story."}},
		{"read an ID", "/read qrstuvwxyz234567\n", []string{"The whole story."}},
		{"read an ID in capitals", "/READ QRSTUVWXYZ234567\n", []string{"The whole story."}},
		{"quit in capitals", "/QUIT\nnever asked\n", []string{"> Goodbye."}},
		{"read nothing", "/read\n", []string{"Write the number of a citation"}},
		{"read the unknown", "/read 7\n", []string{"There is no article with this number or ID."}},
		{"unknown command", "/frobnicate\n", []string{"I do not know this command."}},
		{"terminal escapes in a question", "Where \x1b[2J now?\n", []string{"“Where \uFFFD[2J now?”"}},
		{"invalid UTF-8", "Where \xff now?\n", []string{"“Where \uFFFD now?”"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			c := &Chat{Asker: askFunc(echo), Library: shelf{}, In: strings.NewReader(tt.input), Out: &out}
			if err := c.Run(t.Context()); err != nil {
				t.Fatalf("Run: %v", err)
			}
			containsInOrder(t, out.String(), tt.want)
			if strings.Contains(out.String(), "secret") {
				t.Errorf("the conversation shows what is inside:\n%s", out.String())
			}
			checkTame(t, out.String())
		})
	}
}

// What the reader is not told is in the log, without the question.
func TestChatLogsInternalErrors(t *testing.T) {
	var out, log bytes.Buffer
	c := &Chat{
		Asker: askFunc(echo), Library: shelf{}, In: strings.NewReader("please break\n👍\n"), Out: &out,
		Logger: slog.New(slog.NewTextHandler(&log, nil)),
	}
	if err := c.Run(t.Context()); err != nil {
		t.Fatalf("Run: %v", err)
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "disk on fire") || strings.Contains(got, "please break") {
		t.Errorf("the log is %q, want one line about the disk", got)
	}
}

func containsInOrder(t *testing.T, s string, want []string) {
	t.Helper()
	rest := s
	for _, w := range want {
		_, after, found := strings.Cut(rest, w)
		if !found {
			t.Fatalf("the conversation lacks %q, in the order %q:\n%s", w, want, s)
		}
		rest = after
	}
}

// A reader who interrupts leaves at once, whether the chat waits for a line or
// for an answer, and nothing is left running when the input ends.
func TestChatInterrupted(t *testing.T) {
	t.Run("at the prompt", func(t *testing.T) {
		defer goleak.VerifyNone(t)
		ctx, cancel := context.WithCancel(t.Context())
		in, typing := io.Pipe()
		out := &watched{after: prompt, do: cancel}
		c := &Chat{Asker: askFunc(echo), Library: shelf{}, In: in, Out: out}
		if err := c.Run(ctx); err != nil {
			t.Errorf("Run = %v, want nil", err)
		}
		_ = typing.Close()
	})
	t.Run("in an answer", func(t *testing.T) {
		defer goleak.VerifyNone(t)
		ctx, cancel := context.WithCancel(t.Context())
		slow := func(ctx context.Context, _ retrieval.Question) (retrieval.Answer, error) {
			cancel()
			<-ctx.Done()
			return retrieval.Answer{}, ctx.Err()
		}
		var out bytes.Buffer
		c := &Chat{Asker: askFunc(slow), Library: shelf{}, In: strings.NewReader("Where?\nWhen?\n"), Out: &out}
		if err := c.Run(ctx); err != nil {
			t.Errorf("Run = %v, want nil", err)
		}
		if strings.Contains(out.String(), "internal error") || !strings.HasSuffix(out.String(), "Goodbye.\n") {
			t.Errorf("an interrupted answer says %q", out.String())
		}
	})
}

// A watched writer calls do once, after it was given a text.
type watched struct {
	mu    sync.Mutex
	after string
	do    func()
	seen  strings.Builder
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen.Write(p)
	if w.do != nil && strings.HasSuffix(w.seen.String(), w.after) {
		w.do()
		w.do = nil
	}
	return len(p), nil
}

type broken struct{}

func (broken) Read([]byte) (int, error)  { return 0, errors.New("unplugged") }
func (broken) Write([]byte) (int, error) { return 0, errors.New("unplugged") }

func TestChatBrokenStreams(t *testing.T) {
	c := &Chat{Asker: askFunc(echo), Library: shelf{}, In: broken{}, Out: io.Discard}
	if err := c.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "reading a question: unplugged") {
		t.Errorf("Run with a broken input = %v", err)
	}
	c = &Chat{Asker: askFunc(echo), Library: shelf{}, In: strings.NewReader("Where?\n"), Out: broken{}}
	if err := c.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "unplugged") {
		t.Errorf("Run with a broken output = %v", err)
	}
}

func TestChatIndexing(t *testing.T) {
	var out bytes.Buffer
	c := &Chat{Out: &out}
	c.prompt()
	for _, left := range []int{28, 27, 15, 14, 13, 8, 7, 4, 2, 0, 0} {
		c.Indexing(left)
	}
	var shown []string
	for _, l := range strings.Split(out.String(), "\n") {
		if _, n, ok := strings.Cut(l, "left: "); ok {
			shown = append(shown, n)
		}
	}
	if got, want := strings.Join(shown, " "), "28 14 7 2"; got != want {
		t.Errorf("Indexing showed %s, want %s", got, want)
	}
	if !strings.HasSuffix(out.String(), "All articles are indexed.\n> ") {
		t.Errorf("Indexing ended with %q, want the prompt again", out.String())
	}
}

// A conversation that moves counts the articles to be indexed anew.
func TestChatMoved(t *testing.T) {
	var out bytes.Buffer
	c := &Chat{Out: &out}
	c.prompt()
	c.Indexing(8)
	c.Moved(7)
	c.Indexing(7)
	c.setLanguage(text.Arabic)
	c.answered()
	c.Moved(2)
	want := "> \rIndexing goes on in the background, you can ask already. Articles left: 8\n" +
		"> \rFrom now on this chat is about your own articles: 7\n" +
		"> \rIndexing goes on in the background, you can ask already. Articles left: 7\n" +
		"> صارت هذه المحادثة عن مقالاتك أنت، وعددها: 2\n"
	if got := out.String(); got != want {
		t.Errorf("the conversation reads %q, want %q", got, want)
	}
}

// A question that waits says so before its answer, without a prompt between.
func TestChatWaiting(t *testing.T) {
	var out bytes.Buffer
	c := &Chat{Library: shelf{}, In: strings.NewReader("أين؟\n"), Out: &out}
	c.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		c.Waiting()
		return echo(ctx, q)
	})
	if err := c.Run(t.Context()); err != nil {
		t.Fatalf("Run: %v", err)
	}
	containsInOrder(t, out.String(), []string{"> لحظة من فضلك: يجري تجهيز المقالات.\n\nهذا ما ورد في التغطية:"})
}

// Progress comes from another goroutine than the conversation.
func TestChatIndexingWhileTalking(t *testing.T) {
	c := &Chat{Asker: askFunc(echo), Library: shelf{}, In: strings.NewReader(strings.Repeat("Where?\nأين؟\n", 50)), Out: &watched{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for left := range 1000 {
			c.Indexing(1000 - left)
		}
	}()
	if err := c.Run(t.Context()); err != nil {
		t.Errorf("Run: %v", err)
	}
	<-done
}

func FuzzChat(f *testing.F) {
	f.Add("Where?\n/read 1\n/quit\n")
	f.Add("/read -1\n/read [[1]]\n\x00\xff\n")
	f.Add(strings.Repeat("x", maxLine) + "\n/help")
	f.Fuzz(func(t *testing.T, input string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var out bytes.Buffer
		c := &Chat{Asker: askFunc(echo), Library: shelf{}, In: strings.NewReader(input), Out: &out}
		if err := c.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
		checkTame(t, out.String())
	})
}
