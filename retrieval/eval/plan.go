package eval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// A pair is a language to ask in and a language to search in.
type pair struct{ query, corpus string }

// A plan says what is measured.
type plan struct {
	sets    []*Set
	others  []*Set // whose questions are asked, too
	pairs   []pair // by corpus, then by query
	dropped map[string]bool
	mixed   [2]string // the languages that are mixed; empty for none
}

// readPlan reads the files and decides what is measured.
func readPlan(ctx context.Context, o *Options) (*plan, error) {
	if len(o.Dirs) == 0 {
		return nil, errors.New("no folder of benchmark files")
	}
	p := &plan{}
	for _, dir := range o.Dirs {
		s, err := ReadSet(ctx, dir)
		if err != nil {
			return nil, err
		}
		p.sets = append(p.sets, s)
	}
	if err := sameName(p.sets); err != nil {
		return nil, err
	}
	if err := p.readOthers(ctx, o.Others); err != nil {
		return nil, err
	}
	if err := p.drop(ctx, o.Drop); err != nil {
		return nil, err
	}
	if err := p.thin(o.Every); err != nil {
		return nil, err
	}
	if err := p.choose(o); err != nil {
		return nil, err
	}
	if o.Typing {
		if err := p.checkTyping(); err != nil {
			return nil, err
		}
	}
	if err := p.checkPlot(o); err != nil {
		return nil, err
	}
	if o.RunFile == "" {
		return p, nil
	}
	if err := p.checkRunFile(o); err != nil {
		return nil, err
	}
	return p, p.checkTREC()
}

// drop reads the ids of documents to leave out.
func (p *plan) drop(ctx context.Context, paths []string) error {
	known := p.known()
	p.dropped = map[string]bool{}
	for _, path := range paths {
		ids, err := readIDs(ctx, path)
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s not found, which was to name the documents to leave out", path)
		}
		if err != nil {
			return err
		}
		for id, line := range ids {
			if !known[id] {
				return fmt.Errorf("%s:%d: %w", path, line, unknownID("document", id, "corpus"))
			}
			p.dropped[id] = true
		}
	}
	return nil
}

// known are the ids of all documents, also with the name of their set in front.
func (p *plan) known() map[string]bool {
	known := map[string]bool{}
	for _, s := range p.sets {
		for _, ids := range s.ids {
			for id := range ids {
				known[id], known[s.Name+"/"+id] = true, true
			}
		}
	}
	return known
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
func (p *plan) choose(o *Options) (err error) {
	wanted := func(c pair) bool { return matches(o.QueryLang, c.query) && matches(o.CorpusLang, c.corpus) }
	if o.Mixed {
		if p.mixed, err = p.mixedLanguages(o.QueryLang, o.CorpusLang); err != nil {
			return err
		}
		two := p.mixed[:]
		wanted = func(c pair) bool { return slices.Contains(two, c.query) && slices.Contains(two, c.corpus) }
	}
	for _, s := range p.sets {
		if err := s.lacks(o.QueryLang, o.CorpusLang); err != nil {
			return err
		}
		for c := range s.pairs {
			if wanted(c) {
				p.pairs = append(p.pairs, c)
			}
		}
	}
	slices.SortFunc(p.pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.corpus, b.corpus), cmp.Compare(a.query, b.query))
	})
	p.pairs = slices.Compact(p.pairs)
	if len(p.pairs) == 0 {
		return fmt.Errorf("no question of %s has a relevant document", dirs(p.sets))
	}
	return nil
}

// pairs yields those with which a question has a relevant document.
func (s *Set) pairs(yield func(pair) bool) {
	for c := range s.Documents {
		for q := range s.Questions {
			if (s.judged(pair{q, c})) && !yield(pair{q, c}) {
				return
			}
		}
	}
}

func matches(wanted, lang string) bool { return wanted == "" || wanted == lang }

func dirs(sets []*Set) string {
	var names []string
	for _, s := range sets {
		names = append(names, s.Dir)
	}
	return strings.Join(names, ", ")
}

// lacks returns an error that names the file when a set lacks a language, "" being
// any.
func (s *Set) lacks(query, corpus string) error {
	if query != "" && s.Questions[query] == nil {
		return fmt.Errorf("%w: there are questions in %s", notFoundError{s.queriesFile(query)}, languages(s.Questions))
	}
	if corpus != "" && s.Documents[corpus] == nil {
		return fmt.Errorf("%w: there are documents in %s", notFoundError{s.corpusFile(corpus)}, languages(s.Documents))
	}
	return nil
}

// languages are the keys of a map, in words.
func languages[T any](by map[string]T) string {
	return strings.Join(slices.Sorted(maps.Keys(by)), ", ")
}

// judged tells whether a question has a relevant document.
func (s *Set) judged(c pair) bool {
	return slices.ContainsFunc(s.Questions[c.query], func(q Question) bool {
		return slices.ContainsFunc(s.Relevant[q.ID], func(d string) bool { return s.has(d, c.corpus) })
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
