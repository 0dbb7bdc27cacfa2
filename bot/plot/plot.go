// Package plot draws a picture of numbers by days: panels of stacked bars, one above the other. All that is written in it are
// digits, dates such as 08-15 and the few Latin words that it is given, so that it needs no shaping of Arabic.
package plot

import (
	"fmt"
	"math"
	"strconv"

	"github.com/go-analyze/charts"
)

// The size of the picture in pixels: half of that on the screens of phones, which show two for one.
const (
	Width       = 1200
	panelHeight = 420
	margin      = 24
	// dayStep is how many days there are from one that is written below the bars to the next.
	dayStep = 5
)

// A Panel is a chart of stacked bars, one for each day.
type Panel struct {
	// Title stands above it.
	Title string
	// Days are what stands below the bars, oldest first: below the last one and each fifth before it.
	Days []string
	// Series are the parts of the bars, from below; at most as many as there are Colors.
	Series []Series
}

// A Series is a part of each bar of a panel.
type Series struct {
	Name   string
	Counts []int // as many as the panel has days
}

// Colors are those of the series of a panel, in red, green and blue: blue, orange and grey of Okabe and Ito, which people tell
// apart who see no red or no green, and which stand out from the white behind them.
var Colors = [][3]uint8{{0, 114, 178}, {230, 159, 0}, {128, 128, 128}}

// PNG draws panels, one above the other. The same panels are always the same picture. The error says that a panel is not
// as it is to be.
func PNG(panels ...Panel) ([]byte, error) {
	height := len(panels)*panelHeight + 2*margin
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: Width, Height: height, Theme: theme()})
	p.FilledRect(0, 0, Width, height, charts.ColorWhite, charts.ColorWhite, 0)
	for i, panel := range panels {
		if err := panel.check(); err != nil {
			return nil, fmt.Errorf("draw panel %d: %w", i+1, err)
		}
		top := margin + i*panelHeight
		box := charts.NewBox(margin, top, Width-margin, top+panelHeight)
		if err := p.Child(charts.PainterBoxOption(box)).BarChart(panel.options()); err != nil {
			return nil, fmt.Errorf("draw panel %d: %w", i+1, err)
		}
	}
	return p.Bytes()
}

func (p Panel) check() error {
	if len(p.Days) == 0 || len(p.Series) == 0 || len(p.Series) > len(Colors) {
		return fmt.Errorf("it has %d days and %d series", len(p.Days), len(p.Series))
	}
	for _, s := range p.Series {
		if len(s.Counts) != len(p.Days) {
			return fmt.Errorf("series %q has %d counts for %d days", s.Name, len(s.Counts), len(p.Days))
		}
	}
	return nil
}

// options are the panel as the library wants it.
func (p Panel) options() charts.BarChartOption {
	var values [][]float64
	var names []string
	for _, s := range p.Series {
		counts := make([]float64, len(s.Counts))
		for i, n := range s.Counts {
			counts[i] = float64(n)
		}
		values, names = append(values, counts), append(names, " "+s.Name) // apart from its colour
	}
	o := charts.NewBarChartOptionWithData(values)
	o.Theme = theme()
	o.StackSeries = charts.Ptr(true)
	o.BarSize = 0.75
	o.Padding = charts.NewBox(12, 12, 12, 36)
	o.Title = charts.TitleOption{Text: p.Title, FontStyle: charts.NewFontStyleWithSize(26)}
	o.Legend = charts.LegendOption{
		SeriesNames: names, FontStyle: charts.NewFontStyleWithSize(22), Symbol: charts.SymbolSquare,
		Offset: charts.OffsetStr{Left: charts.PositionRight}, Padding: charts.NewBox(0, 0, 0, 16),
	}
	o.CategoryAxis = charts.CategoryAxisOption{
		Labels: p.labels(), LabelFontStyle: charts.NewFontStyleWithSize(20), LabelCount: len(p.Days), BoundaryGap: charts.Ptr(true),
	}
	step, most := p.scale()
	o.ValueAxis = []charts.ValueAxisOption{{
		Min: charts.Ptr(0.0), Max: charts.Ptr(float64(most)), Unit: float64(step), LabelCount: most/step + 1,
		LabelFontStyle: charts.NewFontStyleWithSize(20), RangeValuePaddingScale: charts.Ptr(0.0),
		ValueFormatter: func(f float64) string { return strconv.Itoa(int(math.Round(f))) },
	}}
	return o
}

// labels are what is written below the bars. The library puts each under its own bar when there is one for every bar, though
// it be empty; else it spreads them as it finds room.
func (p Panel) labels() []string {
	labels := make([]string, len(p.Days))
	for i := len(labels) - 1; i >= 0; i -= dayStep {
		labels[i] = p.Days[i]
	}
	return labels
}

// scale returns the numbers beside the bars: every step-th up to most, which no bar is higher than. They are whole and few.
func (p Panel) scale() (step, most int) {
	highest := 1
	for i := range p.Days {
		sum := 0
		for _, s := range p.Series {
			sum += s.Counts[i]
		}
		highest = max(highest, sum)
	}
	const steps = 4
	step = 1
	for unit := 1; step*steps < highest; unit *= 10 {
		for _, n := range []int{1, 2, 5} {
			if step = n * unit; step*steps >= highest {
				break
			}
		}
	}
	return step, (highest + step - 1) / step * step
}

func theme() charts.ColorPalette {
	dark := charts.ColorRGB(40, 40, 40)
	var series []charts.Color
	for _, c := range Colors {
		series = append(series, charts.ColorRGB(c[0], c[1], c[2]))
	}
	return charts.MakeTheme(charts.ThemeOption{
		AxisStrokeColor: charts.ColorRGB(90, 90, 90), AxisSplitLineColor: charts.ColorRGB(225, 225, 225),
		BackgroundColor: charts.ColorWhite, TextColor: dark, SeriesColors: series,
	})
}
