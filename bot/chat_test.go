package bot

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// talk has a conversation in a terminal and returns what is on the screen.
func talk(t *testing.T, w *world, input string) string {
	t.Helper()
	var out bytes.Buffer
	c := terminal(w, strings.NewReader(input), &out)
	if err := c.Run(t.Context()); err != nil {
		t.Fatalf("Run: %v", err)
	}
	checkTame(t, out.String())
	return out.String()
}

// terminal is a chat whose person may do everything.
func terminal(w *world, in io.Reader, out io.Writer) *Chat {
	w.Admin = func(int64) bool { return true }
	return &Chat{Dialogue: w.Dialogue, In: in, Out: out}
}

// echo answers with the question as the quote, and breaks when it is told to.
func echo(w *world) {
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		if strings.Contains(q.Text, "break") {
			return retrieval.Answer{}, errDisk
		}
		if a, err := w.Ask(ctx, q); err != nil {
			return a, err
		}
		c := englishCitation(1)
		c.ArticleID, c.Quote.Text = w.articles()[0].ID, q.Text
		return retrieval.Answer{Language: frame(q.Text, text.English), Verdict: retrieval.Answered, Articles: 1, Citations: []retrieval.Citation{c}}, nil
	})
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
		{"help", "/help\n", []string{"/sources", "/read N", "/add …", "#N", "/quit"}},
		{"help in Arabic", "أين؟\n/help\n", []string{"اكتب سؤالك", "/sources", "إنهاء المحادثة"}},
		{"sources", "/sources\n", []string{"newsbot sample desk: 1"}},
		{"read a citation", "Where?\n/read 1\n", []string{"Summit ends in Anchorage", "The leaders took no questions."}},
		{"read a mark", "Where?\n/read [1]\n", []string{"The leaders took no questions."}},
		{"read an ID", "/read ID\n", []string{"The leaders took no questions."}},
		{"read an ID in capitals", "/READ ID\n", []string{"The leaders took no questions."}},
		{"quit in capitals", "/QUIT\nnever asked\n", []string{"> Goodbye."}},
		{"read nothing", "/read\n", []string{"Write the number of a citation"}},
		{"read the unknown", "/read 7\n", []string{"There is no article with this number or ID."}},
		{"unknown command", "/frobnicate\n", []string{"I do not know this command."}},
		{"terminal escapes in a question", "Where \x1b[2J now?\n", []string{"“Where \uFFFD[2J now?”"}},
		{"invalid UTF-8", "Where \xff now?\n", []string{"“Where \uFFFD now?”"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.put(englishStory())
			echo(w)
			got := talk(t, w, strings.ReplaceAll(tt.input, "ID", a.ID))
			containsInOrder(t, got, tt.want)
			if strings.Contains(got, "secret") {
				t.Errorf("the conversation shows what is inside:\n%s", got)
			}
		})
	}
}

// What the reader is not told is in the log, without the question.
func TestChatLogsInternalErrors(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	echo(w)
	talk(t, w, "please break\n👍\n")
	if got := w.log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "disk on fire") || strings.Contains(got, "please break") {
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
		w := newWorld(t)
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		in, typing := io.Pipe()
		out := &watched{after: prompt, do: cancel}
		c := terminal(w, in, out)
		if err := c.Run(ctx); err != nil {
			t.Errorf("Run = %v, want nil", err)
		}
		_ = typing.Close()
	})
	t.Run("in an answer", func(t *testing.T) {
		w := newWorld(t)
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		slow := func(ctx context.Context, _ retrieval.Question) (retrieval.Answer, error) {
			cancel()
			<-ctx.Done()
			return retrieval.Answer{}, ctx.Err()
		}
		w.Asker = askFunc(slow)
		var out bytes.Buffer
		c := terminal(w, strings.NewReader("Where?\nWhen?\n"), &out)
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
	c := terminal(newWorld(t), broken{}, io.Discard)
	if err := c.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "reading a question: unplugged") {
		t.Errorf("Run with a broken input = %v", err)
	}
	c = terminal(newWorld(t), strings.NewReader("Where?\n"), broken{})
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
	w := newWorld(t)
	w.put(arabicStory())
	c := terminal(w, strings.NewReader(question("ar")+"\n"), &out)
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		c.Waiting()
		return w.Ask(ctx, q)
	})
	if err := c.Run(t.Context()); err != nil {
		t.Fatalf("Run: %v", err)
	}
	containsInOrder(t, out.String(), []string{"> لحظة من فضلك: يجري تجهيز المقالات.\n\nهذا ما ورد في التغطية:"})
}

// Progress comes from another goroutine than the conversation.
func TestChatIndexingWhileTalking(t *testing.T) {
	c := terminal(newWorld(t), strings.NewReader(strings.Repeat("Where?\nأين؟\n", 50)), &watched{})
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

// TestChatEditing has the conversation of an owner with his collection.
func TestChatEditing(t *testing.T) {
	const added = "Added:\n\nTalks began on Friday, an Egyptian official said.\nOutlet: unknown\n"
	tests := []struct {
		name  string
		input string
		want  []string // in this order
		n     int      // articles in the end
	}{
		{"in the line", "/add " + undated + "\n", []string{"> \n" + added, "Words: 16", "#1 Undo   #2 Edit\n\n> "}, 1},
		{"pasted", "/add\n" + strings.ReplaceAll(undated, ". ", ".\n\n") + "\n.\n", []string{"> Paste the text", added, "Words: 16", "> "}, 1},
		{"pasted with a line that looks like a command", "/ADD\n/quit is no command here.\n#1 neither.\n . \n", []string{"Added:\n\n/quit is no command here.", "> "}, 1},
		{"pasted, questions between", "/add\nWhere is it?\n.\nWhen, then?\n", []string{"Added:", "> ", "The coverage has no answer"}, 1},
		{"pasting given up", "/add\n" + undated + "\n/cancel\n/cancel\n", []string{"All right, nothing was added.", "There is nothing to cancel."}, 0},
		{"pasting not ended", "/add\n" + undated + "\n", []string{"Paste the text", "Goodbye."}, 0},
		{"pasted nothing", "/add\n\n.\n", []string{"Paste the text", "Write the text of the article"}, 0},
		{"a line too long in a paste", "/add\n" + strings.Repeat("a", 100_000) + "\nWhere?\n.\nWhen?\n", []string{"Paste the text", "The text is longer than can be entered here", "There are no articles yet"}, 0},
		{"a paste too long", "/add\n" + strings.Repeat(strings.Repeat("a ", 30_000)+"\n", 100) + ".\n", []string{"The text is longer than can be entered here", "> "}, 0},
		{"a line too long", "/add " + strings.Repeat("a", 100_000) + "\nWhere?\n", []string{"The text is longer than can be entered here", "There are no articles yet"}, 0},
		{"undo", "/add " + undated + "\n#1\n#1\n", []string{"Added:", "Undone. The article is no longer there: Talks", "There is nothing left to undo."}, 0},
		{"set the date", "/add " + undated + "\n#2\n#3\n15 August 2025\n", []string{"When was this article published?", "Changed:", "Date: 15 August 2025"}, 1},
		{"set the title, a question", "/add " + undated + "\n#2\n#2\nWhat next?\n", []string{"What is the title", "Changed:\n\nWhat next?"}, 1},
		{"not set after all", "/add " + undated + "\n#2\n#3\n/cancel\nEgyptian\n", []string{"the article stays as it is", "This is what the coverage says:"}, 1},
		{"remove", "/add ---\n/remove aaaaaaaaaaaaaaaa\n/list\n/status\n", []string{"There is no article", "There are no articles yet.", "Articles: 0", "Version: 1.2.3"}, 0},
		{"a button there is not", "#1\n#0\n#-1\n/add " + undated + "\n#5\n", []string{"no longer works", "no longer works", "no longer works", "Added:", "no longer works"}, 1},
		{"a hashtag is a question", "/add " + undated + "\n#Egyptian talks\n", []string{"This is what the coverage says:"}, 1},
		{"Arabic digits", "/add " + undated + "\n#١\n#٧\n", []string{"Added:", "Undone.", "no longer works"}, 0},
		{"Arabic", "أين؟\n/add " + arabicDispatch[:strings.Index(arabicDispatch, "\n")] + "\n#1\n", []string{"أُضيف المقال:", "#1 تراجع", "أُلغيت الإضافة"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			containsInOrder(t, talk(t, w, tt.input), tt.want)
			if n := len(w.articles()); n != tt.n {
				t.Errorf("there are %d articles, want %d", n, tt.n)
			}
		})
	}
}

// The buttons of an answer can be pressed until there are others.
func TestChatButtons(t *testing.T) {
	w := newWorld(t)
	w.put(arabicStory())
	w.put(englishStory())
	containsInOrder(t, talk(t, w, "What of the talks in Anchorage, أنكوراج?\n#2\n#1\n#1\n/help\n#2\n#5\n#3\n#1\n"), []string{
		"“The summit ended in Anchorage on Friday.”", "#1 Passage [1]   #2 Passage [2]\n#3 Only Arabic   #4 Only English\n\n> ",
		"أسئلة الصحفيين", "> ",
		"The leaders took no questions.”", "> ",
		"The leaders took no questions.”", "> ",
		"#N – press button N", "> ",
		"أسئلة الصحفيين", "> This button no longer works.\n> ",
		"View: Only Arabic", "اختتمت القمة", "#1 Passage [1]\n#2 Only English   #3 All languages\n\n> ",
		"أسئلة الصحفيين", "> ",
	})
	containsInOrder(t, talk(t, w, "/start\n#1\n/language\n#1\n/sources\n"), []string{
		"#1 Ask [1]", "This is what the coverage says:", "#1 " + fsi + "العربية" + pdi + "   #2 English", "سأخاطبك بالعربية", "مصادر المقالات:",
	})
}

// What is done in two terminals one after the other has different numbers.
func TestChatEventNumbers(t *testing.T) {
	w := newWorld(t)
	seen := map[int64]bool{}
	for range 2 {
		c := terminal(w, nil, nil)
		for range 3 {
			if id := c.newEvent().ID; id >= 0 || seen[id] {
				t.Errorf("an event has the number %d", id)
			} else {
				seen[id] = true
			}
		}
		w.now = w.now.Add(time.Second)
	}
}

func FuzzChat(f *testing.F) {
	f.Add("Where?\n/read 1\n/quit\n")
	f.Add("/read -1\n/read [[1]]\n\x00\xff\n")
	f.Add(strings.Repeat("x", maxLine) + "\n/help")
	f.Add("/add\nTalks began.\n.\n#1\n#2\n15 August 2025\n/list\n/status\n")
	f.Add("/add x\n#4\n\x1b[2J\n/language ar\n/add \u202e\n/start\n#1\n/id\n/remove x\n/cancel\n/language en\n")
	w := newWorld(f)
	w.put(englishStory())
	f.Fuzz(func(t *testing.T, input string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		w.t = t
		var out bytes.Buffer
		if err := terminal(w, strings.NewReader(input), &out).Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
		checkTame(t, out.String())
	})
}
