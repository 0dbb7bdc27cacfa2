package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A Chat is a conversation in a terminal: a prompt, a line in, an answer out.
// Its methods are safe to use while Run runs; Run itself is called once.
// It shows the same replies as Telegram does: a button is a line "#1 Undo", and
// the line "#1", or «#١», presses it.
type Chat struct {
	Dialogue *Dialogue
	In       io.Reader
	Out      io.Writer

	event   int64                                     // number of the last event
	buttons []Button                                  // shown last; they stay until there are others
	then    func(context.Context) ([][]Button, error) // of the last reply; nil for nothing
	asked   string                                    // by the last message, if it asked for something
	paste   *paste                                    // the article that is being pasted; nil for none

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
		if err := c.print(c.suggestions(ctx)); err != nil {
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
	if c.paste != nil {
		return // no prompts between the lines of an article
	}
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

// reply returns what to say to a line, "" for nothing; its only errors are
// errQuit and those of ctx.
func (c *Chat) reply(ctx context.Context, l input) (string, error) {
	s := strings.TrimSpace(text.Valid(l.text))
	e := c.newEvent()
	pressed := text.FoldDigits(s)
	switch button := c.button(pressed); {
	case c.paste != nil:
		return c.pasteLine(ctx, l)
	case s == "":
		return "", nil
	case button != "":
		e.Press, e.Fixed = button, true
	case strings.HasPrefix(pressed, "#") && isNumber(pressed[1:]):
		return say(c.language, keyButtonStale) + "\n", nil
	case strings.HasPrefix(s, "/") && (Event{Text: s}).words() == wordedCommand{}:
		return c.command(ctx, e, s, l.cut)
	default:
		e.Text = s
		if c.asked != "" {
			e.Replied = &Replied{Text: c.asked, FromBot: true}
		} else {
			c.setLanguage(frame(s, c.language))
		}
	}
	return c.handle(ctx, e)
}

func (c *Chat) handle(ctx context.Context, e Event) (string, error) {
	reply, err := c.Dialogue.Handle(ctx, e)
	if err != nil {
		return "", err
	}
	c.then = reply.Then
	return c.show(reply, e), nil
}

// command runs a command: the terminal's own, or one of the dialogue's.
func (c *Chat) command(ctx context.Context, e Event, s string, cut bool) (string, error) {
	name, argument, _ := strings.Cut(s, " ")
	e.Command, e.Argument = strings.ToLower(name[1:]), strings.TrimSpace(argument)
	switch {
	case cut:
		return say(c.language, keyAddCut) + "\n", nil
	case e.Command == "quit":
		return "", errQuit
	case e.Command == "add" && e.Argument == "":
		c.paste = &paste{}
		return say(c.language, keyAddPaste) + "\n", nil
	}
	return c.handle(ctx, e)
}

// A paste is an article that comes line by line.
type paste struct {
	lines []string
	bytes int
	lost  bool // it is too long to be added
}

// pasteLine takes a line of the article that is being pasted. A line too long to
// be kept, or too many, give the article up: it is never stored in part, and
// what follows of it is not taken for questions.
func (c *Chat) pasteLine(ctx context.Context, l input) (string, error) {
	p := c.paste
	switch end := strings.TrimSpace(l.text); {
	case end == "/cancel":
		c.paste = nil
		return say(c.language, keyAddCancelled) + "\n", nil
	case end != ".":
		p.add(l)
		return "", nil
	}
	c.paste = nil
	if p.lost {
		return say(c.language, keyAddCut) + "\n", nil
	}
	e := c.newEvent()
	e.Command, e.Argument = "add", strings.Join(p.lines, "\n")
	return c.handle(ctx, e)
}

// add adds a line, unless the article gets too long by it.
func (p *paste) add(l input) {
	p.bytes += len(l.text) + 1
	if p.lost = p.lost || l.cut || p.bytes > corpus.MaxBody; p.lost {
		p.lines = nil
		return
	}
	p.lines = append(p.lines, l.text)
}

// setLanguage is for Run's goroutine, the only one that changes the language and
// therefore reads it without the lock.
func (c *Chat) setLanguage(lang text.Language) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.language = lang
}

// newEvent returns an event of the person at the terminal. Its number is
// negative, so that it is never one of Telegram's, and unlike any before.
func (c *Chat) newEvent() Event {
	c.event = min(c.event-1, -c.Dialogue.Now().UnixNano())
	return Event{ID: c.event, Person: Person{LanguageCode: string(c.language)}}
}

// button returns the data of the button that a line presses, "" for none.
func (c *Chat) button(s string) string {
	for i, b := range c.buttons {
		if s == "#"+strconv.Itoa(i+1) {
			return b.Data
		}
	}
	return ""
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// show renders a reply and remembers what can be pressed.
func (c *Chat) show(r Reply, e Event) string {
	messages := r.Messages
	if r.Edit != nil {
		messages = append(messages, *r.Edit)
	}
	var b strings.Builder
	if r.Notice != "" {
		b.WriteString(r.Notice + "\n")
	}
	for _, m := range messages {
		if m.Chat != 0 {
			continue // nothing can be sent to Telegram from here
		}
		c.setLanguage(m.Document.language)
		if len(m.Buttons) > 0 {
			c.buttons = nil
		}
		shown := m.Document.Text()
		if c.asked = ""; m.Asks {
			c.asked = shown
		}
		b.WriteString("\n" + shown)
		for _, row := range m.Buttons {
			b.WriteString(c.row(row, m.Document.language) + "\n")
		}
		b.WriteString("\n")
	}
	if e.Command == "help" || e.Replied == nil && e.words().command == "help" {
		b.WriteString(terminalHelp(c.language))
	}
	return b.String()
}

// row shows a row of buttons by their numbers, and remembers them.
func (c *Chat) row(row []Button, lang text.Language) string {
	var labels []string
	for _, button := range row {
		c.buttons = append(c.buttons, button)
		labels = append(labels, isolate("#"+strconv.Itoa(len(c.buttons)), lang)+" "+isolate(button.Label, lang))
	}
	return strings.Join(labels, "   ")
}

// terminalHelp is what only a terminal needs to be told.
func terminalHelp(lang text.Language) string {
	d := Document{language: lang}
	d.add(helpLine("#N", "", say(lang, keyHelpPress)), helpLine("/quit", "", say(lang, keyHelpQuit)))
	return d.Text() + "\n"
}
