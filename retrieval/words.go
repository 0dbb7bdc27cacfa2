package retrieval

import (
	"cmp"
	"math"
	"slices"

	"newsbot/corpus/text"
)

// BM25's constants: how fast repeats of a word saturate, and how much length
// counts (Robertson and Zaragoza 2009, section 3).
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// A posting says how often a term stands in a document.
type posting struct {
	doc int32
	tf  uint16
}

func byDocument(p posting, doc int32) int { return cmp.Compare(p.doc, doc) }

// A wordIndex is an inverted index over one field of the passages of one
// language. Documents are numbered by the caller, without large gaps: what is
// known of each stands in slices. It is not safe for concurrent use; the
// [Engine] guards it.
type wordIndex struct {
	terms    map[string]int32
	names    []string    // by term
	postings [][]posting // by term, sorted by document
	free     []int32     // terms that no document holds any more

	lengths []int32   // by document, in words; absent where there is none
	held    [][]int32 // by document, its terms, so that it can be taken out again
	count   int       // documents
	length  int       // words in all documents
}

// absent is the length of a document that is not in the index.
const absent = -1

func newWordIndex() *wordIndex { return &wordIndex{terms: map[string]int32{}} }

// add indexes the words of document doc, which must be new.
func (w *wordIndex) add(doc int32, words []string) {
	for int(doc) >= len(w.lengths) {
		w.lengths, w.held = append(w.lengths, absent), append(w.held, nil)
	}
	held := make([]int32, 0, len(words))
	for _, word := range words {
		id := w.term(word)
		if w.insert(id, doc) {
			held = append(held, id)
		}
	}
	w.lengths[doc], w.held[doc] = int32(len(words)), slices.Clip(held)
	w.count++
	w.length += len(words)
}

// term returns the number of a word, new or known.
func (w *wordIndex) term(word string) int32 {
	id, ok := w.terms[word]
	if ok {
		return id
	}
	if n := len(w.free); n > 0 {
		id, w.free = w.free[n-1], w.free[:n-1]
		w.names[id] = word
	} else {
		id = int32(len(w.postings))
		w.names, w.postings = append(w.names, word), append(w.postings, nil)
	}
	w.terms[word] = id
	return id
}

// insert counts a term once more in a document and reports whether it is the
// first time. Documents mostly come in order, so the end of the list is looked at
// first.
func (w *wordIndex) insert(id, doc int32) bool {
	list := w.postings[id]
	i, found := len(list)-1, false
	switch {
	case i < 0 || list[i].doc < doc:
		w.postings[id] = append(list, posting{doc, 1})
		return true
	case list[i].doc == doc:
		found = true
	default:
		i, found = slices.BinarySearchFunc(list, doc, byDocument)
	}
	if !found {
		w.postings[id] = slices.Insert(list, i, posting{doc, 1})
		return true
	}
	if list[i].tf < math.MaxUint16 {
		list[i].tf++
	}
	return false
}

// remove takes a document out: neither a posting of it stays nor a word that
// only it held.
func (w *wordIndex) remove(doc int32) {
	if !w.has(doc) {
		return
	}
	for _, id := range w.held[doc] {
		list := w.postings[id]
		i, _ := slices.BinarySearchFunc(list, doc, byDocument)
		w.postings[id] = slices.Delete(list, i, i+1)
		if len(list) == 1 {
			delete(w.terms, w.names[id])
			w.names[id], w.postings[id] = "", nil
			w.free = append(w.free, id)
		}
	}
	w.count--
	w.length -= int(w.lengths[doc])
	w.lengths[doc], w.held[doc] = absent, nil
}

func (w *wordIndex) has(doc int32) bool {
	return doc >= 0 && int(doc) < len(w.lengths) && w.lengths[doc] != absent
}

// lookup returns the postings of a term, which the index goes on owning.
func (w *wordIndex) lookup(term string) []posting {
	id, ok := w.terms[term]
	if !ok {
		return nil
	}
	return w.postings[id]
}

// phrase returns the documents that hold every one of the stems, with the
// frequency of the rarest. The list is the index's own or, of several stems,
// stands in buf, which is returned to be used again.
func (w *wordIndex) phrase(stems []string, buf []posting) (list, used []posting) {
	if len(stems) == 0 {
		return nil, buf
	}
	list = w.lookup(stems[0])
	if len(stems) == 1 || len(list) == 0 {
		return list, buf
	}
	buf = append(buf[:0], list...)
	for _, stem := range stems[1:] {
		buf = intersect(buf, w.lookup(stem))
	}
	return buf, buf
}

// intersect keeps of a, in place, what b has too, with the smaller frequency.
func intersect(a, b []posting) []posting {
	both := a[:0]
	for _, p := range a {
		for len(b) > 0 && b[0].doc < p.doc {
			b = b[1:]
		}
		if len(b) > 0 && b[0].doc == p.doc {
			both = append(both, posting{p.doc, min(p.tf, b[0].tf)})
		}
	}
	return both
}

// A saturation is BM25's term frequency part for one index as it is now.
type saturation struct {
	lengths   []int32
	base, per float64 // what is added to a frequency: base, and per for each word of the document
}

func (w *wordIndex) saturation() saturation {
	average := float64(w.length) / float64(max(w.count, 1))
	return saturation{w.lengths, bm25K1 * (1 - bm25B), bm25K1 * bm25B / max(average, 1)}
}

// of is the part of a document that holds a term tf times, in [0, k1+1).
func (s saturation) of(doc int32, tf float64) float64 {
	return tf * (bm25K1 + 1) / (tf + s.base + s.per*float64(s.lengths[doc]))
}

// stems returns the words of terms that are searched for: stop words are not.
func stems(terms []text.Term) []string {
	out := make([]string, 0, len(terms))
	for _, t := range terms {
		if !t.Stop {
			out = append(out, t.Stem)
		}
	}
	return out
}

// grams returns the character 4-grams of stems, the second field of Arabic.
func grams(stems []string) []string {
	var out []string
	for _, s := range stems {
		out = append(out, text.Grams(s)...)
	}
	return out
}
