package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The rules of the house: who may import what. Imports point one way,
// corpus <- retrieval <- bot <- cmd.

// layers are the top folders, low to high: none imports a later one.
var layers = []string{"corpus", "retrieval", "bot", "cmd"}

// edges are the places that alone may import a module from outside: folders
// (with all that is below, when they end in "/...") or files.
var edges = map[string][]string{
	"github.com/philippgille/chromem-go":    {"retrieval/vector.go", "retrieval/vector_test.go"},
	"github.com/go-telegram/bot":            {"bot", "bot/telegram"},
	"github.com/santhosh-tekuri/jsonschema": {"bot/telegramtest/schema"},
	"modernc.org/sqlite":                    {"corpus/database"},
	"github.com/joho/godotenv":              {"cmd/newsbot"},
	"github.com/mmcloughlin/avo":            {}, // the generator is a module of its own
	"github.com/VictoriaMetrics/metrics":    {"bot/metrics"},
	"github.com/go-analyze/charts":          {"bot/plot"},
	"codeberg.org/readeck/go-readability":   {"corpus/source/page"},
	"github.com/mmcdole/gofeed":             {"corpus/source/feed"},
	"github.com/klippa-app/go-pdfium":       {"corpus/source/pdf"},
	"github.com/tetratelabs/wazero":         {"corpus/source/pdf"},
}

// private are packages of our own that only some may import.
var private = map[string][]string{
	"newsbot/corpus/source":            {"corpus/source/...", "bot", "bot/telegram", "cmd/newsbot"},
	"newsbot/corpus/samples":           {"corpus/samples", "cmd/newsbot"},
	"newsbot/retrieval/encoder/e5":     {"retrieval/encoder/...", "retrieval/background/build", "retrieval/eval/fitting", "retrieval/eval/standins", "cmd/newsbot"},
	"newsbot/retrieval/encoder/kernel": {"retrieval/encoder/...", "retrieval/lexicon"},
	"newsbot/retrieval/encoder/remote": {"retrieval/encoder/...", "cmd/newsbot"},
	"newsbot/retrieval/encoder/use":    {"retrieval/encoder/...", "retrieval/background/build", "retrieval/eval/fitting", "retrieval/eval/standins", "cmd/newsbot"},
	"newsbot/retrieval/eval":           {"retrieval/eval/...", "cmd/newsbot"},
	"newsbot/bot/telegram":             {"bot/telegram", "cmd/newsbot"},
	"newsbot/bot/telegramtest":         {"bot/telegramtest"},
}

// closed are folders whose packages import nothing of ours but what is listed.
var closed = map[string][]string{
	"corpus/text":          {},
	"corpus/minhash":       {"newsbot/corpus/text"},
	"corpus/samples":       {"newsbot/corpus"},
	"retrieval/answertype": {"newsbot/corpus/text"},
	"retrieval/claims":     {"newsbot/corpus/text"},
	"retrieval/dates":      {"newsbot/corpus/text"},
	"retrieval/encoder":    {"newsbot/retrieval/encoder", "newsbot/corpus/text"},
	"retrieval/figures":    {"newsbot/corpus/text", "newsbot/retrieval/lexicon"},
	"retrieval/followup":   {"newsbot/corpus/text"},
	"retrieval/intent":     {"newsbot/corpus/text"},
	"retrieval/llm":        {"newsbot/corpus/text"},
	"retrieval/numerals":   {"newsbot/corpus/text"},
	"retrieval/suggest":    {"newsbot/corpus/text", "newsbot/retrieval/answertype", "newsbot/retrieval/claims", "newsbot/retrieval/figures", "newsbot/retrieval/lexicon"},
	"bot/journal":          {"newsbot/corpus"},
	"bot/metrics":          {},
	"bot/plot":             {},
	"bot/telegramtest":     {},
}

// A goFile is a Go file of the module.
type goFile struct {
	path string // slashes, relative to the module
	file *ast.File
}

func (s goFile) dir() string  { return filepath.ToSlash(filepath.Dir(s.path)) }
func (s goFile) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

// goFiles parses every Go file of the module, without nested modules and
// testdata.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	root := filepath.Join("..", "..")
	var out []goFile
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipFolder(root, path)
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		out = append(out, goFile{filepath.ToSlash(rel), file})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func skipFolder(root, path string) error {
	name := filepath.Base(path)
	if path == root {
		return nil
	}
	if name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

func TestImports(t *testing.T) {
	files := goFiles(t)
	if len(files) < 20 {
		t.Fatalf("found %d Go files: this test looks in the wrong place", len(files))
	}
	for _, s := range files {
		for _, spec := range s.file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if why := forbidden(s, path); why != "" {
				t.Errorf("%s imports %s: %s", s.path, path, why)
			}
		}
	}
}

// forbidden says why a file may not import a package, "" when it may.
func forbidden(s goFile, path string) string {
	for module, places := range edges {
		if within(path, module) && !allowed(s, places) {
			return "only " + strings.Join(places, ", ") + " may"
		}
	}
	for pkg, places := range private {
		// Tests may use the real thing to try it on.
		if within(path, pkg) && !s.isTest() && !allowed(s, places) {
			return "only " + strings.Join(places, ", ") + " may"
		}
	}
	if !within(path, "newsbot") {
		return ""
	}
	if from, to := layer(s.dir()), layer(strings.TrimPrefix(path, "newsbot/")); from >= 0 && to > from {
		return layers[from] + " is below " + layers[to]
	}
	for dir, ours := range closed {
		if !within(s.dir(), dir) || within(path, "newsbot/"+dir) {
			continue
		}
		if !s.isTest() && !slices.ContainsFunc(ours, func(p string) bool { return within(path, p) }) {
			return dir + " stands for itself"
		}
	}
	return ""
}

// within tells whether path is root or below it.
func within(path, root string) bool {
	return path == root || strings.HasPrefix(path, root+"/")
}

func allowed(s goFile, places []string) bool {
	return slices.ContainsFunc(places, func(place string) bool {
		tree, whole := strings.CutSuffix(place, "/...")
		return s.path == place || s.dir() == place || whole && within(s.dir(), tree)
	})
}

// layer is the place of a folder's top folder in layers, -1 when it is in none.
func layer(dir string) int {
	top, _, _ := strings.Cut(dir, "/")
	return slices.Index(layers, top)
}

// The environment is read in one place and handed down as values. Tests may
// look at it for data that is not part of the project.
func TestEnvironmentIsReadInCmdOnly(t *testing.T) {
	readers := []string{"Getenv", "LookupEnv", "Environ", "ExpandEnv"}
	for _, s := range goFiles(t) {
		if s.isTest() || within(s.dir(), "cmd") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := selector.X.(*ast.Ident); ok && x.Name == "os" && slices.Contains(readers, selector.Sel.Name) {
				t.Errorf("%s calls os.%s", s.path, selector.Sel.Name)
			}
			return true
		})
	}
}

// The rules find what they are there for.
func TestForbidden(t *testing.T) {
	tests := []struct {
		file, path string
		forbidden  bool
	}{
		{"corpus/database/connect.go", "modernc.org/sqlite", false},
		{"corpus/database/errors.go", "modernc.org/sqlite/lib", false},
		{"corpus/store.go", "modernc.org/sqlite", true},
		{"corpus/source/file.go", "modernc.org/sqlite", true},
		{"corpus/store.go", "newsbot/retrieval", true},
		{"corpus/store.go", "newsbot/corpus/text", false},
		{"corpus/store.go", "newsbot/corpus/source", true},
		{"corpus/text/words.go", "newsbot/corpus", true},
		{"corpus/source/file.go", "newsbot/corpus", false},
		{"retrieval/vector.go", "github.com/philippgille/chromem-go", false},
		{"retrieval/rank.go", "github.com/philippgille/chromem-go", true},
		{"retrieval/engine.go", "newsbot/corpus", false},
		{"retrieval/engine.go", "newsbot/bot", true},
		{"retrieval/engine.go", "newsbot/retrieval/encoder/e5", true},
		{"retrieval/engine_test.go", "newsbot/retrieval/encoder/e5", false},
		{"retrieval/encoder/e5/e5.go", "newsbot/retrieval/encoder/kernel", false},
		{"retrieval/encoder/e5/e5.go", "newsbot/corpus", true},
		{"retrieval/encoder/e5/e5.go", "newsbot/retrieval", true},
		{"retrieval/answertype/names.go", "newsbot/corpus/text", false},
		{"retrieval/answertype/names.go", "newsbot/corpus", true},
		{"retrieval/dates/words.go", "newsbot/corpus/text", false},
		{"retrieval/dates/words.go", "newsbot/corpus", true},
		{"bot/chat.go", "newsbot/retrieval", false},
		{"bot/chat.go", "newsbot/retrieval/encoder/e5", true},
		{"bot/chat.go", "github.com/go-telegram/bot/models", false},
		{"bot/chat.go", "newsbot/bot/journal", false},
		{"bot/chat.go", "newsbot/bot/telegram", true},
		{"bot/telegram/run.go", "github.com/go-telegram/bot", false},
		{"bot/telegram/run.go", "newsbot/bot", false},
		{"bot/telegram/run.go", "newsbot/bot/telegramtest", true},
		{"bot/telegram/run_test.go", "newsbot/bot/telegramtest", false},
		{"bot/telegramtest/server.go", "github.com/go-telegram/bot", true},
		{"bot/telegramtest/server.go", "newsbot/bot", true},
		{"bot/telegramtest/judge.go", "newsbot/bot/telegramtest/schema", false},
		{"bot/telegramtest/judge.go", "github.com/santhosh-tekuri/jsonschema/v6", true},
		{"bot/telegramtest/schema/schema.go", "github.com/santhosh-tekuri/jsonschema/v6", false},
		{"bot/telegram/run.go", "newsbot/bot/telegramtest/schema", true},
		{"bot/journal/journal.go", "newsbot/bot", true},
		{"bot/journal/journal.go", "newsbot/corpus/database", false},
		{"bot/journal/journal.go", "github.com/go-telegram/bot", true},
		{"bot/metrics/metrics.go", "github.com/VictoriaMetrics/metrics", false},
		{"bot/metrics/metrics.go", "newsbot/bot", true},
		{"bot/telegram/run.go", "github.com/VictoriaMetrics/metrics", true},
		{"bot/plot/plot.go", "github.com/go-analyze/charts", false},
		{"bot/plot/plot.go", "newsbot/bot", true},
		{"bot/stats.go", "github.com/go-analyze/charts", true},
		{"cmd/newsbot/serve.go", "newsbot/bot/telegram", false},
		{"cmd/newsbot/chat.go", "github.com/go-telegram/bot", true},
		{"cmd/newsbot/main.go", "newsbot/retrieval/encoder/e5", false},
		{"cmd/newsbot/main.go", "newsbot/retrieval/encoder/use", false},
		{"retrieval/engine.go", "newsbot/retrieval/encoder/use", true},
		{"cmd/newsbot/main.go", "newsbot/retrieval/encoder/kernel", true},
		{"retrieval/lexicon/csls.go", "newsbot/retrieval/encoder/kernel", false},
		{"retrieval/translate.go", "newsbot/retrieval/encoder/kernel", true},
	}
	for _, tt := range tests {
		t.Run(tt.file+" "+tt.path, func(t *testing.T) {
			if why := forbidden(goFile{path: tt.file}, tt.path); (why != "") != tt.forbidden {
				t.Errorf("forbidden(%s, %s) = %q, want forbidden %v", tt.file, tt.path, why, tt.forbidden)
			}
		})
	}
}
