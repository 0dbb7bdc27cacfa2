package retrieval

import (
	"context"
	"errors"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A selection says which articles may be quoted, and by what quotes are chosen.
type selection struct {
	only   text.Language   // "" is any
	except map[string]bool // IDs of articles
	copied map[int64]bool  // the families of these
	newest bool
	// topic says of the newest that there is no question to be answered, but a topic;
	// present that the question is about how things are now.
	topic, present bool
	// regardless quotes what is declined, too.
	regardless bool
}

// choice is the selection of a request.
func (e *Engine) choice(r *request) selection {
	s := e.selection(r.Question)
	s.topic, s.present = r.topic && r.Newest, r.present
	return s
}

func (e *Engine) selection(q Question) selection {
	s := selection{only: q.Only, newest: q.Newest, regardless: q.Regardless}
	if len(q.Except) == 0 {
		return s
	}
	s.except, s.copied = make(map[string]bool, len(q.Except)), map[int64]bool{}
	e.mu.RLock()
	defer e.mu.RUnlock()
	for _, id := range q.Except {
		s.except[id] = true
		if family := e.families[id]; family != 0 {
			s.copied[family] = true
		}
	}
	return s
}

// takes reports whether an article may be quoted.
func (s *selection) takes(c *candidate) bool {
	return (s.only == "" || c.article.Language == s.only) && !s.seen(c)
}

// seen reports whether it is one not to be quoted, or a copy of one.
func (s *selection) seen(c *candidate) bool { return s.except[c.ArticleID] || s.copied[c.family] }

// sift returns the candidates of the articles that may be quoted, in order. When
// these are all, it is the slice itself.
func (s *selection) sift(all []candidate) []candidate {
	if s.only == "" && len(s.except) == 0 {
		return all
	}
	var out []candidate
	for i := range all {
		if s.takes(&all[i]) {
			out = append(out, all[i])
		}
	}
	return out
}

// slotsWithin are those of the passages of some articles that are in a language. The
// engine is locked.
func (e *Engine) slotsWithin(ids []string, lang text.Language) []int32 {
	var slots []int32
	for _, id := range ids {
		a := e.articles[id]
		if a == nil || a.Language != lang {
			continue
		}
		for _, p := range a.passages {
			slots = append(slots, p.slot)
		}
	}
	return slots
}

// looks is from how many of the best passages' articles quotes are taken.
func (s *selection) looks() int {
	if s.newest {
		return newestPassages
	}
	return evidencePassages
}

// unseen leaves out, in place, the sentences that an article not to be quoted has
// word for word, such as the report of an agency in another paper: whoever has
// seen that article has read them.
func (e *Engine) unseen(ctx context.Context, s *selection, sentences []sentence) ([]sentence, error) {
	if len(s.except) == 0 || len(sentences) == 0 {
		return sentences, nil
	}
	seen := map[string]bool{}
	for id := range s.except {
		p, err := e.open(ctx, id)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // removed since it was seen
		}
		if err != nil {
			return nil, err
		}
		for i := range p.sentences {
			seen[respaced(p.text(i))] = true
		}
	}
	return slices.DeleteFunc(sentences, func(x sentence) bool { return seen[respaced(x.page.text(x.index))] }), nil
}

// keepQuotes adds to the quotes of one language those that the answer without that
// choice has in it. What a word tells depends on the sentences that are looked at
// ([tellApart]), so that with others left out a sentence can fall behind the best by
// more than [citeWithin]: whoever asks for one language does not mean to lose it.
//
// The newest are chosen article by article and not by how far they are behind.
func (e *Engine) keepQuotes(ctx context.Context, q *query, chosen selection, all []candidate, found *quotes) error {
	if chosen.only == "" || chosen.newest {
		return nil
	}
	only := chosen.only
	chosen.only = ""
	wide, err := e.quote(ctx, q, &chosen, e.joinTwins(q, slices.Clone(chosen.sift(all))))
	if err != nil || wide.verdict == Declined {
		return err
	}
	found.keep(slices.DeleteFunc(wide.citations, func(c Citation) bool { return c.Language != only }))
	return nil
}

// keep makes sure of the citations wanted. When there are too many, others give way,
// those that are worth least first.
func (f *quotes) keep(wanted []Citation) {
	for _, c := range wanted {
		if repeats(f.citations, c) {
			continue
		}
		if len(f.citations) == maxCitations {
			f.giveWay(wanted)
		}
		c.N = len(f.citations) + 1
		f.citations = append(f.citations, c)
	}
}

// giveWay takes out the last citation that says nothing of what is wanted, or the
// last one.
func (f *quotes) giveWay(wanted []Citation) {
	out := len(f.citations) - 1
	for i, c := range slices.Backward(f.citations) {
		if !repeats(wanted, c) {
			out = i
			break
		}
	}
	f.citations = slices.Delete(f.citations, out, out+1)
	for i := range f.citations {
		f.citations[i].N = i + 1
	}
}
