package eval

import (
	"fmt"
	"maps"
	"slices"
)

// thinDocuments leaves every n-th document, and the questions that these answer.
// They are counted once in all languages, in the order of the files, so that what is
// there in two languages stays or goes in both.
func (s *Set) thinDocuments(n int) {
	kept, seen := map[string]bool{}, map[string]bool{}
	for _, lang := range slices.Sorted(maps.Keys(s.Documents)) {
		for _, d := range s.Documents[lang] {
			if !seen[d.ID] {
				kept[d.ID] = len(seen)%n == 0
				seen[d.ID] = true
			}
		}
	}
	for lang, all := range s.Documents {
		s.Documents[lang] = slices.DeleteFunc(all, func(d Document) bool { return !kept[d.ID] })
		maps.DeleteFunc(s.ids[lang], func(id string, _ bool) bool { return !kept[id] })
	}
	for id, all := range s.Relevant {
		s.Relevant[id] = slices.DeleteFunc(all, func(d string) bool { return !kept[d] })
	}
	for lang, all := range s.Questions {
		s.Questions[lang] = slices.DeleteFunc(all, func(q Question) bool { return len(s.Relevant[q.ID]) == 0 })
	}
}

// thin thins the sets that are to be, those of other questions among them.
func (p *plan) thin(every map[string]int) error {
	sets := slices.Concat(p.sets, p.others)
	for name, n := range every {
		if n < 1 {
			return fmt.Errorf("every %d-th document of a set cannot be kept: 1 keeps all", n)
		}
		if name != "" && !slices.ContainsFunc(sets, func(s *Set) bool { return s.Name == name }) {
			return fmt.Errorf("there is no set %s to be thinned", name)
		}
	}
	for _, s := range sets {
		n, ok := every[s.Name]
		if !ok {
			n = every[""]
		}
		if n > 1 {
			s.thinDocuments(n)
		}
	}
	return nil
}
