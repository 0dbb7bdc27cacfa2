package retrieval

import (
	"math"
	"slices"
	"sort"

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

// A wordIndex is an inverted index over one field of the passages of one
// language. Documents are numbered by the caller. It is not safe for
// concurrent use; the [Engine] guards it.
type wordIndex struct {
	terms    map[string]int32
	names    []string          // by term
	postings [][]posting       // by term, sorted by document
	free     []int32           // terms that no document holds any more
	docs     map[int32]docInfo // what each document holds, so that it can be taken out again
	length   int               // words in all documents
}

type docInfo struct {
	length int
	terms  []int32
}

func newWordIndex() *wordIndex {
	return &wordIndex{terms: map[string]int32{}, docs: map[int32]docInfo{}}
}

// add indexes the words of document doc, which must be new.
func (w *wordIndex) add(doc int32, words []string) {
	count := make(map[int32]uint16, len(words))
	for _, word := range words {
		id := w.term(word)
		if count[id] < math.MaxUint16 {
			count[id]++
		}
	}
	info := docInfo{length: len(words), terms: make([]int32, 0, len(count))}
	for id, tf := range count {
		w.insert(id, posting{doc, tf})
		info.terms = append(info.terms, id)
	}
	w.docs[doc] = info
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

// insert keeps a term's postings sorted; documents mostly come in order.
func (w *wordIndex) insert(id int32, p posting) {
	list := w.postings[id]
	if n := len(list); n == 0 || list[n-1].doc < p.doc {
		w.postings[id] = append(list, p)
		return
	}
	i := sort.Search(len(list), func(i int) bool { return list[i].doc >= p.doc })
	w.postings[id] = slices.Insert(list, i, p)
}

// remove takes a document out: neither a posting of it stays nor a word that
// only it held.
func (w *wordIndex) remove(doc int32) {
	info, ok := w.docs[doc]
	if !ok {
		return
	}
	for _, id := range info.terms {
		list := w.postings[id]
		i := sort.Search(len(list), func(i int) bool { return list[i].doc >= doc })
		w.postings[id] = slices.Delete(list, i, i+1)
		if len(list) == 1 {
			delete(w.terms, w.names[id])
			w.names[id], w.postings[id] = "", nil
			w.free = append(w.free, id)
		}
	}
	delete(w.docs, doc)
	w.length -= info.length
}

// lookup returns the postings of a term, which the index goes on owning.
func (w *wordIndex) lookup(term string) []posting {
	id, ok := w.terms[term]
	if !ok {
		return nil
	}
	return w.postings[id]
}

// saturate is BM25's term frequency part, in [0, k1+1).
func (w *wordIndex) saturate(doc int32, tf float64) float64 {
	average := float64(w.length) / float64(max(len(w.docs), 1))
	norm := 1 - bm25B + bm25B*float64(w.docs[doc].length)/max(average, 1)
	return tf * (bm25K1 + 1) / (tf + bm25K1*norm)
}

// A tally is what one group of synonyms finds: its frequency by document, as
// if all its spellings were one word (Pirkola 1998).
type tally map[int32]float64

// count adds up the alternatives of a group in this index's language: tf is
// the largest of theirs, the documents are the union.
func (w *wordIndex) count(alternatives []alternative) tally {
	found := tally{}
	for _, a := range alternatives {
		for doc, tf := range w.phrase(a.stems) {
			found[doc] = max(found[doc], tf*a.weight)
		}
	}
	return found
}

// phrase returns the documents that hold every one of the stems, with the
// frequency of the rarest.
func (w *wordIndex) phrase(stems []string) tally {
	found := tally{}
	for i, stem := range stems {
		list := w.lookup(stem)
		if i == 0 {
			for _, p := range list {
				found[p.doc] = float64(p.tf)
			}
			continue
		}
		both := make(tally, len(found))
		for _, p := range list {
			if tf, ok := found[p.doc]; ok {
				both[p.doc] = min(tf, float64(p.tf))
			}
		}
		found = both
	}
	return found
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
