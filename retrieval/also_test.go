package retrieval

import (
	"fmt"
	"slices"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

func sources(reports []Report) (out []string) {
	for _, r := range reports {
		out = append(out, r.Source)
	}
	return out
}

// Copies are named beside the one that is quoted, oldest first, unless they lack what is quoted.
func TestAlsoInCopies(t *testing.T) {
	for _, w := range wires {
		b := newBench(t, bridge, w.article, w.copy(4), w.copy(2), w.copy(3), w.copy(1))
		a := b.ask(w.question)
		if a.Verdict != Answered {
			t.Fatalf("%s: %s", w.question, a.Verdict)
		}
		quoted := a.Citations[0].Source
		want := slices.DeleteFunc([]string{w.article.Source, "Outlet 1", "Outlet 2", "Outlet 3", "Outlet 4"}, func(s string) bool { return s == quoted })
		if got := sources(a.Citations[0].Also); !slices.Equal(got, want) || a.Citations[0].AlsoMore != 0 {
			t.Errorf("%s: also in %q and %d more, want %q", w.question, got, a.Citations[0].AlsoMore, want)
		}
	}
}

// Of many copies five are named and the rest is counted; those that are hidden are not there.
func TestAlsoInManyCopies(t *testing.T) {
	const many = 500
	w := wires[0]
	articles := []corpus.Article{w.article, bridge}
	for n := range many {
		c := w.article
		c.Title, c.Source = fmt.Sprint(c.Title, " ", n), fmt.Sprint("Outlet ", n)
		c.Published = corpus.Day(2024, 10, 1+n%28)
		c.Body += fmt.Sprintf("\n\nOutlet %d.", n)
		articles = append(articles, c)
	}
	b := newBench(t, articles...)
	c := b.ask(w.question).Citations[0]
	if len(c.Also) != maxAlso || c.AlsoMore != many-maxAlso {
		t.Errorf("also in %d and %d more, want %d and %d", len(c.Also), c.AlsoMore, maxAlso, many-maxAlso)
	}
	if err := b.store.Remove(t.Context(), c.Also[0].ArticleID); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	after := b.ask(w.question).Citations[0]
	if after.AlsoMore != c.AlsoMore-1 || slices.Contains(sources(after.Also), c.Also[0].Source) && after.Also[0].ArticleID == c.Also[0].ArticleID {
		t.Errorf("also in %d more, want one less than %d; the first is %s, which is hidden", after.AlsoMore, c.AlsoMore, after.Also[0].Source)
	}
}

// Each outlet is named once, the one that is quoted last, and its other copies are counted.
func TestAlsoInOnePerOutlet(t *testing.T) {
	w := wires[0]
	articles := []corpus.Article{w.article, bridge}
	for n := range 8 {
		c := w.copy(n)
		c.Title, c.Source = fmt.Sprint(c.Title, " ", n), fmt.Sprint("Outlet ", n/3)
		c.Published = corpus.Day(2024, 10, 28-n)
		articles = append(articles, c)
	}
	b := newBench(t, articles...)
	c := b.ask(w.question).Citations[0]
	got := sources(c.Also)
	want := slices.DeleteFunc([]string{w.article.Source, "Outlet 2", "Outlet 1", "Outlet 0"}, func(s string) bool { return s == c.Source })
	if slices.Contains(got, c.Source) {
		want = append(want, c.Source)
	}
	if !slices.Equal(got, want) || c.AlsoMore != 8-len(got) {
		t.Errorf("quoted from %s, also in %q and %d more, want %q and %d", c.Source, got, c.AlsoMore, want, 8-len(want))
	}
}

// An article of its own that has the very sentence is named, too; one that has a short
// sentence that anybody writes is not.
func TestAlsoInOtherReports(t *testing.T) {
	sentence := "The new harbour of Port Valen opened on Tuesday after six years of work."
	other := corpus.Article{
		Title: "A year in Port Valen", Source: "Almanac", Published: corpus.Day(2024, 12, 30), Language: text.English,
		Body: "Snow fell in January as it had not for a generation, and the schools stayed closed for a week.\n\n" + sentence + "\n\n" +
			"In autumn the theatre burned down, and nobody has said yet who will pay for another.",
	}
	b := newBench(t, harbour, other, bridge)
	a := b.ask("When did the new harbour of Port Valen open?")
	if a.Verdict != Answered || a.Citations[0].Quote.Text != sentence {
		t.Fatalf("%s: %+v", a.Verdict, a.Citations)
	}
	if got := sources(a.Citations[0].Also); len(got) != 1 {
		t.Errorf("also in %q, want the other article", got)
	}
}
