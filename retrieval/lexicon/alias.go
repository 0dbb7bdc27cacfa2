package lexicon

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Bounds on what administrators may add.
const (
	// MaxName is the length of the longest name, in characters.
	MaxName = 100
	// MaxAliases is how many aliases there may be.
	MaxAliases = 1000
	// MaxNames is how many names one alias may have.
	MaxNames = 30
)

// What may be wrong with names, and with changes of them.
var (
	// ErrLong says that a name has more than MaxName characters.
	ErrLong = errors.New("the name is too long")
	// ErrLetters says that a name is not in Arabic or in Latin letters, or has
	// letters of both, or a character that the lists use for themselves.
	ErrLetters = errors.New("the name is not in letters of one script")
	// ErrCommon says that a name is made of function words, which are not searched for.
	ErrCommon = errors.New("the name is made of function words")
	// ErrSame says that two names are one name already, however they are spelled.
	ErrSame = errors.New("the two names are read alike")
	// ErrFull says that there are MaxAliases aliases already.
	ErrFull = errors.New("there are too many aliases")
	// ErrCrowded says that an alias would have more than MaxNames names, or names
	// too long for one line.
	ErrCrowded = errors.New("too many names mean the same")
	// ErrUnknown says that no alias has a name.
	ErrUnknown = errors.New("no alias has the name")
	// ErrChanged says that the aliases a change is about are no longer there.
	ErrChanged = errors.New("the aliases have been changed since")
)

// An Alias is the names that mean the same, two at least, as a line of a list has
// them: those in Latin letters first.
type Alias []string

// A Change is a change of the aliases: those in Before make way for those in After.
type Change struct {
	Before []Alias `json:"before"`
	After  []Alias `json:"after"`
}

// None reports whether a change changes nothing.
func (c Change) None() bool {
	return slices.EqualFunc(c.Before, c.After, func(a, b Alias) bool { return slices.Equal(a, b) })
}

// Inverse is the change that takes c back.
func (c Change) Inverse() Change { return Change{Before: c.After, After: c.Before} }

// line is an alias as a line of a list.
func (a Alias) line() string {
	sides := [2][]string{}
	for _, name := range a {
		if script(name) == text.Arabic {
			sides[1] = append(sides[1], name)
			continue
		}
		sides[0] = append(sides[0], name)
	}
	columns := make([]string, len(sides))
	for i, side := range sides {
		columns[i] = cmp.Or(strings.Join(side, "|"), empty)
	}
	return strings.Join(columns, "\t")
}

// script is the language of a name's first letter.
func script(name string) text.Language {
	for _, r := range name {
		if unicode.IsLetter(r) {
			if unicode.Is(unicode.Arabic, r) {
				return text.Arabic
			}
			return text.English
		}
	}
	return text.English
}

// A name is a name as a person has written it, made fit for a list.
type name struct {
	Variant
	language text.Language
}

// in reports whether a line has the name, be it in other capitals or with other
// marks.
func (n name) in(e Entry) bool {
	side := e.English
	if n.language == text.Arabic {
		side = e.Arabic
	}
	return slices.ContainsFunc(side, func(v Variant) bool { return v.key == n.key })
}

// same reports whether two names are read alike.
func (n name) same(m name) bool { return n.language == m.language && n.key == m.key }

// readName makes a name of what a person has written: without invisible
// characters, and without quotation marks around it. Its errors are ErrLong,
// ErrLetters and ErrCommon.
func readName(a *text.Analyzer, s string) (name, error) {
	visible := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text.Valid(s))
	s = strings.Join(strings.Fields(strings.Trim(visible, "\"“”«» \t\r\n")), " ")
	if utf8.RuneCountInString(s) > MaxName {
		return name{}, ErrLong
	}
	if strings.ContainsAny(s, "|/()#~\uFFFD") {
		return name{}, ErrLetters
	}
	lang := script(s)
	v, err := parseVariant(a, s, lang)
	switch {
	case errors.Is(err, errStopWords):
		return name{}, ErrCommon
	case err != nil:
		return name{}, ErrLetters
	}
	return name{v, lang}, nil
}

// An aliasList is the lines of a list of aliases, those too that are none.
type aliasList struct {
	lines []aliasLine
}

// An aliasLine is a line as it is written.
type aliasLine struct {
	written string // with its end, if it has one
	entry   Entry
	alias   Alias // nil for a line that holds none
}

// parseAliases reads a list with the lines that are known already. Lines that are
// malformed, or that people have written for other ends, are kept as they are.
func parseAliases(a *text.Analyzer, data string, known map[string]aliasLine) *aliasList {
	l := &aliasList{}
	for written := range strings.Lines(data) {
		line, ok := known[written]
		if !ok {
			line = parseAlias(a, written)
		}
		l.lines = append(l.lines, line)
	}
	return l
}

func parseAlias(a *text.Analyzer, written string) aliasLine {
	l := aliasLine{written: written}
	line := strings.TrimRight(strings.TrimPrefix(written, "\uFEFF"), "\r\n")
	if isComment(line) {
		return l
	}
	e, err := parseLine(a, line)
	if err != nil || len(e.English)+len(e.Arabic) < 2 {
		return l
	}
	l.entry = e
	for side := range strings.SplitSeq(line, "\t") {
		if side != empty {
			l.alias = append(l.alias, strings.Split(side, "|")...)
		}
	}
	return l
}

// all returns the aliases in the order of the lines.
func (l *aliasList) all() []Alias {
	var all []Alias
	for _, line := range l.lines {
		if line.alias != nil {
			all = append(all, line.alias)
		}
	}
	return all
}

// having returns the lines that have one of the names.
func (l *aliasList) having(names ...name) []aliasLine {
	var found []aliasLine
	for _, line := range l.lines {
		if line.alias != nil && slices.ContainsFunc(names, func(n name) bool { return n.in(line.entry) }) {
			found = append(found, line)
		}
	}
	return found
}

// join returns the change that makes two names mean the same: the lines that have
// one of them become one, with both.
func (l *aliasList) join(a *text.Analyzer, x, y name) (Change, error) {
	if x.same(y) {
		return Change{}, ErrSame
	}
	c := Change{Before: []Alias{}}
	var all []name
	for _, line := range l.having(x, y) {
		c.Before = append(c.Before, line.alias)
		all = append(all, line.names()...)
	}
	merged := union(append(all, x, y))
	c.After = []Alias{merged}
	switch {
	case c.None():
		return c, nil
	case len(merged) > MaxNames || len(merged.line()) > maxLine:
		return Change{}, ErrCrowded
	}
	if _, err := parseLine(a, merged.line()); err != nil {
		return Change{}, fmt.Errorf("joining %q and %q: %w", x.Text, y.Text, err)
	}
	return c, nil
}

// names returns the names of an alias with their notation.
func (l aliasLine) names() []name {
	names := make([]name, len(l.alias))
	for i, v := range slices.Concat(l.entry.English, l.entry.Arabic) {
		v.Text = l.alias[i]
		names[i] = name{v, script(v.Text)}
	}
	return names
}

// union is the alias that has each of the names once, in the order of a line.
func union(all []name) Alias {
	var once []name
	for _, n := range all {
		if !slices.ContainsFunc(once, n.same) {
			once = append(once, n)
		}
	}
	slices.SortStableFunc(once, func(a, b name) int { return -cmp.Compare(a.language, b.language) }) // en, ar
	merged := make(Alias, len(once))
	for i, n := range once {
		merged[i] = n.Text
	}
	return merged
}

// leave returns the change that takes a name out of the lines that have it. What
// remains of a line goes too when it is a single name.
func (l *aliasList) leave(n name) (Change, error) {
	c := Change{After: []Alias{}}
	for _, line := range l.having(n) {
		c.Before = append(c.Before, line.alias)
		var rest Alias
		for i, v := range slices.Concat(line.entry.English, line.entry.Arabic) {
			if v.key != n.key {
				rest = append(rest, line.alias[i])
			}
		}
		if len(rest) >= 2 {
			c.After = append(c.After, rest)
		}
	}
	if c.Before == nil {
		return Change{}, ErrUnknown
	}
	return c, nil
}

// aliasHead begins a new list of aliases.
const aliasHead = `# Names that mean the same, as administrators have said with /alias.
# A line has the names in Latin letters, a tab and the names in Arabic letters,
# with | between several and - for none. The file may be edited by hand: comments
# and all other lines stay as they are.
`

// apply makes a change. Its errors are ErrChanged and ErrFull. What is only to be
// added and is there already is not added again.
func (l *aliasList) apply(a *text.Analyzer, c Change) error {
	if len(c.Before) == 0 && !slices.ContainsFunc(c.After, func(alias Alias) bool { return l.index(alias, nil) < 0 }) {
		return nil
	}
	at := make([]int, 0, len(c.Before))
	for _, alias := range c.Before {
		i := l.index(alias, at)
		if i < 0 {
			return ErrChanged
		}
		at = append(at, i)
	}
	if grows := len(c.After) - len(c.Before); grows > 0 && len(l.all())+grows > MaxAliases {
		return ErrFull
	}
	fresh := make([]aliasLine, len(c.After))
	for i, alias := range c.After {
		fresh[i] = parseAlias(a, alias.line()+"\n")
	}
	if len(at) == 0 {
		l.end()
		l.lines = append(l.lines, fresh...)
		return nil
	}
	kept := make([]aliasLine, 0, len(l.lines)+len(fresh))
	for i, line := range l.lines {
		if i == at[0] {
			kept = append(kept, fresh...)
		}
		if !slices.Contains(at, i) {
			kept = append(kept, line)
		}
	}
	l.lines = kept
	return nil
}

// index returns the line of an alias that is not among those passed over, or -1.
func (l *aliasList) index(alias Alias, passed []int) int {
	for i, line := range l.lines {
		if line.alias != nil && slices.Equal(line.alias, alias) && !slices.Contains(passed, i) {
			return i
		}
	}
	return -1
}

// end makes the list ready for more names at its end.
func (l *aliasList) end() {
	if len(l.lines) == 0 {
		for line := range strings.Lines(aliasHead) {
			l.lines = append(l.lines, aliasLine{written: line})
		}
	}
	if last := &l.lines[len(l.lines)-1]; !strings.HasSuffix(last.written, "\n") {
		last.written += "\n"
	}
	var under heading
	for _, line := range l.lines {
		under = under.after(strings.TrimRight(strings.TrimPrefix(line.written, "\uFEFF"), "\r\n"))
	}
	if (under != heading{proper: true}) {
		l.lines = append(l.lines, aliasLine{written: properMark + "\n"})
	}
}

// bytes is the list as it is written.
func (l *aliasList) bytes() []byte {
	var b []byte
	for _, line := range l.lines {
		b = append(b, line.written...)
	}
	return b
}
