package source

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
)

// stated has a value for every field of an article.
var stated = map[string]string{
	"id": "expimtsgmz3od5e2", "title": "A quiet night", "text": "It rained all night, and the ferries stayed in the harbour.",
	"source": "Valley Voice", "url": "https://news.example/1", "published": "15 August 2025", "lang": "en", "author": "Jane Doe",
	"modified": "2025-08-16T10:00:00Z", "embargo": "2025-08-17",
}

// Every name of every field counts in front matter and in JSON lines alike, in any
// case.
func TestMetadataIsTheSameEverywhere(t *testing.T) {
	want, err := RecordFrom(stated).Article(func(key string) string { return key })
	if err != nil || want.ID == "" || want.Title == "" || want.Author == "" || want.Embargo.IsZero() || want.Modified.IsZero() {
		t.Fatalf("%+v, %v", want, err)
	}
	for key, names := range fieldNames {
		for _, name := range names {
			for _, name := range []string{name, strings.ToUpper(name), strings.ReplaceAll(name, " ", "_")} {
				called := maps.Clone(stated)
				delete(called, key)
				called[name] = stated[key]
				if got := fromJSON(t, called); got != want {
					t.Errorf("a line that calls the %s %q: %+v, want %+v", key, name, got, want)
				}
				if key == "text" {
					continue
				}
				if got := fromFrontMatter(t, called); got != want {
					t.Errorf("front matter that calls the %s %q: %+v, want %+v", key, name, got, want)
				}
			}
		}
	}
}

func fromJSON(t *testing.T, values map[string]string) corpus.Article {
	t.Helper()
	data, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	lines, errs := readLines(strings.NewReader(string(data)))
	if len(lines) != 1 || len(errs) > 0 {
		t.Fatalf("%s: errors %v", data, errs)
	}
	return lines[0].Article
}

func fromFrontMatter(t *testing.T, values map[string]string) corpus.Article {
	t.Helper()
	var file strings.Builder
	file.WriteString("---\n")
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name != "text" {
			fmt.Fprintf(&file, "%s: %s\n", name, values[name])
		}
	}
	file.WriteString("---\n" + values["text"] + "\n")
	a, err := Parse("a.txt", []byte(file.String()))
	if err != nil {
		t.Fatalf("%s: %v", file.String(), err)
	}
	return a
}

// What is not ours under a name of ours does not matter, and loses nothing.
func TestMetadataOfOthers(t *testing.T) {
	const dateline = "CAIRO, Dec 12, 2023 (Reuters) - It rained."
	found := corpus.Article{Body: dateline, Source: "Reuters", Published: corpus.Day(2023, 12, 12)}
	for _, line := range []string{
		`{"text":"` + dateline + `","authors":["A","B"],"publisher":{"name":"C"},"updated":1700000000,"content":null}`,
		`{"text":null,"body":"` + dateline + `","date":null}`,
	} {
		lines, errs := readLines(strings.NewReader(line))
		if len(lines) != 1 || len(errs) > 0 || lines[0].Article != found {
			t.Errorf("%s: %+v, %v", line, lines, errs)
		}
	}
	for _, id := range []string{"17", "2024/rain", "EXPIMTSGMZ3OD5E2"} {
		a, err := Parse("a.md", []byte("---\nid: "+id+"\n---\n"+dateline))
		if err != nil || a != found {
			t.Errorf("ID %q: %+v, %v", id, a, err)
		}
	}
	a, err := Parse("a.md", []byte("---\nid: expimtsgmz3od5e2\n---\n"+dateline))
	if want := (corpus.Article{ID: "expimtsgmz3od5e2", Body: dateline}); err != nil || a != want {
		t.Errorf("an article that has been in a store is %+v, %v, want %+v", a, err, want)
	}
}
