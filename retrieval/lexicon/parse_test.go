package lexicon

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"newsbot/corpus/text"
)

func TestParse(t *testing.T) {
	const list = "# a comment\r\n" +
		"\n" +
		"strike (labour)|walkout\tإضراب|أضرب/يضرب\r\n" +
		"-\tمايو|أيار\n" +
		"WTO|~step down\t-\n"
	got, err := Parse(text.NewAnalyzer(), "list.tsv", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	want := []Entry{
		{
			Name: "list.tsv", Line: 3,
			English: []Variant{{Text: "strike", Sense: "labour"}, {Text: "walkout"}},
			Arabic:  []Variant{{Text: "إضراب"}, {Text: "أضرب/يضرب"}},
		},
		{Name: "list.tsv", Line: 4, Arabic: []Variant{{Text: "مايو"}, {Text: "أيار"}}},
		{Name: "list.tsv", Line: 5, English: []Variant{{Text: "WTO"}, {Text: "step down", QuestionOnly: true}}},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Variant{})); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		name, line, want string
	}{
		{"no tab", "Paris باريس", "0 tabs"},
		{"two tabs", "Paris\tباريس\tباريس", "2 tabs"},
		{"empty english side", "\tباريس", "english side"},
		{"empty arabic side", "Paris\t", "arabic side"},
		{"both sides none", "-\t-", "both sides are empty"},
		{"empty variant", "Paris||Lutetia\tباريس", "empty"},
		{"trailing bar", "Paris\tباريس|", "empty"},
		{"tilde alone", "Paris|~\tباريس", "empty"},
		{"padded variant", "Paris | Lutetia\tباريس", "white space"},
		{"arabic on the english side", "Paris|باريس\tباريس", "wrong script"},
		{"latin on the arabic side", "Paris\tباريس|Paris", "wrong script"},
		{"cyrillic", "Москва\tموسكو", "wrong script"},
		{"no letters", "2030\tرؤية 2030", "no letters"},
		{"variant twice", "Paris|paris\tباريس", "said twice"},
		{"variant twice but for hamza", "Egypt\tإفريقيا|أفريقيا", "said twice"},
		{"english stop words", "of the\tباريس", "only stop words"},
		{"arabic stop words", "Paris\tفي", "only stop words"},
		{"sense not closed", "strike (labour\tإضراب", "sense"},
		{"empty sense", "strike ()\tإضراب", "sense"},
		{"sense on the arabic side", "strike\tإضراب (عمال)", "stray"},
		{"slash in english", "win/won\tفاز", "stray"},
		{"verb without imperfect", "win\tفاز/", "slash"},
		{"imperfect without its prefix", "win\tفاز/فوز", "slash"},
		{"verb of two words", "win\tفاز على/يفوز", "slash"},
		{"invalid UTF-8", "Paris\tباريس\xff", "UTF-8"},
		{"control character", "Pa\x01ris\tباريس", "stray"},
		{"too many variants", strings.Repeat("a|", maxVariants) + "b\tباريس", "variants"},
		{"too long", strings.Repeat("a", maxLine) + "\tباريس", "bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(text.NewAnalyzer(), "list.tsv", []byte("# first\n"+tt.line+"\n"))
			if err == nil {
				t.Fatalf("Parse(%q) succeeded, want an error", tt.line)
			}
			for _, want := range []string{"list.tsv:2: ", tt.want} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("Parse(%q) = %q, want %q in it", tt.line, err, want)
				}
			}
		})
	}
}

func TestNewRefusesUnmarkedSenses(t *testing.T) {
	tests := []struct {
		name, list string
		ok         bool
	}{
		{"two senses", "strike (labour)\tإضراب\nstrike (attack)\tغارة\n", true},
		{"no sense", "strike\tإضراب\nStrike\tغارة\n", false},
		{"one sense only", "strike (labour)\tإضراب\nstrike\tغارة\n", false},
		{"the same sense", "strike (labour)\tإضراب\nstrike (labour)\tغارة\n", false},
		{"three senses, two the same", "strike (attack)\tغارة\nstrike (labour)\tإضراب\nstrike (labour)\tتوقف\n", false},
		{"arabic words need none", "year\tعام\npublic\tعام\n", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := text.NewAnalyzer()
			entries, err := Parse(a, "list.tsv", []byte(tt.list))
			if err != nil {
				t.Fatal(err)
			}
			_, err = New(entries)
			if tt.ok != (err == nil) {
				t.Errorf("New = %v, want success %v", err, tt.ok)
			}
			if err != nil && !strings.Contains(err.Error(), "is also at list.tsv:1") {
				t.Errorf("New = %q, want both lines in it", err)
			}
		})
	}
}

// FuzzParse checks that a list which is accepted makes a lexicon that knows
// every one of its variants.
func FuzzParse(f *testing.F) {
	f.Add("Paris\tباريس\n")
	f.Add("strike (labour)|walkout\tإضراب|أضرب/يضرب\r\n-\tمايو|أيار\n")
	f.Add("~step down|U.S.\t~بنين|وزير الخارجية\n# comment\n")
	f.Add("Bank of England\tبنك إنجلترا\n\n")
	a := text.NewAnalyzer()
	f.Fuzz(func(t *testing.T, list string) {
		entries, err := Parse(a, "list", []byte(list))
		if err != nil {
			return
		}
		lex, err := New(entries)
		if err != nil {
			return
		}
		for _, e := range entries {
			for _, v := range append(e.English, e.Arabic...) {
				first := forms(v.Text)[0]
				terms := a.Terms(first)
				if len(forms(v.Text)) == 1 && len(lex.Groups(terms)) == 0 {
					t.Errorf("Groups(%q) is empty", first)
				}
			}
		}
	})
}
