package pdf

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// The lines at the top and at the bottom of a page that may be no part of the text: two baselines at each end.
const edgeLines = 2

var (
	digits = regexp.MustCompile(`\p{Nd}+`)
	// pageNumber matches what stands on a line with the number of the page, digits written as #.
	pageNumber = regexp.MustCompile(`(?i)^[-–—|\s]*(?:page|pg\.?|p\.|صفحة|الصفحة|ص)?\s*#(?:\s*(?:/|of|من|\||-)\s*#)?[-–—|\s]*$`)
	// printed matches what browsers print above and below a page.
	printed = regexp.MustCompile(`^(?:#/#/#، ?#:#|#/#/#, ?#:#|(?:file|https?)://\S+$)`)
)

// withoutFurniture leaves out the lines that stand at the same end of several pages, which differ in their numbers alone
// (running heads, page numbers), and those that are plainly the number of a page or a browser's mark. A file of one page
// has no repetition to tell by: there, what is small and clearly apart from the text is left out.
func withoutFurniture(lines []*line, pages int) []*line {
	edge := map[*line]string{}
	seen := map[string]int{}
	for _, page := range byPage(lines) {
		on := map[string]bool{}
		for _, l := range edges(page) {
			key := digits.ReplaceAllString(l.text, "#")
			edge[l] = key
			on[key] = true
		}
		for key := range on {
			seen[key]++
		}
	}
	apart := map[*line]bool{}
	if pages == 1 {
		apart = apartFrom(lines)
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l *line) bool {
		if apart[l] {
			return true
		}
		key, ok := edge[l]
		// Some heads stand on every other page, and not on the first.
		repeats := seen[key] >= 2 && seen[key]*5 >= pages*2
		return ok && (repeats || pageNumber.MatchString(key) || printed.MatchString(key))
	})
}

// apartFrom returns the lines of a page that stand in its upper or lower margin, apart from the text and smaller, or above
// a title as nothing but a running head does. What may be front matter, a date or a sentence stays.
func apartFrom(lines []*line) map[*line]bool {
	const (
		upper, lower = 0.92, 0.06 // of the height of the page
		smaller      = 0.92       // of the size of the text
		larger       = 1.15       // of a title
		near         = 1.6        // the room to the next line, in ems of the larger one
		footRoom     = 2.5
	)
	out := map[*line]bool{}
	body := lineSize(lines)
	sorted := slices.SortedStableFunc(slices.Values(lines), func(a, b *line) int { return cmp.Compare(b.base, a.base) })
	take := func(sorted []*line, ok func(l, next *line, room float32) bool) {
		n := 1
		for n < len(sorted) && sorted[n].level(sorted[0]) {
			n++
		}
		if n >= len(sorted) {
			return
		}
		next := sorted[n]
		for _, l := range sorted[:n] {
			room := abs(l.base-next.base) / max(l.size, next.size)
			if !isCaption(l.text) || !ok(l, next, room) {
				return
			}
		}
		for _, l := range sorted[:n] {
			out[l] = true
		}
	}
	const first = 8 // lines, with those of a second column, among which a title is
	titled := slices.ContainsFunc(sorted[:min(len(sorted), first)], func(l *line) bool { return l.size >= larger*body })
	take(sorted, func(l, next *line, room float32) bool {
		small := l.size <= smaller*body && room > near
		same := sized(l, &line{size: body}) && titled && room > near
		return l.height > upper && (small || same)
	})
	take(backward(sorted), func(l, next *line, room float32) bool {
		return l.height < lower && l.size <= smaller*body && room > footRoom
	})
	return out
}

// isCaption tells whether s may be a running head: a few words, and no number, label or sentence.
func isCaption(s string) bool {
	const most = 10 // words
	return len(strings.Fields(s)) <= most && !endsSentence(s) && !strings.Contains(s, ":") && !digits.MatchString(s)
}

// lineSize returns the size of most of the text.
func lineSize(lines []*line) float32 {
	all := make([]paragraph, 0, len(lines))
	for _, l := range lines {
		all = append(all, paragraph{text: l.text, size: l.size})
	}
	return bodySize(all)
}

// byPage parts lines into those of each page.
func byPage(lines []*line) [][]*line {
	var out [][]*line
	for i, start := 0, 0; i < len(lines); i++ {
		if i+1 == len(lines) || lines[i+1].page != lines[i].page {
			out = append(out, lines[start:i+1])
			start = i + 1
		}
	}
	return out
}

// edges returns the lines at the ends of a page.
func edges(page []*line) []*line {
	sorted := slices.SortedStableFunc(slices.Values(page), func(a, b *line) int { return cmp.Compare(b.base, a.base) })
	ends := append(band(sorted), band(backward(sorted))...)
	return slices.DeleteFunc(ends, func(l *line) bool { return strings.TrimSpace(l.text) == "" })
}

// band returns the lines with the first baselines.
func band(lines []*line) []*line {
	n := 0
	for i, l := range lines {
		if i == 0 || !l.level(lines[i-1]) {
			n++
		}
		if n > edgeLines {
			return slices.Clone(lines[:i])
		}
	}
	return slices.Clone(lines)
}

func backward(lines []*line) []*line {
	lines = slices.Clone(lines)
	slices.Reverse(lines)
	return lines
}
