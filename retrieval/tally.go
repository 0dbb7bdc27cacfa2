package retrieval

// A tally is what one group of alternatives finds: how often it stands in each
// document, as if all its spellings were one word (Pirkola 1998), and in how many
// documents it stands. It has a cell for each document of the index, and is used
// again for the next group and the next question without being cleared: a cell
// counts only when it bears the stamp of the present round.
type tally struct {
	round uint32
	cells []tallyCell
	docs  []int32 // those found, in no order
	df    float64 // documents found; one of translations alone counts their weights
}

type tallyCell struct {
	tf     float64
	stamp  uint32
	summed bool // no alternative but translations was found there
}

// begin empties the tally and makes it fit for documents below n.
func (t *tally) begin(n int) {
	t.docs, t.df = t.docs[:0], 0
	if t.round++; t.round == 0 || len(t.cells) < n { // after four billion rounds stamps would come again
		t.cells, t.round = make([]tallyCell, n+n/8), 1
	}
}

// at returns the cell of a document, and whether it is found for the first time.
func (t *tally) at(doc int32) (cell *tallyCell, fresh bool) {
	cell = &t.cells[doc]
	if cell.stamp == t.round {
		return cell, false
	}
	*cell = tallyCell{stamp: t.round}
	t.docs = append(t.docs, doc)
	return cell, true
}

// raise takes in an alternative that is another spelling: the frequency is the
// largest of theirs, the documents are the union.
func (t *tally) raise(list []posting, weight float64) {
	for _, p := range list {
		cell, fresh := t.at(p.doc)
		if tf := float64(p.tf) * weight; tf > cell.tf {
			cell.tf = tf
		}
		if fresh {
			t.df++
		}
	}
}

// sum takes in an alternative that is a translation: frequencies add up. It is
// called after raise for all others.
func (t *tally) sum(list []posting, weight float64) {
	for _, p := range list {
		cell, fresh := t.at(p.doc)
		cell.summed = cell.summed || fresh
		cell.tf += float64(p.tf) * weight
		if cell.summed {
			t.df += weight
		}
	}
}

// A scoring adds up what the words of a question are worth in each document, in
// the manner of [tally].
type scoring struct {
	round uint32
	cells []score
	docs  []int32 // those that have something, in no order
}

type score struct {
	coverage float64 // idf of the groups that the document holds
	bm25     float64
	stamp    uint32
}

func (s *scoring) begin(n int) {
	s.docs = s.docs[:0]
	if s.round++; s.round == 0 || len(s.cells) < n {
		s.cells, s.round = make([]score, n+n/8), 1
	}
}

// at returns the score of a document.
func (s *scoring) at(doc int32) *score {
	cell := &s.cells[doc]
	if cell.stamp != s.round {
		*cell = score{stamp: s.round}
		s.docs = append(s.docs, doc)
	}
	return cell
}

// best returns the up to n documents of the highest BM25, best first; of equal
// ones those of the lower numbers. It keeps the best so far in a heap with the
// worst of them on top.
func (s *scoring) best(n int) []int32 {
	if n <= 0 {
		return nil
	}
	top := make([]int32, 0, min(n, len(s.docs)))
	for _, doc := range s.docs {
		switch {
		case len(top) < n:
			top = append(top, doc)
			s.rise(top, len(top)-1)
		case s.before(doc, top[0]):
			top[0] = doc
			s.sink(top)
		}
	}
	for i := len(top) - 1; i > 0; i-- { // the worst goes to the end
		top[0], top[i] = top[i], top[0]
		s.sink(top[:i])
	}
	return top
}

// before reports whether document a is ranked before b.
func (s *scoring) before(a, b int32) bool {
	x, y := s.cells[a].bm25, s.cells[b].bm25
	return x > y || x == y && a < b
}

// rise moves the i-th of a heap up to its place.
func (s *scoring) rise(heap []int32, i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !s.before(heap[parent], heap[i]) {
			return
		}
		heap[parent], heap[i] = heap[i], heap[parent]
		i = parent
	}
}

// sink moves the first of a heap down to its place.
func (s *scoring) sink(heap []int32) {
	for i := 0; 2*i+1 < len(heap); {
		worst := 2*i + 1
		if next := worst + 1; next < len(heap) && s.before(heap[worst], heap[next]) {
			worst = next
		}
		if !s.before(heap[i], heap[worst]) {
			return
		}
		heap[i], heap[worst] = heap[worst], heap[i]
		i = worst
	}
}
