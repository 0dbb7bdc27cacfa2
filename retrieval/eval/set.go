package eval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A Document is what is searched for.
type Document struct {
	ID    string
	Title string // "" for none
	Text  string
	line  int // of its file
}

// A Question is what is asked.
type Question struct {
	ID   string
	Text string
	line int // of its file
}

// A Set is a folder of benchmark files.
type Set struct {
	Name string // of the folder
	Dir  string
	// Documents and Questions are by language, the suffix of their files, and in
	// the order of the files.
	Documents map[string][]Document
	Questions map[string][]Question
	// Relevant are the ids of the documents that answer a question, by its id.
	Relevant map[string][]string
	// answers are the gold answers of a question, by language and id; those under
	// "" are for the languages that have none of their own.
	answers map[string]map[string][]string
	ids     map[string]map[string]bool // of documents, by language
}

// gold are the gold answers by question for documents of a language, nil for
// none.
func (s *Set) gold(lang string) map[string][]string {
	if own := s.answers[lang]; own != nil {
		return own
	}
	return s.answers[""]
}

// ReadSet reads a folder. Its error names the file and the line that is at
// fault; it wraps fs.ErrNotExist for what is missing. The caller owns the set.
func ReadSet(ctx context.Context, dir string) (*Set, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	s := &Set{
		Name: filepath.Base(abs), Dir: dir,
		Documents: map[string][]Document{}, Questions: map[string][]Question{},
		answers: map[string]map[string][]string{}, ids: map[string]map[string]bool{},
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, missing(dir, err)
	}
	for _, e := range entries {
		if err := s.read(ctx, e.Name()); err != nil {
			return nil, err
		}
	}
	return s, s.judge(ctx)
}

// missing says in short that something is not there.
func missing(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return notFoundError{path}
	}
	return err
}

// A notFoundError wraps fs.ErrNotExist, in fewer words.
type notFoundError struct{ path string }

func (n notFoundError) Error() string { return n.path + " not found" }

func (n notFoundError) Unwrap() error { return fs.ErrNotExist }

// A language is the suffix of a file's name.
var (
	language = regexp.MustCompile(`^[a-z]{2,8}$`)
	fileName = regexp.MustCompile(`^(corpus|queries|answers)(?:\.([a-z]{2,8}))?\.jsonl$`)
)

const qrelsName = "qrels.tsv"

// ValidLanguage tells whether a name can be the suffix of a file: two to eight
// letters a to z.
func ValidLanguage(s string) bool { return language.MatchString(s) }

// read reads a file of the folder, if it is of those that a set is made of.
func (s *Set) read(ctx context.Context, name string) error {
	m := fileName.FindStringSubmatch(name)
	path := filepath.Join(s.Dir, name)
	if m == nil || m[2] == "" && m[1] != "answers" {
		return nil
	}
	if err := regular(path); err != nil {
		return err
	}
	switch m[1] {
	case "corpus":
		return s.readDocuments(ctx, path, m[2])
	case "queries":
		return s.readQuestions(ctx, path, m[2])
	}
	return s.readAnswers(ctx, path, m[2])
}

// regular refuses what is no file, such as a pipe, at which a reader would wait for
// ever.
func regular(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a file", path)
	}
	return err
}

// owns tells whether a path is that of a file of the set, be it there or not.
func (s *Set) owns(path string) bool {
	name := filepath.Base(path)
	return (name == qrelsName || fileName.MatchString(name)) && sameFile(filepath.Dir(path), s.Dir)
}

func (s *Set) readDocuments(ctx context.Context, path, lang string) error {
	var all []Document
	ids := map[string]bool{}
	err := eachRecord(ctx, path, func(n int, r record) error {
		ids[r.ID] = true
		all = append(all, Document{ID: r.ID, Title: strings.TrimSpace(r.Title), Text: r.Text, line: n})
		return nil
	})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s holds no document", path)
	}
	s.Documents[lang], s.ids[lang] = all, ids
	return err
}

func (s *Set) readQuestions(ctx context.Context, path, lang string) error {
	var all []Question
	err := eachRecord(ctx, path, func(n int, r record) error {
		all = append(all, Question{r.ID, r.Text, n})
		return nil
	})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s holds no question", path)
	}
	s.Questions[lang] = all
	return err
}

func (s *Set) readAnswers(ctx context.Context, path, lang string) error {
	s.answers[lang] = map[string][]string{}
	return eachRecord(ctx, path, func(_ int, r record) error {
		s.answers[lang][r.ID] = r.Answers
		return nil
	})
}

// judge reads qrels.tsv, whose ids must be known in one language at least, and
// makes sure that nothing of a set is missing.
func (s *Set) judge(ctx context.Context) (err error) {
	questions, documents := map[string]bool{}, map[string]bool{}
	for _, all := range s.Questions {
		for _, q := range all {
			questions[q.ID] = true
		}
	}
	for _, ids := range s.ids {
		maps.Copy(documents, ids)
	}
	switch {
	case len(documents) == 0:
		return missing(filepath.Join(s.Dir, "corpus.LANG.jsonl"), fs.ErrNotExist)
	case len(questions) == 0:
		return missing(filepath.Join(s.Dir, "queries.LANG.jsonl"), fs.ErrNotExist)
	}
	path := filepath.Join(s.Dir, qrelsName)
	if err := regular(path); err != nil {
		return missing(path, err)
	}
	s.Relevant, err = readQrels(ctx, path, questions, documents)
	return err
}

// has tells whether there is a document of that id in a language.
func (s *Set) has(id, lang string) bool { return s.ids[lang][id] }

func (s *Set) corpusFile(lang string) string {
	return filepath.Join(s.Dir, "corpus."+lang+".jsonl")
}

func (s *Set) queriesFile(lang string) string {
	return filepath.Join(s.Dir, "queries."+lang+".jsonl")
}
