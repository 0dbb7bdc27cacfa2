package plot

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"slices"
	"testing"
)

// panels are two panels of thirty days, with numbers that grow up to most.
func panels(most int) []Panel {
	var days []string
	a, b, c := make([]int, 30), make([]int, 30), make([]int, 30)
	for i := range 30 {
		days = append(days, fmt.Sprintf("08-%02d", i+1))
		a[i], b[i], c[i] = most*i/29, most*(29-i)/58, most*(i%5)/16
	}
	return []Panel{
		{"Articles a day", days, []Series{{"AR", a}, {"EN", b}, {"other", c}}},
		{"Questions a day", days, []Series{{"answered", b}, {"nearest", a}, {"none", c}}},
	}
}

func draw(t *testing.T, p ...Panel) (image.Image, []byte) {
	t.Helper()
	data, err := PNG(p...)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m, data
}

// count counts the pixels of a colour within a panel.
func count(m image.Image, panel, series int) (n int) {
	c := Colors[series]
	want := color.RGBA{c[0], c[1], c[2], 255}
	for y := margin + panel*panelHeight; y < margin+(panel+1)*panelHeight; y++ {
		for x := range m.Bounds().Dx() {
			if color.RGBAModel.Convert(m.At(x, y)) == want {
				n++
			}
		}
	}
	return n
}

func TestPNG(t *testing.T) {
	all := panels(40)
	m, data := draw(t, all...)
	if out := os.Getenv("PLOT_OUT"); out != "" { // to be looked at
		if err := os.WriteFile(out, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if size := m.Bounds().Size(); size != image.Pt(Width, 2*panelHeight+2*margin) {
		t.Errorf("the picture has %v pixels", size)
	}
	if len(data) > 200_000 {
		t.Errorf("the picture has %d bytes", len(data))
	}
	empty, _ := draw(t, panels(0)...)
	for panel := range all {
		for series := range Colors {
			if got, legend := count(m, panel, series), count(empty, panel, series); got < legend+2000 {
				t.Errorf("panel %d has %d pixels of series %d, %d of them in the legend", panel, got, series, legend)
			}
		}
	}
	if _, again := draw(t, all...); !bytes.Equal(data, again) {
		t.Error("the same panels are another picture")
	}
}

// TestPNGHeights compares bars: of two series with numbers in the ratio 3 to 1, one has three times the pixels.
func TestPNGHeights(t *testing.T) {
	p := panels(0)[:1]
	for i := range p[0].Days {
		p[0].Series[0].Counts[i], p[0].Series[1].Counts[i] = 30, 10
	}
	legends, _ := draw(t, panels(0)[:1]...)
	m, _ := draw(t, p...)
	a, b := count(m, 0, 0)-count(legends, 0, 0), count(m, 0, 1)-count(legends, 0, 1)
	if ratio := float64(a) / float64(b); ratio < 2.8 || ratio > 3.2 {
		t.Errorf("the bars have %d and %d pixels", a, b)
	}
}

func TestPNGRefuses(t *testing.T) {
	for name, p := range map[string]Panel{
		"no days":   {Title: "x", Series: []Series{{"AR", nil}}},
		"no series": {Title: "x", Days: []string{"08-01"}},
		"gaps":      {Title: "x", Days: []string{"08-01", "08-02"}, Series: []Series{{"AR", []int{1}}}},
		"too many":  {Title: "x", Days: []string{"08-01"}, Series: make([]Series, len(Colors)+1)},
	} {
		if _, err := PNG(p); err == nil {
			t.Errorf("%s: there is no error", name)
		}
	}
}

func TestScale(t *testing.T) {
	for _, tt := range []struct{ highest, step, most int }{
		{0, 1, 1}, {1, 1, 1}, {4, 1, 4}, {5, 2, 6}, {8, 2, 8}, {9, 5, 10}, {21, 10, 30}, {40, 10, 40}, {41, 20, 60}, {12345, 5000, 15000},
	} {
		p := Panel{Days: []string{"08-01"}, Series: []Series{{"AR", []int{tt.highest}}}}
		if step, most := p.scale(); step != tt.step || most != tt.most {
			t.Errorf("scale up to %d is %d, %d, want %d, %d", tt.highest, step, most, tt.step, tt.most)
		}
	}
}

// The last day is written, and each fifth before it; each bar has a label, or the library would put them beside their bars.
func TestLabels(t *testing.T) {
	labels := Panel{Days: []string{"01", "02", "03", "04", "05", "06", "07"}}.labels()
	if want := []string{"", "02", "", "", "", "", "07"}; !slices.Equal(labels, want) {
		t.Errorf("the labels are %q, want %q", labels, want)
	}
	p := panels(9)[0]
	if o := p.options().CategoryAxis; o.LabelCount != len(p.Days) || len(o.Labels) != len(p.Days) {
		t.Errorf("%d labels of %d for %d bars", o.LabelCount, len(o.Labels), len(p.Days))
	}
}
