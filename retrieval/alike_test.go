package retrieval

import (
	"context"
	"slices"
	"testing"

	"newsbot/corpus/text"
	"newsbot/retrieval/encoder/use"
)

// asked is a question of single words that no list has, which are no names.
func (b *wordBench) asked(forms ...string) *query {
	q := &query{}
	for _, form := range forms {
		w := questionWord{b.words.stem(form), form}
		q.groups = append(q.groups, group{word: w, norm: form})
	}
	return q
}

func (b *wordBench) alike(q *query) *alike {
	b.t.Helper()
	a, err := b.engine.alike(b.t.Context(), q)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// TestAlike wants of two sentences the one that says a word of the question otherwise,
// in its own language and in the other.
func TestAlike(t *testing.T) {
	enc, err := use.New(use.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := newWordBench(t, enc)
	b.change(wordChange{come: slices.Concat(
		b.encoded(text.English, "quake", "shook", "bakery", "sells", "bread", "team", "beat", "rivals"),
		b.encoded(text.Arabic, "هزة", "أرضية", "ضربت", "مخبز", "يبيع", "خبز", "الفريق", "تغلب", "منافسه"),
	)})
	tests := []struct {
		word        string
		lang        text.Language
		near, aside string
	}{
		{"earthquake", text.English, "A quake shook the town.", "The bakery sells bread."},
		{"won", text.English, "The team beat its rivals.", "The bakery sells bread."},
		{"bread", text.English, "The bakery is open.", "The team beat its rivals."},
		{"زلزال", text.Arabic, "ضربت هزة أرضية البلدة.", "يبيع المخبز الخبز."},
		{"فاز", text.Arabic, "تغلب الفريق على منافسه.", "يبيع المخبز الخبز."},
		{"earthquake", text.Arabic, "ضربت هزة أرضية البلدة.", "يبيع المخبز الخبز."},
		{"خبز", text.English, "The bakery is open.", "A quake shook the town."},
	}
	for _, tt := range tests {
		a := b.alike(b.asked(tt.word))
		near, aside := a.of(tt.lang, b.engine.analyzer.Terms(tt.near)), a.of(tt.lang, b.engine.analyzer.Terms(tt.aside))
		if near[0] <= aside[0] || near[0] > 1 || aside[0] < 0 {
			t.Errorf("%q comes %.2f near to %q, %.2f to %q", tt.word, near[0], tt.near, aside[0], tt.aside)
		}
	}
}

// TestNothingAlike asks with what has no meaning to compare, and without an encoder
// that could.
func TestNothingAlike(t *testing.T) {
	b, _ := newFakeBench(t)
	b.change(wordChange{come: b.encoded(text.English, "harbour", "opened")})
	q := b.asked("harbour", "2019", "harbour")
	q.groups[2].known, q.groups[2].proper = true, true
	got := b.alike(q).of(text.English, b.engine.analyzer.Terms("The harbour opened in 2019."))
	if got[0] < 0.9 || got[1] != 0 || got[2] != 0 {
		t.Errorf("a word, a number and a known name are %.2f alike", got)
	}
	b.engine.vocabulary = nil
	if got := b.alike(q).of(text.English, b.engine.analyzer.Terms("The harbour opened.")); !slices.Equal(got, make([]float64, 3)) {
		t.Errorf("without a quick encoder words are %.2f alike", got)
	}
}

// TestAlikeIsRemembered asks for the same words again, which are not encoded again.
func TestAlikeIsRemembered(t *testing.T) {
	b, fake := newFakeBench(t)
	b.change(wordChange{come: b.encoded(text.Arabic, "ميناء", "افتتاح")})
	q := b.asked("ميناء", "الافتتاح")
	encoded := 0
	fake.Before = func(_ context.Context, texts []string) error { encoded += len(texts); return nil }
	first := b.alike(q).of(text.Arabic, b.engine.analyzer.Terms("افتتاح الميناء"))
	once := encoded
	again := b.alike(q).of(text.Arabic, b.engine.analyzer.Terms("افتتاح الميناء"))
	if once == 0 || encoded != once || !slices.Equal(first, again) {
		t.Errorf("%d texts were encoded, then %d; %.3f, then %.3f", once, encoded-once, first, again)
	}
}
