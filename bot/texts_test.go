package bot

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
)

// verb is a verb of package fmt, or a percent sign that is none.
var verb = regexp.MustCompile(`%[^a-z]*[a-z]?`)

func TestCatalogues(t *testing.T) {
	ar, en := catalogues[text.Arabic], catalogues[text.English]
	if diff := cmp.Diff(slices.Sorted(maps.Keys(en)), slices.Sorted(maps.Keys(ar))); diff != "" {
		t.Fatalf("the keys differ (-English +Arabic):\n%s", diff)
	}
	for k := range ar {
		a, e := verb.FindAllString(ar[k], -1), verb.FindAllString(en[k], -1)
		if !slices.Equal(a, e) {
			t.Errorf("%s: verbs %v in Arabic, %v in English", k, a, e)
		}
		for _, v := range e {
			if v != "%d" && v != "%s" {
				t.Errorf("%s: verb %q", k, v)
			}
		}
		checkSentence(t, k, ar[k], unicode.Arabic, k == keyDate || k == keyListSeparator)
		checkSentence(t, k, en[k], unicode.Latin, k == keyDate || k == keyListSeparator)
		if containsScript(en[k], unicode.Arabic) {
			t.Errorf("%s: the English sentence %q holds Arabic letters", k, en[k])
		}
	}
}

// checkSentence fails when a sentence is empty, in no letters of its script or
// untidy. One that something follows ends in a colon and a space.
func checkSentence(t *testing.T, k key, s string, script *unicode.RangeTable, wordless bool) {
	t.Helper()
	if strings.TrimSpace(s) == "" || !wordless && !containsScript(verb.ReplaceAllString(s, ""), script) {
		t.Errorf("%s: %q has no words", k, s)
	}
	if tidy := strings.TrimSpace(s); s != tidy && s != tidy+" " || s == tidy+" " && !strings.HasSuffix(tidy, ":") && k != keyListSeparator {
		t.Errorf("%s: %q has space around it", k, s)
	}
	if strings.Contains(s, "  ") || strings.ContainsAny(s, "\n\t\r\u00a0\u200f"+fsi+pdi) {
		t.Errorf("%s: %q is untidy", k, s)
	}
	if script == unicode.Latin && strings.Contains(s, lrm) {
		t.Errorf("%s: %q has marks", k, s)
	}
}

// In an Arabic sentence a command or a date in digits is set off by U+200E, so
// that its slash or its hyphens stay where they belong, and the line begins with
// an Arabic letter.
func TestArabicSentences(t *testing.T) {
	command := regexp.MustCompile(`/[a-z]|[0-9]+(-[0-9]+)+`)
	for k, s := range catalogues[text.Arabic] {
		for _, at := range command.FindAllStringIndex(s, -1) {
			if !strings.HasSuffix(s[:at[0]], lrm) {
				t.Errorf("%s: no U+200E before %q in %q", k, s[at[0]:at[1]], s)
			}
		}
		if first := firstRune(s); !unicode.Is(unicode.Arabic, first) && k != keyDate && k != keyListSeparator {
			t.Errorf("%s: %q begins with %U", k, s, first)
		}
	}
}

func containsScript(s string, script *unicode.RangeTable) bool {
	return slices.ContainsFunc([]rune(s), func(r rune) bool { return unicode.Is(script, r) })
}

// Every key has its sentences and every sentence its key, which is used.
func TestKeys(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]key{}
	used := map[string]int{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if id, ok := n.Type.(*ast.Ident); ok && id.Name == "key" && len(n.Values) == 1 {
					value, err := strconv.Unquote(n.Values[0].(*ast.BasicLit).Value)
					if err != nil {
						t.Fatal(err)
					}
					declared[n.Names[0].Name] = key(value)
				}
			case *ast.Ident:
				used[n.Name]++
			}
			return true
		})
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(catalogues[text.English])), slices.Sorted(maps.Values(declared))); diff != "" {
		t.Errorf("sentences and keys differ (-sentences +keys):\n%s", diff)
	}
	for name, k := range declared {
		if used[name] < 2 { // once is where it is declared
			t.Errorf("%s (%s) is used nowhere", name, k)
		}
	}
}

func TestSay(t *testing.T) {
	tests := []struct {
		lang text.Language
		want string
	}{
		{text.Arabic, "المقال abc"},
		{text.English, "article abc"},
		{text.Other, "article abc"},
		{"", "article abc"},
	}
	for _, tt := range tests {
		if got := say(tt.lang, keyArticle, "abc"); got != tt.want {
			t.Errorf("say(%q, keyArticle) = %q, want %q", tt.lang, got, tt.want)
		}
	}
}
