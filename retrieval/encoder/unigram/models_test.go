package unigram_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"newsbot/retrieval/encoder/encodertest"
	"newsbot/retrieval/encoder/unigram"
)

// plainly cuts text the long way: every piece is tried at every place, found in a
// map of them all.
func plainly(m model, text string) []int32 {
	text = unigram.Normalize(text, m.rules)
	type way struct {
		score float32
		from  int
		id    int32
	}
	best := slices.Repeat([]way{{score: float32(math.Inf(-1))}}, len(text)+1)
	best[0].score = 0
	try := func(from, to int, id int32, score float32) {
		if score += best[from].score; score > best[to].score {
			best[to] = way{score, from, id}
		}
	}
	for i := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		for end := i + 1; end <= min(i+m.longest, len(text)); end++ {
			if id, found := m.pieces[text[i:end]]; found {
				try(i, end, id, m.vocab.Scores[id])
			}
		}
		try(i, i+size, m.vocab.Unknown, m.vocab.UnknownScore)
	}
	var ids []int32
	for i := len(text); i > 0; i = best[i].from {
		ids = append(ids, best[i].id)
	}
	slices.Reverse(ids)
	return ids
}

// TestModels cuts with both vocabularies what is hard to cut: as the long way
// does, and with no special among the pieces.
func TestModels(t *testing.T) {
	for _, m := range models(t) {
		for name, text := range encodertest.Hostile() {
			t.Run(m.name+"/"+name, func(t *testing.T) {
				got := m.Encode(nil, text, everything)
				if want := plainly(m, text); !slices.Equal(got, want) {
					t.Errorf("Encode(%.40q) = %d ids %v, want %d ids %v", text, len(got), head(got), len(want), head(want))
				}
				checkIDs(t, m, text, got)
				for _, limit := range []int{0, 1, 2, 510} {
					if first := m.Encode(nil, text, limit); len(first) != min(limit, len(got)) {
						t.Errorf("Encode(%.40q) with limit %d = %d ids", text, limit, len(first))
					}
				}
			})
		}
	}
}

func head(ids []int32) []int32 { return ids[:min(20, len(ids))] }

// checkIDs wants ids that are in the vocabulary, not specials, and that spell the
// normalised text.
func checkIDs(t *testing.T, m model, text string, ids []int32) {
	t.Helper()
	rest := unigram.Normalize(text, m.rules)
	for _, id := range ids {
		piece := m.Piece(id)
		if id == m.vocab.Unknown {
			_, size := utf8.DecodeRuneInString(rest)
			piece = rest[:size]
		}
		if piece == "" || !strings.HasPrefix(rest, piece) {
			t.Fatalf("Encode(%.40q): id %d is %q, where %.40q is left", text, id, piece, rest)
		}
		rest = rest[len(piece):]
	}
	if rest != "" {
		t.Errorf("Encode(%.40q) leaves %.40q", text, rest)
	}
}

// TestModelsNews cuts the sample articles the long way.
func TestModelsNews(t *testing.T) {
	for _, m := range models(t) {
		for _, paragraph := range news(t, "") {
			if got, want := m.Encode(nil, paragraph, everything), plainly(m, paragraph); !slices.Equal(got, want) {
				t.Errorf("%s: Encode(%q) = %v, want %v", m.name, paragraph, got, want)
			}
		}
	}
}

// TestEncodeAllocates checks that no piece or character costs memory, whatever is
// in a text and however long it is. What is kept for the next text may be gone
// after a garbage collection.
func TestEncodeAllocates(t *testing.T) {
	if encodertest.RaceDetector() {
		t.Skip("the race detector takes away what is kept for the next text")
	}
	const longest, few = 4 << 10, 5
	for _, m := range models(t) {
		for name, text := range encodertest.Hostile() {
			text = strings.Repeat(text+" خبر one ", longest/(len(text)+1)+1)
			ids := m.Encode(nil, text[:longest], everything)
			for _, size := range []int{longest / 64, longest} {
				if allocs := testing.AllocsPerRun(20, func() { ids = m.Encode(ids[:0], text[:size], everything) }); allocs > few {
					t.Errorf("%s/%s: %d bytes take %v allocations", m.name, name, size, allocs)
				}
			}
		}
	}
}

// TestEncodeHugeTextAllocates checks that a text too long for its memory to be
// kept takes a few large pieces of it, not one for each piece or character.
func TestEncodeHugeTextAllocates(t *testing.T) {
	for _, m := range models(t) {
		for _, unit := range []string{"\ufdfa", "👩‍👧 ", "خبر ", "e\u0301"} {
			text := strings.Repeat(unit, 1<<17/len(unit))
			var ids []int32
			allocs := testing.AllocsPerRun(1, func() { ids = m.Encode(ids[:0], text, everything) })
			if allocs > 30 {
				t.Errorf("%s: %d bytes of %q take %v allocations", m.name, len(text), unit, allocs)
			}
		}
	}
}

// FuzzModels compares with the long way, for both vocabularies.
func FuzzModels(f *testing.F) {
	all := models(f)
	for _, text := range encodertest.Hostile() {
		f.Add(text[:min(len(text), 200)])
	}
	for _, paragraph := range news(f, "")[:20] {
		f.Add(paragraph)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 5000 {
			return
		}
		for _, m := range all {
			got := m.Encode(nil, text, everything)
			if want := plainly(m, text); !slices.Equal(got, want) {
				t.Errorf("%s: Encode(%q) = %v, want %v", m.name, text, got, want)
			}
			checkIDs(t, m, text, got)
		}
	})
}
