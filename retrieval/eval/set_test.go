package eval

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// folder writes files of a set and returns its folder, which is called set.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "set")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// small is a set of one document and one question.
func small() map[string]string {
	return map[string]string{
		"corpus.en.jsonl":  `{"id":"d1","text":"The ferry sails at noon."}` + "\n",
		"queries.en.jsonl": `{"id":"q1","text":"When does the ferry sail?"}` + "\n",
		"qrels.tsv":        "q1\td1\n",
	}
}

// with is small with another file or without one.
func with(name, content string) map[string]string {
	files := small()
	files[name] = content
	return files
}

func lacking(name string) map[string]string {
	files := small()
	delete(files, name)
	return files
}

func TestReadSet(t *testing.T) {
	dir := folder(t, map[string]string{
		"corpus.en.jsonl":   "\ufeff" + `{"id":"d1","title":" Ferry ","text":"It sails.","lang":"en","more":[1]}` + "\r\n\r\n" + `{"id":"d 2","text":"It rests."}`,
		"corpus.arz.jsonl":  `{"id":"d1","text":"المركب بتبحر."}`,
		"queries.arz.jsonl": `{"id":"q1","text":"المركب بتعمل إيه؟"}`,
		"qrels.tsv":         "q1\td1\r\nq1\td 2\nq1\td1\n",
		"answers.jsonl":     `{"id":"q1","answers":["sails"]}`,
		"answers.en.jsonl":  `{"id":"q1","answers":["It sails"]}`,
		"README.md":         "not a file of the set",
		"corpus.jsonl":      "neither is this",
		"corpus.EN.jsonl":   "nor this",
	})
	got, err := ReadSet(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	want := &Set{
		Name: "set", Dir: dir,
		Documents: map[string][]Document{
			"en":  {{ID: "d1", Title: "Ferry", Text: "It sails."}, {ID: "d 2", Text: "It rests."}},
			"arz": {{ID: "d1", Text: "المركب بتبحر."}},
		},
		Questions: map[string][]Question{"arz": {{ID: "q1", Text: "المركب بتعمل إيه؟"}}},
		Relevant:  map[string][]string{"q1": {"d1", "d 2"}},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Set{}, Document{}, Question{})); diff != "" {
		t.Errorf("set (-want +got):\n%s", diff)
	}
	if line := got.Documents["en"][1].line; line != 3 {
		t.Errorf("the second document is on line %d, want 3", line)
	}
	if en, ar := got.gold("en")["q1"], got.gold("ar")["q1"]; en[0] != "It sails" || ar[0] != "sails" {
		t.Errorf("gold answers %q and %q", en, ar)
	}
}

func TestReadSetBadInput(t *testing.T) {
	document := `{"id":"d1","text":"It sails."}` + "\n"
	tests := []struct {
		name  string
		files map[string]string
		says  string // DIR stands for the folder
	}{
		{"no corpus", lacking("corpus.en.jsonl"), "DIR/corpus.LANG.jsonl not found"},
		{"no queries", lacking("queries.en.jsonl"), "DIR/queries.LANG.jsonl not found"},
		{"no qrels", lacking("qrels.tsv"), "DIR/qrels.tsv not found"},
		{"empty corpus", with("corpus.en.jsonl", ""), "DIR/corpus.en.jsonl holds no document"},
		{"blank corpus", with("corpus.en.jsonl", " \n\n\t\n"), "DIR/corpus.en.jsonl holds no document"},
		{"empty queries", with("queries.en.jsonl", "\n"), "DIR/queries.en.jsonl holds no question"},
		{"no JSON", with("corpus.en.jsonl", document+"\nhello\n"), "DIR/corpus.en.jsonl:3: no line of JSON as it should be: "},
		{"half a line", with("corpus.en.jsonl", document+`{"id":"d2","te`), "DIR/corpus.en.jsonl:2: no line of JSON as it should be: "},
		{"two values", with("queries.en.jsonl", `{"id":"q1"} {}`), "DIR/queries.en.jsonl:1: no line of JSON as it should be: "},
		{"a list", with("queries.en.jsonl", `["q1"]`), "DIR/queries.en.jsonl:1: no line of JSON as it should be: "},
		{"a number for an id", with("queries.en.jsonl", `{"id":1}`), "DIR/queries.en.jsonl:1: no line of JSON as it should be: "},
		{"no id", with("queries.en.jsonl", `{"text":"What?"}`), "DIR/queries.en.jsonl:1: there is no id"},
		{"null", with("queries.en.jsonl", `null`), "DIR/queries.en.jsonl:1: there is no id"},
		{"a tab in an id", with("queries.en.jsonl", `{"id":"a\tb"}`), `DIR/queries.en.jsonl:1: id "a\tb" holds control characters`},
		{"a long id", with("queries.en.jsonl", `{"id":"`+strings.Repeat("i", maxID+1)+`"}`), "DIR/queries.en.jsonl:1: an id is longer than 1000 bytes"},
		{"an id twice", with("corpus.en.jsonl", document+"\n"+document), `DIR/corpus.en.jsonl:3: id "d1" was on line 1 before`},
		{"a question twice", with("queries.en.jsonl", `{"id":"q1"}`+"\n"+`{"id":"q1"}`), `DIR/queries.en.jsonl:2: id "q1" was on line 1 before`},
		{"an answer twice", with("answers.jsonl", `{"id":"q1"}`+"\n"+`{"id":"q1"}`), `DIR/answers.jsonl:2: id "q1" was on line 1 before`},
		{"answers that are no list", with("answers.en.jsonl", `{"id":"q1","answers":"noon"}`), "DIR/answers.en.jsonl:1: no line of JSON as it should be: "},
		{"an unknown document", with("qrels.tsv", "q1\td1\nq1\td7\n"), `DIR/qrels.tsv:2: unknown document "d7": no corpus.LANG.jsonl has that id; correct this line or delete it`},
		{"an unknown question", with("qrels.tsv", "\nq7\td1\n"), `DIR/qrels.tsv:2: unknown question "q7": no queries.LANG.jsonl has that id; correct this line or delete it`},
		{"a head line", with("qrels.tsv", "query-id\tcorpus-id\nq1\td1\n"), `DIR/qrels.tsv:1: unknown question "query-id": `},
		{"qrels of TREC", with("qrels.tsv", "q1 0 d1 1\n"), "DIR/qrels.tsv:1: want the id of a question, a tab, and the id of a document"},
		{"a broken id in qrels", with("qrels.tsv", "q1\td\xff\n"), `DIR/qrels.tsv:1: id "d\xff" is not valid UTF-8`},
		{"ids of broken UTF-8", with("corpus.en.jsonl", `{"id":"d`+"\xff"+`"}`+"\n"+`{"id":"d`+"\xfe"+`"}`), `DIR/corpus.en.jsonl:1: id "d�" is not valid UTF-8`},
		{"half a surrogate pair in an id", with("queries.en.jsonl", `{"id":"q\ud800"}`), `DIR/queries.en.jsonl:1: id "q�" is not valid UTF-8`},
		{"a NUL byte", with("corpus.en.jsonl", document+"{\"id\":\"d2\",\"text\":\"a\x00b\"}"), `DIR/corpus.en.jsonl:2: no line of JSON as it should be: invalid character '\x00'`},
		{"a NUL in an id", with("corpus.en.jsonl", `{"id":"d\u0000"}`), `DIR/corpus.en.jsonl:1: id "d\x00" holds control characters`},
		{"UTF-16", with("corpus.en.jsonl", "\xff\xfe{\x00}\x00\n\x00"), "DIR/corpus.en.jsonl:1: no line of JSON as it should be: "},
		{"a byte order mark in the middle", with("corpus.en.jsonl", document+"\ufeff"+document), "DIR/corpus.en.jsonl:2: no line of JSON as it should be: "},
		{"no tab", with("qrels.tsv", "q1 d1\n"), "DIR/qrels.tsv:1: want the id of a question, a tab, and the id of a document"},
		{"two tabs", with("qrels.tsv", "q1\td1\t1\n"), "DIR/qrels.tsv:1: want the id of a question, a tab, and the id of a document"},
		{"half a qrel", with("qrels.tsv", "q1\td1\nq1\t"), "DIR/qrels.tsv:2: there is no id"},
		{"a long line", with("corpus.en.jsonl", document+`{"id":"d2","text":"`+strings.Repeat("a", maxLine)+`"}`+"\n"), "DIR/corpus.en.jsonl:2: the line is longer than 16 MiB"},
		{"a very long line", with("qrels.tsv", strings.Repeat("a", 2*maxLine)), "DIR/qrels.tsv:1: the line is longer than 16 MiB"},
		{"nesting", with("corpus.en.jsonl", `{"id":"d1","more":`+strings.Repeat("[", 1<<20)), "DIR/corpus.en.jsonl:1: no line of JSON as it should be: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := folder(t, tt.files)
			_, err := ReadSet(t.Context(), dir)
			want := strings.Replace(tt.says, "DIR", dir, 1)
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("ReadSet = %v, want %s", err, want)
			}
			if missing := strings.HasSuffix(want, "not found"); missing != errors.Is(err, fs.ErrNotExist) {
				t.Errorf("errors.Is(%v, fs.ErrNotExist) = %v", err, !missing)
			}
		})
	}
}

func TestReadSetNoFolder(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	if _, err := ReadSet(t.Context(), missing); !errors.Is(err, fs.ErrNotExist) || err.Error() != missing+" not found" {
		t.Errorf("ReadSet = %v", err)
	}
	dir := folder(t, small())
	if err := os.Mkdir(filepath.Join(dir, "corpus.ar.jsonl"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadSet(t.Context(), dir); err == nil || !strings.HasSuffix(err.Error(), "corpus.ar.jsonl is not a file") {
		t.Errorf("ReadSet of a folder for a file = %v", err)
	}
}

// What is no file is refused and not opened: with a pipe that would take for ever.
func TestReadSetNotFiles(t *testing.T) {
	for _, name := range []string{"corpus.en.jsonl", "queries.en.jsonl", "answers.jsonl", "qrels.tsv"} {
		dir := folder(t, lacking(name))
		socket(t, filepath.Join(dir, name))
		if _, err := ReadSet(t.Context(), dir); err == nil || err.Error() != filepath.Join(dir, name)+" is not a file" {
			t.Errorf("ReadSet = %v", err)
		}
	}
}

// socket makes something that is no file.
func socket(t *testing.T, path string) {
	t.Helper()
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Skip("no sockets here:", err)
	}
	t.Cleanup(func() { _ = l.Close() })
}

// A line of the longest length is read.
func TestLongestLine(t *testing.T) {
	for _, end := range []string{"", "\n", "\r\n"} {
		lines := 0
		r := strings.NewReader(strings.Repeat("a", maxLine) + end)
		err := scanLines(t.Context(), "file", r, func(_ int, line []byte) error {
			if lines++; len(line) != maxLine {
				t.Errorf("the line has %d bytes", len(line))
			}
			return nil
		})
		if err != nil || lines != 1 {
			t.Errorf("with end %q: %d lines, %v", end, lines, err)
		}
	}
}

func TestReadSetCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadSet(ctx, folder(t, small())); !errors.Is(err, context.Canceled) {
		t.Errorf("ReadSet = %v, want the context's error", err)
	}
}

func TestValidLanguage(t *testing.T) {
	for lang, want := range map[string]bool{
		"ar": true, "arz": true, "abcdefgh": true,
		"": false, "a": false, "abcdefghi": false, "AR": false, "a-b": false, "../x": false, "ar\n": false,
	} {
		if got := ValidLanguage(lang); got != want {
			t.Errorf("ValidLanguage(%q) = %v", lang, got)
		}
	}
}

// Whatever is in the files, they are read or refused, and what is read hangs
// together.
func FuzzReadSet(f *testing.F) {
	s := small()
	f.Add(s["corpus.en.jsonl"], s["queries.en.jsonl"], s["qrels.tsv"], "")
	f.Add("\ufeff{\"id\":\"d1\",\"title\":null}\r\n", "{\"ID\":\"q1\"}\n\n{\"id\":\"q2\"}", "q1\td1\r\nq2\td1", `{"id":"q1","answers":[""]}`)
	f.Add("{", "\xff\xfe", "\t\n", "null")
	f.Fuzz(func(t *testing.T, corpus, queries, qrels, answers string) {
		set, err := ReadSet(t.Context(), folder(t, map[string]string{
			"corpus.en.jsonl": corpus, "queries.en.jsonl": queries, "qrels.tsv": qrels, "answers.jsonl": answers,
		}))
		if err != nil {
			return
		}
		questions := map[string]bool{}
		for _, q := range set.Questions["en"] {
			questions[q.ID] = true
		}
		for q, documents := range set.Relevant {
			for _, d := range documents {
				if !questions[q] || !set.has(d, "en") {
					t.Errorf("%q is relevant to %q, but one of them is not there", d, q)
				}
			}
		}
	})
}

func FuzzQrel(f *testing.F) {
	f.Add("q1\td1\r")
	f.Add("\t")
	f.Fuzz(func(t *testing.T, line string) {
		q, d, err := parseQrel(line)
		if err == nil && q+"\t"+d != strings.TrimRight(line, "\r") {
			t.Errorf("parseQrel(%q) = %q, %q", line, q, d)
		}
	})
}

func FuzzIDs(f *testing.F) {
	f.Add("d1\n d2 \r\n\n\ufeff")
	f.Fuzz(func(t *testing.T, content string) {
		path := filepath.Join(folder(t, nil), "ids.txt")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		ids, err := readIDs(t.Context(), path)
		for id, line := range ids {
			if err == nil && (checkID(id) != nil || line < 1) {
				t.Errorf("id %q of line %d", id, line)
			}
		}
	})
}
