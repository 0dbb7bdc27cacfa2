package eval

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A pair is a language to ask in and a language to search in.
type pair struct{ query, corpus string }

// A plan says what is measured.
type plan struct {
	sets    []*Set
	pairs   []pair // by corpus, then by query
	dropped map[string]bool
}

// name is the id of a document or question among those of all sets: with the
// name of its set in front when there are several.
func (p *plan) name(s *Set, id string) string {
	if len(p.sets) == 1 {
		return id
	}
	return s.Name + "/" + id
}

// leftOut tells whether a document of a set is dropped.
func (p *plan) leftOut(s *Set) func(id string) bool {
	return func(id string) bool { return p.dropped[id] || p.dropped[s.Name+"/"+id] }
}

// documents are those of all sets in a language that are not dropped.
func (p *plan) documents(lang string) []placed {
	var all []placed
	for _, s := range p.sets {
		all = append(all, s.place(lang, func(id string) string { return p.name(s, id) }, p.leftOut(s))...)
	}
	return all
}

// corpora are the languages that are searched in.
func (p *plan) corpora() []string {
	var langs []string
	for _, c := range p.pairs {
		langs = append(langs, c.corpus)
	}
	return slices.Compact(langs)
}

// choose pairs the languages of the sets: those asked for, which every set must
// then have, or all with which a question has a relevant document.
func (p *plan) choose(query, corpus string) error {
	for _, s := range p.sets {
		if err := s.has(query, corpus); err != nil {
			return err
		}
		for c := range s.Documents {
			for q := range s.Questions {
				if matches(query, q) && matches(corpus, c) && s.judged(pair{q, c}) {
					p.pairs = append(p.pairs, pair{q, c})
				}
			}
		}
	}
	slices.SortFunc(p.pairs, func(a, b pair) int {
		return strings.Compare(a.corpus+" "+a.query, b.corpus+" "+b.query)
	})
	p.pairs = slices.Compact(p.pairs)
	if len(p.pairs) == 0 {
		return fmt.Errorf("no question of %s has a relevant document", dirs(p.sets))
	}
	return nil
}

func matches(wanted, lang string) bool { return wanted == "" || wanted == lang }

func dirs(sets []*Set) string {
	var names []string
	for _, s := range sets {
		names = append(names, s.Dir)
	}
	return strings.Join(names, ", ")
}

// has returns an error that names the file when a set lacks a language, "" being
// any.
func (s *Set) has(query, corpus string) error {
	if query != "" && s.Questions[query] == nil {
		return missing(filepath.Join(s.Dir, "queries."+query+".jsonl"), os.ErrNotExist)
	}
	if corpus != "" && s.Documents[corpus] == nil {
		return missing(s.corpusFile(corpus), os.ErrNotExist)
	}
	return nil
}

// judged tells whether a question has a relevant document.
func (s *Set) judged(c pair) bool {
	documents := s.documentIDs(c.corpus)
	return slices.ContainsFunc(s.Questions[c.query], func(q Question) bool {
		return slices.ContainsFunc(s.Relevant[q.ID], func(d string) bool { return documents[d] })
	})
}

// sameName refuses sets whose documents could not be told apart.
func sameName(sets []*Set) error {
	for i, s := range sets {
		for _, before := range sets[:i] {
			if s.Name == before.Name {
				return fmt.Errorf("%s and %s are both called %s: rename one of the folders", before.Dir, s.Dir, s.Name)
			}
		}
	}
	return nil
}

// errNothingLeft says that all documents are dropped.
var errNothingLeft = errors.New("every document is left out")
