package lexicon

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Bounds on a list, far above anything a person would write.
const (
	maxLine     = 4096 // bytes
	maxVariants = 64   // on one side of a line
)

// Comments that say of what kind the entries after them are; a list begins with
// common ones.
const (
	properMark  = "# proper"
	commonMark  = "# common"
	countryMark = "# countries"
	namedMark   = "# named"
)

var errStopWords = errors.New("only stop words")

// empty stands for a side that has no words of its own.
const empty = "-"

// An Entry is one line of a list: a concept and the ways of saying it.
// At least one of the two sides has variants.
type Entry struct {
	// Name and Line say where the entry was read, for messages. Line counts from 1.
	Name string
	Line int
	// Proper says that the entry is the name of one thing, such as a person or a
	// city: what tells of another does not tell of it.
	Proper bool
	// Named says that it is a name, if not of one thing alone: of a company, a court. What
	// is Proper is Named too.
	Named bool
	// Country says that the entry is a country or its people and adjective, which
	// stand beside each other: what tells of one tells of the other.
	Country bool
	// English and Arabic are the variants in the order of the line.
	English, Arabic []Variant
}

// A Variant is one way of saying an entry's concept: a word or a phrase.
type Variant struct {
	// Text is the variant as the list spells it, without its sense.
	Text string
	// Sense tells apart the lines that share an English variant: "labour" in
	// "strike (labour)". It is empty for most variants.
	Sense string
	// QuestionOnly marks a variant that is understood in a question but not
	// offered as an alternative, because its stem is that of other, more frequent
	// words: «بنين» (Benin) is stemmed like «بن», "step down" like "step".
	QuestionOnly bool

	key   string        // Text, normalised
	forms [][]text.Term // the terms of its written forms; see analyse
}

// Parse reads a list called name, which is UTF-8 text of lines
//
//	English|variants TAB Arabic|variants
//
// Blank lines and lines that begin with # are skipped, but "# proper" makes the
// entries after it Proper, "# countries" Country too and "# named" Named, until "# common". A
// variant is a word or a phrase. Further rules:
//
//   - An English variant may end in its sense in brackets, "strike (labour)"; it must
//     when another line has the same variant.
//   - A variant that begins with ~ is for questions only; see [Variant].
//   - An Arabic verb may be written perfect/imperfect, «أعلن/يعلن»; its feminine
//     forms are derived.
//   - A side that is a single hyphen is empty: the line joins spellings of one language.
//
// Parse refuses, with an error naming the list and the line, a line without exactly one
// tab, an empty side or variant, letters of the wrong script, a variant said twice in
// a line, and a variant that consists of stop words.
func Parse(a *text.Analyzer, name string, data []byte) ([]Entry, error) {
	var entries []Entry
	for e, err := range lines(a, name, data) {
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// lines reads a list line by line: each that is neither blank nor a comment is an
// entry or, when it is malformed, an error that names the list and the line.
func lines(a *text.Analyzer, name string, data []byte) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		number := 0
		var under heading
		for line := range strings.Lines(string(data)) {
			number++
			line = strings.TrimRight(line, "\r\n")
			under = under.after(line)
			if isComment(line) {
				continue
			}
			e, err := parseLine(a, line)
			if err != nil {
				err = fmt.Errorf("%s:%d: %w", name, number, err)
			}
			e.Name, e.Line = name, number
			e.Proper, e.Country, e.Named = under.proper, under.country, under.proper || under.named
			if !yield(e, err) {
				return
			}
		}
	}
}

// isComment reports whether a line holds no entry: it is blank or a comment.
func isComment(line string) bool {
	return strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#")
}

// A heading says of what kind the entries below it are.
type heading struct{ proper, country, named bool }

// after returns the heading in force after a line.
func (h heading) after(line string) heading {
	switch line {
	case commonMark:
		return heading{}
	case properMark:
		return heading{proper: true}
	case namedMark:
		return heading{named: true}
	case countryMark:
		return heading{proper: true, country: true}
	}
	return h
}

func parseLine(a *text.Analyzer, line string) (Entry, error) {
	if len(line) > maxLine {
		return Entry{}, fmt.Errorf("line of %d bytes, want at most %d", len(line), maxLine)
	}
	if !utf8.ValidString(line) {
		return Entry{}, errors.New("invalid UTF-8")
	}
	sides := strings.Split(line, "\t")
	if len(sides) != 2 {
		return Entry{}, fmt.Errorf("%d tabs, want 1", len(sides)-1)
	}
	if sides[0] == empty && sides[1] == empty {
		return Entry{}, errors.New("both sides are empty")
	}
	english, err := parseSide(a, sides[0], text.English)
	if err != nil {
		return Entry{}, fmt.Errorf("english side: %w", err)
	}
	arabic, err := parseSide(a, sides[1], text.Arabic)
	if err != nil {
		return Entry{}, fmt.Errorf("arabic side: %w", err)
	}
	return Entry{English: english, Arabic: arabic}, nil
}

// parseSide reads the variants on one side of a line. Two variants with the same
// normalised form are one said twice.
func parseSide(a *text.Analyzer, side string, lang text.Language) ([]Variant, error) {
	if side == empty {
		return nil, nil
	}
	count := strings.Count(side, "|") + 1
	if count > maxVariants {
		return nil, fmt.Errorf("%d variants, want at most %d", count, maxVariants)
	}
	variants := make([]Variant, 0, count)
	for field := range strings.SplitSeq(side, "|") {
		v, err := parseVariant(a, field, lang)
		if err != nil {
			return nil, fmt.Errorf("variant %q: %w", field, err)
		}
		if slices.ContainsFunc(variants, func(w Variant) bool { return w.key == v.key }) {
			return nil, fmt.Errorf("variant %q: said twice", field)
		}
		variants = append(variants, v)
	}
	return variants, nil
}

func parseVariant(a *text.Analyzer, field string, lang text.Language) (Variant, error) {
	field, questionOnly := strings.CutPrefix(field, "~")
	if field == "" || strings.TrimSpace(field) != field {
		return Variant{}, errors.New("empty or padded with white space")
	}
	v, err := cutSense(field, lang)
	if err != nil {
		return Variant{}, err
	}
	v.QuestionOnly = questionOnly
	if err := checkScript(v.Text, lang); err != nil {
		return Variant{}, err
	}
	if v = analyse(a, v); !hasContent(v) {
		return Variant{}, errStopWords
	}
	return v, nil
}

// cutSense separates an English variant from its sense, and checks the notation
// that only one of the languages has.
func cutSense(field string, lang text.Language) (Variant, error) {
	if lang == text.Arabic {
		return Variant{Text: field}, checkVerb(field)
	}
	word, sense, found := strings.Cut(field, " (")
	if !found {
		return Variant{Text: field}, nil
	}
	sense, closed := strings.CutSuffix(sense, ")")
	if !closed || sense == "" || word == "" {
		return Variant{}, errors.New(`sense is not in the form "word (sense)"`)
	}
	return Variant{Text: word, Sense: sense}, nil
}

// checkVerb refuses a slash that is not between the perfect and the imperfect of
// a single verb.
func checkVerb(field string) error {
	perfect, imperfect, found := strings.Cut(field, "/")
	if !found {
		return nil
	}
	if perfect == "" || strings.ContainsAny(field, " ") || strings.Contains(imperfect, "/") ||
		!strings.HasPrefix(imperfect, "ي") || utf8.RuneCountInString(imperfect) < 2 {
		return errors.New("slash is not between the perfect and the imperfect of a verb")
	}
	return nil
}

// checkScript reports letters that do not belong to a side, and punctuation that
// is notation in the wrong place.
func checkScript(s string, lang text.Language) error {
	script, other := unicode.Latin, "/()#~"
	if lang == text.Arabic {
		script, other = unicode.Arabic, "()#~"
	}
	letters := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune(other, r) || unicode.IsControl(r):
			return fmt.Errorf("stray %q", r)
		case unicode.IsLetter(r) && !unicode.Is(script, r):
			return fmt.Errorf("letter %q is of the wrong script", r)
		case unicode.IsLetter(r):
			letters++
		}
	}
	if letters == 0 {
		return errors.New("no letters")
	}
	return nil
}

// checkSenses reports an English variant that stands in two entries without a
// sense, or with the same sense. The variants must have been analysed.
func checkSenses(entries []Entry) error {
	type place struct{ entry, variant int }
	first := make(map[string]place, 4*len(entries)) // by key
	senses := make(map[[2]string]bool)              // by key and sense
	for i, e := range entries {
		for j, v := range e.English {
			at, again := first[v.key]
			if !again {
				at = place{i, j}
				first[v.key] = at
			}
			other := entries[at.entry]
			if again && (v.Sense == "" || other.English[at.variant].Sense == "" || senses[[2]string{v.key, v.Sense}]) {
				return fmt.Errorf("%s:%d: variant %q is also at %s:%d: give each its sense in brackets",
					e.Name, e.Line, v.Text, other.Name, other.Line)
			}
			if v.Sense != "" {
				senses[[2]string{v.key, v.Sense}] = true
			}
		}
	}
	return nil
}
