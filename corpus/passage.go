package corpus

import (
	"strings"

	"newsbot/corpus/text"
)

// Passage is a stretch of an article of a few sentences: what is searched, ranked and encoded.
type Passage struct {
	// ID is the article's ID, a dot, and N.
	ID string
	// ArticleID is the ID of the article the passage is part of.
	ArticleID string
	// N numbers the passages of an article from 1.
	N int
	// Span is where the passage is in the article's Body, from its first sentence to its last.
	text.Span
	// Sentences are its sentences in order, as spans of the Body too.
	Sentences []text.Span
}

// The size of a passage in words, and what bounds the search for the best division.
const (
	minWords    = 60  // below this a passage is short
	goodWords   = 90  // what a passage is drawn to
	maxWords    = 120 // above this it is long
	tinyWords   = 40  // below this it says too little to be found or to be read alone
	mostWords   = 160 // a tiny remainder may be joined up to here
	mostPerPart = 64  // sentences in a passage: lists of very short lines are cut here
)

// Split divides a body into passages of 60 to 120 words. They begin and end at the edges of sentences, preferably of
// paragraphs, and together hold every sentence once and in order. A short body is one passage. What is left over is
// not left alone when it has fewer than 40 words and a neighbour can take it in without passing 160. The passages are
// numbered; ID and ArticleID are empty.
//
// It takes time linear in the length of the body.
func Split(body string) []Passage {
	sentences := text.Sentences(body)
	parts := divide(measure(body, sentences))
	passages := make([]Passage, len(parts))
	start := 0
	for i, end := range parts {
		own := sentences[start:end:end]
		passages[i] = Passage{
			N:         i + 1,
			Span:      text.Span{Start: own[0].Start, End: own[len(own)-1].End},
			Sentences: own,
		}
		start = end
	}
	return passages
}

// piece is what the division needs to know of a sentence.
type piece struct {
	words int
	// closes says that a paragraph ends with the sentence.
	closes bool
}

func measure(body string, sentences []text.Span) []piece {
	pieces := make([]piece, len(sentences))
	for i, s := range sentences {
		next := len(body)
		if i+1 < len(sentences) {
			next = sentences[i+1].Start
		}
		pieces[i] = piece{
			words:  CountWords(body[s.Start:s.End]),
			closes: next == len(body) || strings.Contains(body[s.End:next], "\n"),
		}
	}
	return pieces
}

// divide returns where the parts of the cheapest division end, as indexes into pieces. best[i] is the cost of dividing
// the first i pieces; the last part of that division begins at from[i]. A part has at most mostPerPart pieces, so the
// time is linear.
func divide(pieces []piece) []int {
	best := make([]int64, len(pieces)+1)
	from := make([]int, len(pieces)+1)
	for end := 1; end <= len(pieces); end++ {
		words := 0
		best[end] = -1
		for start := end - 1; start >= 0 && end-start <= mostPerPart; start-- {
			words += pieces[start].words
			if words > mostWords && end-start > 1 {
				break
			}
			cost := best[start] + partCost(words, pieces[end-1].closes)
			if best[end] < 0 || cost < best[end] {
				best[end], from[end] = cost, start
			}
		}
	}
	return ends(from)
}

// ends follows the choices back from the last piece and returns them in order.
func ends(from []int) []int {
	n := 0
	for end := len(from) - 1; end > 0; end = from[end] {
		n++
	}
	out := make([]int, n)
	for end := len(from) - 1; end > 0; end = from[end] {
		n--
		out[n] = end
	}
	return out
}

// partCost says how bad a part is. The steps are far apart on purpose: a part under tinyWords is worse than any part
// over maxWords, which is worse than a short one, which is worse than one that ends inside a paragraph.
func partCost(words int, closes bool) int64 {
	off := int64(words - goodWords)
	cost := off * off // at most 900 within the bounds
	switch {
	case words < tinyWords:
		cost = 1_000_000
	case words < minWords:
		cost *= 4
	case words > maxWords:
		cost *= 20
	}
	if !closes {
		cost += 600
	}
	return cost
}
