package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// An Asker answers questions; [retrieval.Engine] is one.
type Asker interface {
	// Ask answers q. Its errors are [retrieval.ErrEmptyQuestion],
	// [retrieval.ErrTooLong], those of ctx, or internal ones.
	Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error)
}

// A Library knows the articles that a conversation is about; [corpus.Store]'s
// methods serve it.
type Library interface {
	// Outlets returns the outlets and how many articles each has.
	Outlets(ctx context.Context) ([]Outlet, error)
	// Article returns an article, or an error that is [fs.ErrNotExist].
	Article(ctx context.Context, id string) (corpus.Article, error)
}

// An Outlet is where articles are from.
type Outlet struct {
	Name     string // "" when unknown
	Articles int
}

// A Chat is a conversation in a terminal: a prompt, a line in, an answer out.
// Its methods are safe to use while Run runs; Run itself is called once.
type Chat struct {
	Asker   Asker
	Library Library
	In      io.Reader
	Out     io.Writer
	Logger  *slog.Logger // gets the internal errors; nil discards

	cited []retrieval.Citation // by the last answer

	mu        sync.Mutex    // guards Out and what follows
	prompting bool          // the prompt is the last thing on the screen
	language  text.Language // of the last question
	left      int           // articles to be indexed when that was last shown
}

// errQuit ends a conversation on the reader's wish.
var errQuit = errors.New("quit")

const prompt = "> "

// Run talks until the reader leaves, the input ends or ctx does, all of which
// return nil: only a broken input or output is an error. A read of In that is
// under way when ctx ends is left behind.
func (c *Chat) Run(ctx context.Context) error {
	if err := c.print(say(text.Arabic, keyGreeting) + "\n" + say(text.English, keyGreeting) + "\n"); err != nil {
		return err
	}
	lines := newLineReader(c.In)
	defer lines.stop()
	for {
		c.prompt()
		line, err := lines.next(ctx)
		c.answered()
		if ctx.Err() != nil || errors.Is(err, io.EOF) {
			return c.print("\n" + say(c.language, keyGoodbye) + "\n")
		}
		if err != nil {
			return fmt.Errorf("reading a question: %w", err)
		}
		reply, err := c.reply(ctx, line)
		if err != nil || ctx.Err() != nil {
			return c.print(say(c.language, keyGoodbye) + "\n")
		}
		if err := c.print(reply); err != nil {
			return err
		}
	}
}

// Indexing shows how many articles are still to be indexed, without losing the
// prompt. It may be called often: it shows the first number, then whenever that
// has halved, and the end.
func (c *Chat) Indexing(left int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fewer := left > 0 && left < c.left
	if left == c.left || fewer && 2*left > c.left {
		return
	}
	c.left = left
	if left == 0 {
		c.note(say(c.language, keyIndexed))
		return
	}
	c.note(say(c.language, keyIndexing, left))
}

// Moved says that the conversation is from now on about other articles: the n
// that the reader has imported. Their indexing is shown from the start.
func (c *Chat) Moved(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left = 0
	c.note(say(c.language, keyMoved, n))
}

// Waiting says that a question waits until the articles are indexed, so that the
// conversation does not look dead.
func (c *Chat) Waiting() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.note(say(c.language, keyWaiting))
}

// note shows a line that nobody asked for; c.mu is held.
func (c *Chat) note(s string) {
	if c.prompting {
		s = "\r" + s
	}
	s += "\n"
	if c.prompting {
		s += prompt
	}
	_, _ = io.WriteString(c.Out, s) // the next prompt finds out what is wrong
}

func (c *Chat) prompt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prompting = true
	_, _ = io.WriteString(c.Out, prompt)
}

// answered notes that the reader has ended the prompt's line.
func (c *Chat) answered() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prompting = false
}

func (c *Chat) print(s string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := io.WriteString(c.Out, s); err != nil {
		return fmt.Errorf("writing to the terminal: %w", err)
	}
	return nil
}

// reply returns what to say to a line, "" for nothing; its only error is
// errQuit.
func (c *Chat) reply(ctx context.Context, l line) (string, error) {
	s := strings.TrimSpace(text.Valid(l.text))
	if strings.HasPrefix(s, "/") && !l.cut {
		return c.command(ctx, s)
	}
	if s == "" {
		return "", nil
	}
	c.setLanguage(frame(s, c.language))
	if l.cut {
		return c.sorry(retrieval.ErrTooLong), nil
	}
	return c.ask(ctx, s), nil
}

// setLanguage is for Run's goroutine, the only one that changes the language and
// therefore reads it without the lock.
func (c *Chat) setLanguage(lang text.Language) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.language = lang
}

func (c *Chat) ask(ctx context.Context, question string) string {
	a, err := c.Asker.Ask(ctx, retrieval.Question{Text: question})
	if err != nil {
		return c.sorry(err)
	}
	c.cited = a.Citations
	return "\n" + PlainText(a) + "\n"
}

// sorry says that something went wrong, and logs what only the log is to know.
func (c *Chat) sorry(err error) string {
	said := ErrorText(c.language, err)
	if c.Logger != nil && said == say(c.language, keyInternal) && !errors.Is(err, context.Canceled) {
		c.Logger.Error("answering", slog.Any("error", err))
	}
	return said + "\n"
}

// ErrorText returns the sentence that tells a reader why a question was not
// answered. It says nothing of the inside: log the error for that.
func ErrorText(lang text.Language, err error) string {
	switch {
	case errors.Is(err, retrieval.ErrEmptyQuestion):
		return say(lang, keyEmptyQuestion)
	case errors.Is(err, retrieval.ErrTooLong):
		return say(lang, keyTooLong, retrieval.MaxQuestion)
	}
	return say(lang, keyInternal)
}

// frame is the language to reply in: that of the question, English to one in
// neither language, and as before when there are no letters to tell by.
func frame(question string, before text.Language) text.Language {
	switch {
	case !strings.ContainsFunc(question, unicode.IsLetter):
		return before
	case text.Detect(question) == text.Arabic:
		return text.Arabic
	}
	return text.English
}

func (c *Chat) command(ctx context.Context, s string) (string, error) {
	name, argument, _ := strings.Cut(s, " ")
	switch strings.ToLower(name) {
	case "/quit":
		return "", errQuit
	case "/help":
		return say(c.language, keyHelp) + "\n", nil
	case "/sources":
		return c.sources(ctx), nil
	case "/read":
		return c.read(ctx, strings.TrimSpace(argument)), nil
	}
	return say(c.language, keyUnknownCommand) + "\n", nil
}

func (c *Chat) sources(ctx context.Context) string {
	outlets, err := c.Library.Outlets(ctx)
	if err != nil {
		return c.sorry(err)
	}
	if len(outlets) == 0 {
		return say(c.language, keySourcesNone) + "\n"
	}
	var b strings.Builder
	fmt.Fprintln(&b, say(c.language, keySourcesHeading))
	for _, o := range outlets {
		name := PrintableLine(orElse(o.Name, c.language, keyOutletUnknown), c.language)
		fmt.Fprintln(&b, say(c.language, keySourcesRow, name, o.Articles))
	}
	return b.String()
}

// read shows the article of a citation's number or of an id.
func (c *Chat) read(ctx context.Context, which string) string {
	if which == "" {
		return say(c.language, keyReadWhat) + "\n"
	}
	a, err := c.Library.Article(ctx, c.articleID(which))
	if errors.Is(err, fs.ErrNotExist) {
		return say(c.language, keyReadUnknown) + "\n"
	}
	if err != nil {
		return c.sorry(err)
	}
	return "\n" + ArticleText(a, c.language) + "\n"
}

// articleID returns the ID that a citation's number or an ID in any case stands
// for.
func (c *Chat) articleID(which string) string {
	n, err := strconv.Atoi(strings.Trim(which, "[]"))
	if err != nil {
		return strings.ToLower(which)
	}
	for _, cited := range c.cited {
		if cited.N == n {
			return cited.ArticleID
		}
	}
	return strings.ToLower(which)
}
