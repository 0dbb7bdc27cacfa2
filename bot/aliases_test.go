package bot

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/retrieval/lexicon"
)

const zelensky = "/alias Zelensky = زيلينسكي"

// join makes an admin join names.
func (w *world) join(pairs ...string) {
	w.t.Helper()
	for _, p := range pairs {
		if r := w.send(admin, "/alias "+p); len(r.Messages) != 1 || len(r.Messages[0].Buttons) != 1 {
			w.t.Fatalf("/alias %s: %s", p, show(r))
		}
	}
}

// aliases returns the aliases, each in one piece.
func (w *world) aliases() []string {
	w.t.Helper()
	all, err := w.Aliases.All()
	if err != nil {
		w.t.Fatal(err)
	}
	joined := make([]string, len(all))
	for i, alias := range all {
		joined[i] = strings.Join(alias, "=")
	}
	return joined
}

// aliasConversations are about names.
func aliasConversations() map[string]func(w *world) Reply {
	say := func(messages ...string) func(w *world) Reply {
		return func(w *world) (r Reply) {
			for _, m := range messages {
				r = w.send(admin, m)
			}
			return r
		}
	}
	undone := func(messages ...string) func(w *world) Reply {
		return func(w *world) Reply { return w.press(admin, firstButton(say(messages...)(w))) }
	}
	many := func(w *world) {
		for i := range 23 {
			w.join(fmt.Sprintf("Name%d x = اسم%d س", i, i))
		}
	}
	return map[string]func(w *world) Reply{
		"alias":           say(zelensky),
		"alias-joined":    say(zelensky, "/alias Zelenskyy = زيلينسكي"),
		"alias-known":     say(zelensky, "/alias زيلينسكى = ZELENSKY"),
		"alias-what":      say("/alias Zelensky"),
		"alias-none":      say("/alias"),
		"alias-list":      say(zelensky, "/alias Gaddafi = Qaddafi", "/alias ترامب = ترمب", "/alias"),
		"alias-list-page": func(w *world) Reply { many(w); return w.press(admin, "a:10") },
		"alias-many-names": func(w *world) Reply {
			for i := range mostNames + 2 {
				w.join(fmt.Sprintf("Zelensky = زيلينسكي%c", []rune("بتثجحخدذرز")[i]))
			}
			return w.send(admin, "/alias")
		},
		"alias-long":       say("/alias Zelensky = " + strings.Repeat("ز", lexicon.MaxName+1)),
		"alias-letters":    say("/alias قناة MBC = MBC"),
		"alias-common":     say("/alias of the = زيلينسكي"),
		"alias-same":       say("/alias Zelensky = zelensky"),
		"alias-undone":     undone(zelensky),
		"alias-undone-two": undone("/alias Gaddafi = القذافي", "/alias Qaddafi = قذافي", "/alias Gaddafi = Qaddafi"),
		"alias-later": func(w *world) Reply {
			first := w.send(admin, zelensky)
			w.join("Zelensky = زلنسكي")
			return w.press(admin, firstButton(first))
		},
		"alias-full":      refusing(lexicon.ErrFull),
		"alias-crowded":   refusing(lexicon.ErrCrowded),
		"alias-busy":      refusing(fmt.Errorf("changing: %w", corpus.ErrLocked)),
		"unalias":         say(zelensky, "/unalias zelensky"),
		"unalias-one":     say(zelensky, "/alias Zelensky = زلنسكي", "/unalias زيلينسكي"),
		"unalias-what":    say("/unalias"),
		"unalias-unknown": say("/unalias Zelensky"),
		"unalias-undone":  undone(zelensky, "/unalias Zelensky"),
	}
}

// refusing is a conversation in which names cannot be changed.
func refusing(err error) func(w *world) Reply {
	return func(w *world) Reply {
		w.Aliases = refusal{w.Aliases, err}
		return w.send(admin, zelensky)
	}
}

type refusal struct {
	Aliases
	err error
}

func (r refusal) Apply(context.Context, lexicon.Change) error { return r.err }

func TestAlias(t *testing.T) {
	tests := []struct {
		name, message string
		says          string
		want          []string
	}{
		{"spaces", "/alias   Zelensky\t=\u00a0زيلينسكي  ", "From now on", []string{"Zelensky=زيلينسكي"}},
		{"no spaces", "/alias Zelensky=زيلينسكي", "From now on", []string{"Zelensky=زيلينسكي"}},
		{"marks", "/alias \u200fزيلينسكي\u200f =\u200e Zelensky", "From now on", []string{"Zelensky=زيلينسكي"}},
		{"a wide sign", "/alias Zelensky＝زيلينسكي", "From now on", []string{"Zelensky=زيلينسكي"}},
		{"quotation marks", "/alias «Zelensky» = “زيلينسكي”", "From now on", []string{"Zelensky=زيلينسكي"}},
		{"on two lines", "/alias Zelensky\n= زيلينسكي", "From now on", []string{"Zelensky=زيلينسكي"}},
		{"capitals", "/ALIAS Gaddafi = Qaddafi", "From now on", []string{"Gaddafi=Qaddafi"}},
		{"three names", "/alias A1 = B1 = C1", "Write two names", nil},
		{"two pairs", "/alias Zelensky = زيلينسكي\nKyiv = كييف", "Write two names", nil},
		{"nothing after", "/alias Zelensky =", "Write two names", nil},
		{"nothing before", "/alias = زيلينسكي", "Write two names", nil},
		{"marks alone", "/alias \u200f = زيلينسكي", "Write two names", nil},
		{"a bar", "/alias A1|B1 = زيلينسكي", "A name must be in Latin", nil},
		{"a control character", "/alias Zel\x1b[2J = زيلينسكي", "A name must be in Latin", nil},
		{"a script nobody asks in", "/alias Зеленский = زيلينسكي", "A name must be in Latin", nil},
		{"too long", "/alias " + strings.Repeat("Z", 101) + " = زيلينسكي", "The name is too long. The most characters a name may have: 100", nil},
		{"common words", "/alias the = زيلينسكي", "A name cannot be made only of words", nil},
		{"the same", "/alias إسلام = اسلام", "I read these two alike", nil},
		{"two to take out", "/unalias Zelensky = زيلينسكي", "Write one name", nil},
		{"a name too long to take out", "/unalias " + strings.Repeat("Z", 101), "The name is too long", nil},
		{"none to take out", "/unalias \u200f", "Write one name", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			saysAll(t, w.send(admin, tt.message), tt.says)
			if got := w.aliases(); fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("aliases = %q, want %q", got, tt.want)
			}
		})
	}
}

// What was done for an event that is handled again is said again, and can be
// undone once.
func TestAliasAgain(t *testing.T) {
	w := newWorld(t)
	e := w.event(admin, zelensky)
	first := w.handle(e)
	if again := w.again(e); show(again) != show(first) || firstButton(again) != firstButton(first) {
		t.Errorf("again the reply is %s, want %s", show(again), show(first))
	}
	out := w.event(admin, "/unalias Zelensky")
	gone := w.handle(out)
	if again := w.again(out); show(again) != show(gone) || firstButton(again) != firstButton(gone) {
		t.Errorf("again the reply is %s, want %s", show(again), show(gone))
	}
	undo := w.pressed(admin, firstButton(gone))
	back := w.handle(undo)
	if again := w.again(undo); show(again) != show(back) {
		t.Errorf("again the reply is %s, want %s", show(again), show(back))
	}
	if got := w.aliases(); len(got) != 1 {
		t.Errorf("aliases = %q, want one", got)
	}
	undo = w.pressed(admin, firstButton(first))
	back = w.handle(undo)
	if again := w.again(undo); show(again) != show(back) {
		t.Errorf("again the reply is %s, want %s", show(again), show(back))
	}
	saysAll(t, w.press(admin, firstButton(first)), "There is nothing left to undo.")
	if got := w.aliases(); len(got) != 0 {
		t.Errorf("aliases = %q, want none", got)
	}
	saysAll(t, w.again(w.event(admin, "/unalias Nobody")), "This name is not in the list.")
}

// Changes of other names do not stand in the way of an undo.
func TestAliasUndoOrder(t *testing.T) {
	w := newWorld(t)
	first := w.send(admin, zelensky)
	w.join("Kyiv = كييف")
	saysAll(t, w.press(admin, firstButton(first)), "Undone.", "These no longer mean the same:")
	if got := w.aliases(); fmt.Sprint(got) != "[Kyiv=كييف]" {
		t.Errorf("aliases = %q, want that of Kyiv", got)
	}
}

// Every page of the list can be reached, whatever the button says.
func TestAliasPages(t *testing.T) {
	w := newWorld(t)
	for i := range 25 {
		w.join(fmt.Sprintf("Name%d x = اسم%d س", i, i))
	}
	r := w.send(admin, "/alias")
	seen := said(r)
	for range 2 {
		r = w.press(admin, button(t, r, "Next"))
		seen += said(r)
	}
	for i := range 25 {
		if !strings.Contains(seen, fmt.Sprintf("Name%d x", i)) {
			t.Errorf("no page shows the alias %d", i)
		}
	}
	saysAll(t, w.press(admin, "a:-7"), "1 to 10 of 25")
	saysAll(t, w.press(admin, "a:999"), "21 to 25 of 25")
	saysAll(t, w.press(admin, "a:x"), "no longer works")
}

// A list that cannot be read is an internal error, which the log tells.
func TestAliasBroken(t *testing.T) {
	w := newWorld(t)
	file := filepath.Join(t.TempDir(), "lexicon")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.Aliases = &lexicon.Aliases{Dir: file}
	saysAll(t, w.send(admin, "/alias"), "An internal error")
	if !strings.Contains(w.log.String(), "reading the aliases") {
		t.Errorf("the log is %q", w.log.String())
	}
	w = newWorld(t)
	w.Aliases = refusal{w.Aliases, errors.New("no room")}
	saysAll(t, w.send(admin, zelensky), "An internal error")
}
