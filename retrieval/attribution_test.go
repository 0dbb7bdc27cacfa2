package retrieval

import (
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/claims"
)

// TestAttribution finds the claim of each sentence of an article, quoted as it is.
func TestAttribution(t *testing.T) {
	type said struct {
		sentence, speaker string
		kind              claims.Kind // "" for no claim
	}
	tests := []struct {
		lang text.Language
		body string
		want []said
	}{
		{
			text.English,
			"The mayor of Sfax, Ann Lee, visited the harbour on Monday. She said the works would end in May. The quay is 300 metres long.\n\n" +
				"Lee denied that money was missing. \"Every dinar is accounted for. Nobody took a thing,\" she said. \"We have the books to show it.\"\n\n" +
				"It was announced on Friday. No group claimed responsibility.",
			[]said{
				{"She said the works would end in May.", "The mayor of Sfax", claims.Says},
				{"The quay is 300 metres long.", "", ""},
				{"Lee denied that money was missing.", "Lee", claims.Denies},
				{"\"We have the books to show it.\"", "Lee", claims.Says},
				{"It was announced on Friday.", "", ""},
				{"No group claimed responsibility.", "", ""},
			},
		},
		{
			text.Arabic,
			"وقال وزير النقل سامي حداد إن الميناء سيفتح في مايو. وأضاف أن الكلفة لم تتغير.\n\n" +
				"ولم يُدعَ زيلينسكي إلى القمة. وأعلن يوم السبت أنه سيتوجه إلى واشنطن. ويبلغ طول الرصيف 300 متر.\n\n" +
				"رفضت النقابة العرض، ووصل الوسيط. أغلقت وزارة النقل الجسر وأعلنت تحويل السير.\n\nونفت الشركة الخبر.\n\nووصف الرئيس أردوغان الكارثة بأنها كبيرة.\n\nواتهمت المنظمة السلطات بالتعذيب.",
			[]said{
				{"وأضاف أن الكلفة لم تتغير.", "وزير النقل سامي حداد", claims.Says},
				{"وأعلن يوم السبت أنه سيتوجه إلى واشنطن.", "زيلينسكي", claims.Announces},
				{"ويبلغ طول الرصيف 300 متر.", "", ""},
				{"أغلقت وزارة النقل الجسر وأعلنت تحويل السير.", "وزارة النقل", claims.Announces},
				{"ونفت الشركة الخبر.", "الشركة", claims.Denies},
				{"ووصف الرئيس أردوغان الكارثة بأنها كبيرة.", "الرئيس أردوغان", claims.Says},
				{"واتهمت المنظمة السلطات بالتعذيب.", "", claims.Says},
			},
		},
		{
			text.English,
			"\"Nothing is decided yet,\" it was heard in the hall.\n\nHe added that talks would go on.",
			[]said{{"He added that talks would go on.", "", claims.Says}},
		},
	}
	b := newBench(t)
	for _, tt := range tests {
		id := b.add(corpus.Article{Title: "Harbour works", Source: "The Daily Test", Body: tt.body, Language: tt.lang})
		p, err := b.engine.open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.want {
			q := quoteOf(t, p, want.sentence)
			got := b.engine.claim(p, q)
			switch {
			case got == nil && want.kind == "":
			case got == nil || want.kind == "":
				t.Errorf("%q: the claim is %+v, want %+v", want.sentence, got, want)
			case got.Kind != want.kind || got.Speaker != want.speaker || p.article.Body[got.Start:got.End] != got.Speaker:
				t.Errorf("%q: the claim is %+v, want %+v", want.sentence, *got, want)
			}
		}
	}
}

// quoteOf quotes a sentence of a page.
func quoteOf(t *testing.T, p *page, sentence string) Quote {
	t.Helper()
	for i, s := range p.sentences {
		if p.text(i) == sentence {
			return Quote{sentence, s.Start, s.End}
		}
	}
	t.Fatalf("%q is no sentence of the article", sentence)
	return Quote{}
}

// TestClaimOfChanged has quotes that the article does not hold.
func TestClaimOfChanged(t *testing.T) {
	b := newBench(t)
	id := b.add(corpus.Article{Title: "Harbour works", Source: "The Daily Test", Body: "Ann Lee said it was done.", Language: text.English})
	p, err := b.engine.open(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []Quote{{"Ann", -1, 2}, {"Ann", 0, 99}, {"Bob", 0, 3}, {"", 0, 0}, {"said", 8, 12}} {
		if c := b.engine.claim(p, q); c != nil {
			t.Errorf("the claim of %+v is %+v", q, c)
		}
	}
}

// TestAskSaysWhoClaims asks what somebody has said.
func TestAskSaysWhoClaims(t *testing.T) {
	b := newBench(t, corpus.Article{
		Title: "Rail pact", Source: "The Daily Test", Language: text.English,
		Body: "Transport minister Sami Haddad claimed that the railway would be finished in May.",
	})
	a := b.ask("When will the railway be finished?")
	if len(a.Citations) != 1 {
		t.Fatalf("there are %d quotes", len(a.Citations))
	}
	c := a.Citations[0].Claim
	if c == nil || c.Kind != claims.Alleges || c.Speaker != "Transport minister Sami Haddad" {
		t.Errorf("the claim is %+v", c)
	}
}

// TestSecondClaim names both whose claims one sentence has.
func TestSecondClaim(t *testing.T) {
	b := newBench(t)
	const said = "Lee said the works were late, while a local paper claimed that money was missing."
	id := b.add(corpus.Article{Title: "Harbour works", Source: "The Daily Test", Body: "It rained. " + said, Language: text.English})
	p, err := b.engine.open(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	got := b.engine.claim(p, quoteOf(t, p, said))
	if got == nil || got.Speaker != "Lee" || got.Also == nil || got.Also.Kind != claims.Alleges || p.article.Body[got.Also.Start:got.Also.End] != "a local paper" {
		t.Errorf("the claim is %+v", got)
	}
}

// TestClaimsOfQuote names the speakers of a quote of two sentences, once each.
func TestClaimsOfQuote(t *testing.T) {
	tests := []struct {
		lang           text.Language
		first, second  string
		speaker, other string // other is "" when nobody else speaks
	}{
		{text.English, "Ann Lee said 90 boats were missing.", "The port authority denied that the sea was rough.", "The port authority", "Ann Lee"},
		{text.English, "Ann Lee said 90 boats were missing.", "She said the sea was rough.", "Ann Lee", ""},
		{text.English, "Ann Lee said 90 boats were missing.", "Lee denied that the sea was rough.", "Lee", ""},
		{text.English, "It rained in Sfax for a day.", "Ann Lee said the sea was rough.", "Ann Lee", ""},
		{text.English, "Ann Lee said 90 boats were missing.", "The quay is 300 metres long.", "", ""},
		{
			text.Arabic, "وقال وزير النقل سامي حداد إن عدد المفقودين تسعون شخصا.", "وكانت السلطات في الميناء قد أعلنت غرق عشرين قاربا.",
			"السلطات", "وزير النقل سامي حداد",
		},
	}
	b := newBench(t)
	for _, tt := range tests {
		id := b.add(corpus.Article{Title: "Harbour works", Source: "The Daily Test", Body: tt.first + " " + tt.second, Language: tt.lang})
		p, err := b.engine.open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		var speaker, other string
		if c := b.engine.claim(p, Quote{p.article.Body, 0, len(p.article.Body)}); c != nil {
			speaker = c.Speaker
			if c.Also != nil {
				other = p.article.Body[c.Also.Start:c.Also.End]
			}
		}
		if speaker != tt.speaker || other != tt.other {
			t.Errorf("%q %q are said by %q and %q, want %q and %q", tt.first, tt.second, speaker, other, tt.speaker, tt.other)
		}
	}
}

// A quote does not stand under what somebody else has said.
func TestContextNamesTheSpeaker(t *testing.T) {
	b := newBench(t)
	const other, naming, quote = "Ben Roe saw the storm from the quay.", "Ann Lee was not in Sfax.", "She said the sea was rough."
	body := other + "\n\n" + naming + " " + quote
	id := b.add(corpus.Article{Title: "Harbour works", Source: "The Daily Test", Body: body, Language: text.English})
	from := len(body) - len(quote)
	a := Answer{Citations: []Citation{{
		ArticleID: id, Language: text.English, Quote: Quote{quote, from, len(body)}, Context: &Quote{other, 0, len(other)},
	}}}
	if err := b.engine.attribute(t.Context(), &a); err != nil {
		t.Fatal(err)
	}
	c := a.Citations[0]
	if c.Claim == nil || c.Claim.Speaker != "Ann Lee" {
		t.Fatalf("said by %+v, want Ann Lee", c.Claim)
	}
	if want := (Quote{naming, from - len(naming) - 1, from - 1}); *c.Context != want {
		t.Errorf("the context is %+v, want %+v", *c.Context, want)
	}
}
