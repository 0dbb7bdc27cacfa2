package lexicon

import (
	"strings"
	"testing"

	"newsbot/corpus/text"
)

const namesBase = "# proper\nVladimir Putin|Putin\tفلاديمير بوتين|بوتين\nJames Webb|Webb\tجيمس ويب\nBashar al-Assad|Assad\tبشار الأسد|الأسد\nDavid Moss|~Moss\tديفيد موس|~موس\n" +
	"# countries\nFrance\tفرنسا\nFrench\tفرنسي|فرنسية\nSudan\tالسودان\nTripoli (Libya)\tطرابلس\nTripoli (Lebanon)\tطرابلس\n" +
	"Oman\tعمان\nAmman\tعمّان\n# named\nUnited Nations|UN\tالأمم المتحدة\nApple\tآبل\n# common\nKevin\tكيفن\ncamel\tإبل\npublic\tعام\n"

func namesOf(a *text.Analyzer, l *Lexicon, s string, in text.Language) string {
	words := a.Terms(s)
	var said []string
	for _, n := range l.Names(words, in) {
		name := s[words[n.First].Start:words[n.Last].End] + "=" + n.Text
		if n.Part {
			name += "…"
		}
		said = append(said, name)
	}
	return strings.Join(said, ", ")
}

func TestNames(t *testing.T) {
	a := text.NewAnalyzer()
	l, err := New(entriesOf(t, a, namesBase))
	if err != nil {
		t.Fatal(err)
	}
	const added = "# proper\nZagarbut|Zed\tزغربوط\nPutin|Poutine\tبوتن\n"
	tests := []struct{ name, sentence, want string }{
		{"a name", "Vladimir Putin spoke", "Vladimir Putin=فلاديمير بوتين"},
		{"a surname", "so Putin spoke", "Putin=بوتين…"},
		{"a surname that the other side lacks", "the Webb telescope", "Webb=ويب…"},
		{"letters", "the UN met", "UN=الأمم المتحدة"},
		{"another form", "the Frances", ""},
		{"people", "a French town", ""},
		{"what many bear, and common words", "Kevin saw public camels", ""},
		{"two places of one name", "in Tripoli", "Tripoli=طرابلس"},
		{"for questions only", "David Moss and Moss", "David Moss=ديفيد موس"},
		{"two names", "Sudan and France", "Sudan=السودان, France=فرنسا"},
		{"what is written onto it", "وفلاديمير بوتين والأسد بفرنسا وللسودان", "وفلاديمير بوتين=Vladimir Putin, والأسد=Assad…, بفرنسا=France, وللسودان=Sudan"},
		{"an adjective", "مدينة فرنسية", ""},
		{"two things spelled alike", "في عمان", ""},
		{"a common word spelled alike", "شركة آبل", ""},
		{"added", "Zagarbut left", "Zagarbut=زغربوط"},
		{"added letters", "رأى بوتن زغربوط", "بوتن=Putin, زغربوط=Zagarbut"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		in := text.Arabic
		if text.Detect(tt.sentence) == text.Arabic {
			in = text.English
		}
		known := l
		if strings.HasPrefix(tt.name, "added") {
			known = l.With(entriesOf(t, a, added))
		}
		if got := namesOf(a, known, tt.sentence, in); got != tt.want {
			t.Errorf("%s: the names of %q are %s, want %s", tt.name, tt.sentence, got, tt.want)
		}
	}
}

func TestParseNamed(t *testing.T) {
	a := text.NewAnalyzer()
	want := map[string]bool{"Putin": true, "Sudan": true, "UN": true, "Kevin": false, "camel": false}
	for _, e := range entriesOf(t, a, "# proper\nPutin\tبوتين\n# countries\nSudan\tالسودان\n# named\nUN\tالأمم المتحدة\n# common\nKevin\tكيفن\ncamel\tإبل\n") {
		if e.Named != want[e.English[0].Text] {
			t.Errorf("%s: Named is %v", e.English[0].Text, e.Named)
		}
		if e.English[0].Text == "UN" && e.Proper {
			t.Error("what is Named is Proper")
		}
	}
}
