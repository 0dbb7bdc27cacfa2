package claims

import (
	"os"
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// A stated is a line of the sentences whose claim is known.
type stated struct {
	kind, speaker, sentence string
}

func readStated(t *testing.T, name string) (all []stated) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 {
			t.Fatalf("%s: %q has %d fields, want 3", name, line, len(fields))
		}
		all = append(all, stated{fields[0], fields[1], fields[2]})
	}
	return all
}

// found is what [Of] says of a sentence, as the lists have it.
func found(a *text.Analyzer, sentence string) (kind, speaker string) {
	c, ok := Of(sentence, a.Terms(sentence))
	switch {
	case !ok:
		return "-", "-"
	case c.Elsewhere:
		return string(c.Kind), "*"
	case c.Speaker.Start == c.Speaker.End:
		return string(c.Kind), "?"
	}
	return string(c.Kind), Name(sentence[c.Speaker.Start:c.Speaker.End])
}

// TestMeasured keeps how well claims and speakers are found in sentences in the style of
// wire reports.
func TestMeasured(t *testing.T) {
	a := text.NewAnalyzer()
	for _, name := range []string{"claims.en.tsv", "claims.ar.tsv"} {
		var claimed, right, told, speakers int
		for _, s := range readStated(t, name) {
			kind, speaker := found(a, s.sentence)
			if kind != s.kind || speaker != s.speaker {
				t.Logf("%s\n\tgot  %s: %s\n\twant %s: %s", s.sentence, kind, speaker, s.kind, s.speaker)
			}
			if kind != "-" {
				claimed++
			}
			if s.kind != "-" {
				told++
			}
			if kind != "-" && kind == s.kind {
				right++
				if speaker == s.speaker {
					speakers++
				}
			}
		}
		precision, recall := float64(right)/float64(claimed), float64(right)/float64(told)
		named := float64(speakers) / float64(right)
		t.Logf("%s: precision %.3f, recall %.3f, speaker %.3f", name, precision, recall, named)
		if precision < 0.95 || recall < 0.9 || named < 0.95 {
			t.Errorf("%s: precision %.3f, recall %.3f, speaker %.3f; want .95, .9, .95", name, precision, recall, named)
		}
	}
}
