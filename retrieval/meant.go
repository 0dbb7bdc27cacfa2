package retrieval

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// mend gives the group of a word that nobody knows what is known of the word that
// it was most likely meant for. One written as a name is taken for a known name
// only: few names are in any list.
//
// With one typing error in each, 4,136 English questions to English articles have an
// nDCG@10 of .932 by it, .926 without, and five times 612 to Arabic articles .950,
// without .938; without errors they have .0001 less and .0008 more. To translate the
// word by its meaning too finds no more, and harms words that are rare but right; to
// drop one that was meant for a function word helps nobody.
func (e *Engine) mend(g *group, t text.Term) {
	meant, ok := e.meant(t)
	if !ok {
		return
	}
	known, _ := e.listed(meant)
	if g.proper && !known.Proper {
		return
	}
	g.meant = meant
	for _, a := range known.Alternatives {
		g.alternatives = append(g.alternatives, alternative{stems: a.Stems, weight: slipped * float64(a.Weight)})
		g.sure = slipped
	}
}

// listed returns what the lexicon knows of a single word.
func (e *Engine) listed(t text.Term) (lexicon.Group, bool) {
	known := e.lexicon.Load().Groups([]text.Term{t})
	if len(known) == 0 {
		return lexicon.Group{}, false
	}
	return known[0], true
}

// meant returns the word that an English word of a question was most likely meant
// for: of the words that the lexicon has, or news in general, at one error's
// distance those that begin alike, then the most frequent, then the longest: of
// "developmnt" that is "development", not "developent". There is none for a word that
// an article has.
//
// Arabic words have too many neighbours: of those in right questions that nobody
// knows four in nine would be taken for another, of English ones one in five.
func (e *Engine) meant(t text.Term) (best text.Term, ok bool) {
	lang, spelt := spelt(t.Norm)
	if !spelt || lang != text.English || e.general.knows(t.Stem) || e.written(t.Stem) {
		return best, false
	}
	var most float64
	for word := range neighbours(t.Norm, alphabet(lang), 0) {
		near := text.Term{Word: text.Word{Norm: word}, Stem: text.Stem(word)}
		share := e.general.words.Share(near.Stem)
		if initial(word) == initial(t.Norm) {
			share++ // before all others
		}
		better := cmp.Or(cmp.Compare(share, most), cmp.Compare(len(word), len(best.Norm)), cmp.Compare(best.Norm, word))
		if better > 0 && e.knows(near) {
			best, most = near, share
		}
	}
	return best, most > 0
}

// knows reports whether the lexicon has a word, or news in general.
func (e *Engine) knows(t text.Term) bool {
	if e.general.knows(t.Stem) {
		return true
	}
	_, ok := e.listed(t)
	return ok
}

// written reports whether an article of any language has a word.
func (e *Engine) written(stem string) bool {
	e.mu.RLock()
	defer e.mu.RUnlock()
	for _, f := range e.words {
		if len(f.stems.lookup(stem)) > 0 {
			return true
		}
	}
	return false
}

// mended returns a question with the words that mistyped ones were meant for in
// their place. Groups of single words that nobody knows must be in the order of the
// question.
func mended(question string, terms []text.Term, groups []group) string {
	var b strings.Builder
	end := 0
	for _, g := range groups {
		if g.meant.Norm == "" {
			continue
		}
		t := terms[g.first]
		b.WriteString(question[end:t.Start])
		b.WriteString(likeFirst(question[t.Start:t.End], g.meant.Norm))
		end = t.End
	}
	b.WriteString(question[end:])
	return b.String()
}

// likeFirst returns a word in small Latin letters with a capital one in front if
// the other word has one.
func likeFirst(other, word string) string {
	if first, _ := utf8.DecodeRuneInString(other); unicode.IsUpper(first) {
		return strings.ToUpper(word[:1]) + word[1:]
	}
	return word
}
