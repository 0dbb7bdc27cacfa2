package eval

import (
	"encoding/xml"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Where things stand in a plot, in its units.
const (
	plotWidth          = 720
	plotLeft, plotTop  = 190, 70  // of the diagram
	plotSide, plotTall = 500, 400 // its width and height
	plotBottom         = plotTop + plotTall
	tableTop           = plotBottom + 72 // base line of the table's head
	tableRow           = 20
	longestTitle       = 80 // runes
)

// seriesColours are told apart by whoever does not see all colours (Okabe and Ito
// 2008).
var seriesColours = [...]string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"}

// A drawing is an SVG image on its way.
type drawing struct{ strings.Builder }

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(&d.Builder, format, args...) }

// text writes words; class says how they look.
func (d *drawing) text(x, y float64, class, words string) {
	d.printf(`<text x="%.1f" y="%.1f" class="%s">%s</text>`+"\n", x, y, class, escaped(words))
}

// escaped is a text as XML can hold it.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder never fails
	return b.String()
}

// plotCells draws the reliability diagram of the cells when there is a plot.
func (r *runner) plotCells(cells []Cell) error {
	if r.plot == nil {
		return nil
	}
	if _, err := r.plot.w.WriteString(reliability(cells)); err != nil {
		return r.plot.failed(err)
	}
	return nil
}

// reliability draws predicted probabilities against the share that is answerable, one
// series for each cell, as an SVG image. How many questions stand in each bin is said
// in a table below, in which the bins stand where the axis has them.
func reliability(cells []Cell) string {
	cells = slices.DeleteFunc(slices.Clone(cells), func(c Cell) bool { return c.Calibration == nil })
	var d drawing
	height := tableTop + tableRow*len(cells) + 16
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n", plotWidth, height, plotWidth, height)
	title := plotTitle(cells)
	d.printf("<title>%s</title>\n%s", escaped(title), plotStyle)
	d.printf(`<rect width="%d" height="%d" fill="#fff"/>`+"\n", plotWidth, height)
	d.text(14, 28, "head", title)
	d.text(14, 48, "", "Share of the questions that are answerable, with 95 % intervals, by predicted probability")
	d.axes()
	for i, c := range cells {
		d.series(c.Calibration.Bins, seriesColours[i%len(seriesColours)])
	}
	d.table(cells)
	d.printf("</svg>\n")
	return d.String()
}

const plotStyle = `<style>
text { font: 12px sans-serif; fill: #333 }
.head { font: bold 15px sans-serif }
.mid { text-anchor: middle }
.end { text-anchor: end }
.grid { stroke: #e4e4e4 }
.ideal { stroke: #999; stroke-dasharray: 5 4 }
.line { fill: none; stroke-width: 1.8 }
.interval { stroke-width: 1.4; opacity: .45 }
</style>
`

// plotTitle names the sets.
func plotTitle(cells []Cell) string {
	var names []string
	for _, c := range cells {
		for _, s := range c.Sets {
			if !slices.Contains(names, s.Set) {
				names = append(names, s.Set)
			}
		}
	}
	title := []rune("Reliability: " + strings.Join(names, ", "))
	if len(title) > longestTitle {
		title = append(title[:longestTitle-1], '…')
	}
	return string(title)
}

// across and up are where a share stands, 0 to 1.
func across(share float64) float64 { return plotLeft + plotSide*share }

func up(share float64) float64 { return plotBottom - plotTall*share }

// axes draws the grid, which is that of the bins, the numbers at it, and the diagonal
// on which everything would lie.
func (d *drawing) axes() {
	for i := range bins + 1 {
		at := float64(i) / bins
		d.line("grid", "", across(at), up(0), across(at), up(1))
		d.line("grid", "", across(0), up(at), across(1), up(at))
		d.text(across(at), plotBottom+18, "mid", fmt.Sprintf("%.1f", at))
		d.text(plotLeft-8, up(at)+4, "end", fmt.Sprintf("%.1f", at))
	}
	d.line("ideal", "", across(0), up(0), across(1), up(1))
	d.text(across(.5), plotBottom+38, "mid", "predicted probability")
	d.printf(`<text transform="translate(%d %.1f) rotate(-90)" class="mid">observed share</text>`+"\n", plotLeft-42, up(.5))
}

// line draws one; colour is "" for that of the class.
func (d *drawing) line(class, colour string, x1, y1, x2, y2 float64) {
	if colour != "" {
		colour = fmt.Sprintf(` stroke="%s"`, colour)
	}
	d.printf(`<line class="%s"%s x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`+"\n", class, colour, x1, y1, x2, y2)
}

// series draws the bins of a cell: intervals, and points with a line through them.
func (d *drawing) series(all []Bin, colour string) {
	var points []string
	for _, b := range all {
		x := across(b.Predicted)
		d.line("interval", colour, x, up(b.Low), x, up(b.High))
		points = append(points, fmt.Sprintf("%.1f,%.1f", x, up(b.Observed)))
	}
	d.printf(`<polyline class="line" stroke="%s" points="%s"/>`+"\n", colour, strings.Join(points, " "))
	for _, b := range all {
		d.printf(`<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`+"\n", across(b.Predicted), up(b.Observed), colour)
	}
}

// table is the legend, with how many questions there are in each bin.
func (d *drawing) table(cells []Cell) {
	d.text(14, tableTop, "", "question→article")
	d.text(plotLeft-44, tableTop, "end", "ECE")
	d.text(plotLeft-4, tableTop, "end", "Brier")
	d.text(across(.5), tableTop, "mid", "questions")
	for i, c := range cells {
		y := float64(tableTop + tableRow*(i+1))
		d.printf(`<rect x="14" y="%.1f" width="12" height="12" fill="%s"/>`+"\n", y-10, seriesColours[i%len(seriesColours)])
		d.text(32, y, "", c.QueryLang+"→"+c.CorpusLang)
		d.text(plotLeft-44, y, "end", fmt.Sprintf("%.3f", c.Calibration.ECE))
		d.text(plotLeft-4, y, "end", fmt.Sprintf("%.3f", c.Calibration.Brier))
		for _, b := range c.Calibration.Bins {
			d.text(math.Round(across((b.From+b.To)/2)), y, "mid", fmt.Sprint(b.Questions))
		}
	}
}
