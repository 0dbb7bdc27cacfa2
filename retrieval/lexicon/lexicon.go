// Package lexicon is a hand-made bilingual dictionary of news: the names and
// words that questions use, in English and in Arabic, in every usual spelling.
//
// It lets an English question find Arabic passages and the other way round, and
// one spelling of a name find the others. The word index asks it for Groups and
// scores each group as one term (Pirkola's structured query).
//
// Begin with [Default], which reads the lists that are part of the program, and
// [Lexicon.Groups]. The format of the lists is described at [Parse]. For words that
// no list has, [Matrix] finds translations among vectors of words.
package lexicon

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"sync"

	"newsbot/corpus/text"
)

//go:embed names.tsv
var namesList []byte

//go:embed words.tsv
var wordsList []byte

// A Lexicon finds the ways of saying a question's words in both languages.
// It is read-only once made and safe for concurrent use.
type Lexicon struct {
	byNorm  map[string]*node // single words as the lists spell them
	byStem  map[string]*node // the same words by stem, where the stem is long enough
	phrases map[string]*node // by the key of a phrase's first term, the rest of it
	// firstKeys has the keys of the Arabic words that begin phrases, by spelling:
	// a preposition written onto such a word is taken off by spelling only.
	firstKeys map[string]string
	// entries has by number what each entry offers, proper whether it is the name of one
	// thing, and named whether it is a name to be told in the other language.
	entries [][]Alternative
	proper  []bool
	named   []bool

	// What follows is set by With.
	base  *Lexicon // is asked too; nil for none
	first int      // the number of the first of entries; those of base have lower ones
	// extra has, by number of an entry below, what added names of the same thing
	// offer.
	extra map[int][]Alternative
}

// A Group is one thing a question names and all the ways of saying it.
type Group struct {
	// First and Last are the terms the group covers, as inclusive indexes into
	// the terms given to Groups.
	First, Last int
	// Proper says that all that is said so is the name of one thing: see Entry.
	Proper bool
	// Kin holds what tells of the same country in other words: "French" of
	// "France". It is shared too, and nil for all but countries.
	Kin []Alternative
	// Alternatives holds at least one entry. It is shared with the lexicon and
	// must not be modified.
	Alternatives []Alternative

	entries []int // numbers of the entries it is made of
}

// An Alternative is one way of saying a group's thing.
type Alternative struct {
	// Stems are the stems that must all occur, in the order they are said; stop
	// words are left out. It holds at least one stem.
	Stems []string
	// Text is the variant as its list spells it, for people to read; the forms of one
	// variant have the same.
	Text string
	// Language is text.Arabic or text.English.
	Language text.Language
	// Weight is in (0, 1]: 1 for a variant of the only line that knows the
	// question's word, 1/√n when n lines (senses) do. What the question said
	// itself always has 1.
	Weight float32
}

// Default returns the lexicon made from the embedded lists. An error means the
// lists themselves are malformed.
func Default(a *text.Analyzer) (*Lexicon, error) {
	lists := [...]struct {
		name string
		data []byte
	}{{"names.tsv", namesList}, {"words.tsv", wordsList}}
	var (
		entries [len(lists)][]Entry
		errs    [len(lists)]error
		wg      sync.WaitGroup
	)
	// Reading takes most of the time, and a program waits for it at its start.
	for i, l := range lists {
		wg.Go(func() { entries[i], errs[i] = Parse(a, l.name, l.data) })
	}
	wg.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, fmt.Errorf("default lexicon: %w", err)
	}
	return New(slices.Concat(entries[:]...))
}

// New returns the lexicon made from entries that Parse has read. It returns an
// error when an English variant stands in two entries and one of them does not
// name the sense it means: such a pair is nearly always a slip of whoever wrote
// the list.
func New(entries []Entry) (*Lexicon, error) {
	if err := checkSenses(entries); err != nil {
		return nil, err
	}
	b := newBuilder(len(entries))
	for _, e := range entries {
		b.add(e)
	}
	b.join(entries)
	return b.lexicon(), nil
}
