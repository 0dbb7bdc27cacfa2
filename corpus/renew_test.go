package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
)

func TestPassageText(t *testing.T) {
	const body = "Lee opens the harbour. It took six years."
	for _, test := range []struct {
		name, title, want string
	}{
		{"title", "Port Valen", "Port Valen\n" + body},
		{"title derived", "", body},
		{"title repeated", "Lee opens the harbour", body},
	} {
		a, err := Prepare(Article{Title: test.title, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.PassageText(Split(a.Body)[0]); got != test.want {
			t.Errorf("%s: PassageText = %q, want %q", test.name, got, test.want)
		}
	}
	long, err := Prepare(sample(1, 400))
	if err != nil {
		t.Fatal(err)
	}
	long.TitleDerived = true
	second := Split(long.Body)[1]
	if got, want := long.PassageText(second), long.Title+"\n"+long.Body[second.Start:second.End]; got != want {
		t.Errorf("derived: PassageText of the second passage = %q, want %q", got, want)
	}
}

// An article whose title is set wants its passages encoded anew, and nothing else.
func TestTitleChangesPassages(t *testing.T) {
	s := testStore(t)
	a := mustAdd(t, s, Article{Title: "Harbour", Body: "It took six years. Ferries sail from June."})
	putAll(t, s, "enc")
	_, _, err := s.Edit(t.Context(), a.ID, func(a *Article) error { a.Title = "Port Valen"; return nil })
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"passage Port Valen\nIt took six years. Ferries sail from June."}
	if got := texts1(mustPending(t, s, "enc", 0)); !slices.Equal(got, want) {
		t.Errorf("Pending = %q; want %q", got, want)
	}
	checkIntegrity(t, s)
}

// The texts of articles that an older program stored are found anew when the folder is opened, those that a killed
// process left too; sentences keep their vectors.
func TestRenewTexts(t *testing.T) {
	s := testStore(t)
	a := mustAdd(t, s, Article{Title: "Harbour", Body: "It took six years. Ferries sail from June."})
	mustAdd(t, s, Article{Title: "Bridge", Body: "It was closed. Repairs take four months."})
	putAll(t, s, "enc")
	statements := formerHashes(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// As it was: the passage without its title.
	hash := TextHash(a.Body)
	statements = append(statements, rename(TextHash("Harbour\n"+a.Body), hash)...)
	alter(t, s.dir, append(statements, "UPDATE article SET texts = 0")...)

	s = openStore(t, Config{Dir: s.dir})
	want := []string{"passage Harbour\n" + a.Body}
	if got := texts1(mustPending(t, s, "enc", 0)); !slices.Equal(got, want) {
		t.Errorf("Pending = %q; want %q", got, want)
	}
	checkBacklog(t, s, "enc", 1, 1)
	vectors, err := s.Vectors(t.Context(), "enc", []Hash{hash})
	if err != nil || len(vectors) != 0 {
		t.Errorf("the passage of before has %d vectors, %v; want none", len(vectors), err)
	}
	checkIntegrity(t, s)
}

// An article that an older program has cut into other sentences is cut anew when the folder is opened; what stays as it
// was keeps its vectors.
func TestRenewSentences(t *testing.T) {
	s := testStore(t)
	const before, after = "It took six years.", "Ferries sail from June."
	long := "The harbour " + strings.Repeat("was widened and ", 25) + "deepened; then " + strings.Repeat("ships came and ", 25) + "left."
	a := mustAdd(t, s, Article{Title: "Harbour", Body: before + "\n" + long + "\n" + after})
	mustAdd(t, s, Article{Title: "Bridge", Body: "It was closed. Repairs take four months."})
	putAll(t, s, "enc")
	_, want, err := s.Full(t.Context(), a.ID)
	if err != nil || len(want) != 2 {
		t.Fatalf("Full = %v, %v; want two passages", want, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// As it was: one passage, the long sentence whole.
	packed := encodeSpans(0, []text.Span{
		{Start: 0, End: len(before)},
		{Start: len(before) + 1, End: len(before) + 1 + len(long)},
		{Start: len(a.Body) - len(after), End: len(a.Body)},
	})
	statements := []string{
		"DELETE FROM passage WHERE article = 1",
		fmt.Sprintf("INSERT INTO passage VALUES (1, 1, 0, %d, x'%x')", len(a.Body), packed),
		"UPDATE article SET passages = 1 WHERE pk = 1",
		"UPDATE article SET texts = 0",
	}
	var wanted []string
	for _, x := range Texts(&a, want) {
		if x.Text != before && x.Text != after {
			statements = append(statements, rename(x.Hash, TextHash("Former "+x.Text))...)
			wanted = append(wanted, x.Text)
		}
	}
	alter(t, s.dir, statements...)

	s = openStore(t, Config{Dir: s.dir})
	_, got, err := s.Full(t.Context(), a.ID)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Full: %v, passages -want +got\n%s", err, diff)
	}
	var lacking []string
	for _, x := range mustPending(t, s, "enc", 0) {
		lacking = append(lacking, x.Text)
	}
	if !slices.Equal(lacking, wanted) {
		t.Errorf("Pending = %q; want %q", lacking, wanted)
	}
	var passages int
	if err := s.reader.QueryRowContext(t.Context(), "SELECT passages FROM article WHERE pk = 1").Scan(&passages); err != nil || passages != 2 {
		t.Errorf("the article has %d passages, %v; want 2", passages, err)
	}
	checkIntegrity(t, s)
}
