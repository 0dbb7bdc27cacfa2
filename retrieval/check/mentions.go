package check

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// A mentions is what names a source may have: its words.
type mentions struct {
	lang  text.Language
	in    []*prose
	stems [][]map[string]bool // by prose and term: its stems with and without what Arabic writes onto it
	forms [][][]string        // by prose and term: what those are stems of
}

func (c *Checker) mentionsOf(s Source) *mentions {
	m := &mentions{lang: s.Language, in: append(c.proses(s), c.prose(s.Outlet, s.Language))}
	for _, p := range m.in {
		stems, forms := make([]map[string]bool, len(p.terms)), make([][]string, len(p.terms))
		for i, t := range p.terms {
			stems[i], forms[i] = map[string]bool{t.Stem: true}, unwritten(t.Norm)
			for _, w := range forms[i][1:] {
				stems[i][text.Stem(w)] = true
			}
		}
		m.stems, m.forms = append(m.stems, stems), append(m.forms, forms)
	}
	return m
}

// phrase reports whether a source has some stems one after the other.
func (m *mentions) phrase(stems []string) bool {
	return m.phraseAt(stems, func(*prose, int) bool { return true })
}

// phraseAt reports whether a source has some stems one after the other at a term that will
// do.
func (m *mentions) phraseAt(stems []string, will func(p *prose, i int) bool) bool {
	for n, p := range m.in {
		for i := range p.terms {
			at := i
			for k, stem := range stems {
				for k > 0 && at < len(p.terms) && p.terms[at].Stop {
					at++
				}
				if at >= len(p.terms) || !m.stems[n][at][stem] {
					at = -1
					break
				}
				at++
			}
			if at >= 0 && len(stems) > 0 && will(p, i) {
				return true
			}
		}
	}
	return false
}

// word reports whether a source has a word in this or another spelling.
func (m *mentions) word(norm string, least float64) bool {
	forms := unwritten(norm)
	for _, f := range forms {
		stem := text.Stem(f)
		for _, stems := range m.stems {
			if slices.ContainsFunc(stems, func(have map[string]bool) bool { return have[stem] }) {
				return true
			}
		}
	}
	for n, p := range m.in {
		for i, t := range p.terms {
			if t.Stop || m.lang == text.English && !p.capital(i) {
				continue
			}
			for _, v := range m.forms[n][i] {
				if slices.ContainsFunc(forms, func(f string) bool { return lexicon.Similarity(f, v) >= least }) {
					return true
				}
			}
		}
	}
	bare := forms[len(forms)-1]
	return inArabic(norm) != (m.lang == text.Arabic) && lexicon.Similarity(bare, bare) == 0 // too short to sound like anything
}

// translates reports whether a source has the i-th word of the claim in its language: an
// organisation's name is often translated word by word.
func (m *mentions) translates(b *bridge, i int) bool {
	return slices.ContainsFunc(b.look(b.p.written(i)), func(g lexicon.Group) bool {
		return slices.ContainsFunc(g.Alternatives, func(a lexicon.Alternative) bool { return m.phrase(a.Stems) })
	})
}

// spellsOut reports whether a source spells out an acronym of a group.
func (m *mentions) spellsOut(g *lexicon.Group) bool {
	return slices.ContainsFunc(g.Alternatives, func(a lexicon.Alternative) bool { return m.spells(a.Text) })
}

// spells reports whether a source has words with capitals whose first letters are an
// acronym: "Abu Dhabi National Oil Company" of ADNOC.
func (m *mentions) spells(acronym string) bool {
	const shortest, longest = 3, 7
	return len(acronym) >= shortest && len(acronym) <= longest && strings.Trim(acronym, upperCase) == "" &&
		slices.ContainsFunc(m.in, func(p *prose) bool { return p.hasInitials(acronym) })
}

const upperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// hasInitials reports whether words that stand one after the other begin with some letters,
// function words left out.
func (p *prose) hasInitials(letters string) bool {
	for i := range p.terms {
		k := 0
		for j := i; j < len(p.terms) && k < len(letters); j++ {
			if p.terms[j].Stop && j > i {
				continue
			}
			if p.s[p.terms[j].Start] != letters[k] {
				break
			}
			k++
		}
		if k == len(letters) {
			return true
		}
	}
	return false
}
