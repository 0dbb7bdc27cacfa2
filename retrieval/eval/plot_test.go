package eval

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// plotted has two pairs of languages and one that nothing is known of, in sets of
// names that XML cannot hold as they are.
func plotted() []Cell {
	sets := []SetFigures{{Set: "city"}, {Set: `<b> & "c"` + "\x01"}}
	return []Cell{
		{QueryLang: "ar", CorpusLang: "en", Sets: sets, Calibration: calibration(outcomes(.93, .95, .97, .6, .61, .12), outcomes(.05, .02, .64, .13, .14))},
		{QueryLang: "en", CorpusLang: "en", Sets: sets[:1], Calibration: calibration(outcomes(1, .88), outcomes(0))},
		{QueryLang: "fr", CorpusLang: "en", Sets: sets},
	}
}

func TestReliability(t *testing.T) {
	got := reliability(plotted())
	golden := filepath.Join("testdata", "reliability.svg")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the plot, written anew with -update (-want +got):\n%s", diff)
	}
	checkXML(t, got)
}

// checkXML reads all of an XML document.
func checkXML(t *testing.T, s string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestPlotTitle(t *testing.T) {
	cells := []Cell{{Sets: []SetFigures{{Set: strings.Repeat("س", 70)}, {Set: "city"}}}, {Sets: []SetFigures{{Set: "city"}}}}
	want := "Reliability: " + strings.Repeat("س", 66) + "…"
	if got := plotTitle(cells); got != want {
		t.Errorf("the title is %q, want %q", got, want)
	}
	if got := plotTitle(cells[1:]); got != "Reliability: city" {
		t.Errorf("the title is %q", got)
	}
}

// The plot is of all pairs of languages, and takes its place at the end.
func TestRunPlot(t *testing.T) {
	path := write(t, "before")
	o := Options{Dirs: []string{city}, QueryLang: "en", CorpusLang: "en", PlotFile: path}
	report := mustRun(t, o)
	got, err := os.ReadFile(path)
	if err != nil || string(got) != reliability(report.Cells) {
		t.Errorf("the plot is %.40q (%v)", got, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("beside the plot there are %v", left)
	}
}
