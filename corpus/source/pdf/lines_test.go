package pdf

import (
	"strings"
	"testing"

	"newsbot/corpus/source"
)

// lineFrom returns a line whose letters are seen like this, each as wide as half of the font.
func lineFrom(visual string, left, base float32) *line {
	const size, wide = 10, 5
	l := &line{left: left, base: base, size: size}
	x := left
	for _, r := range visual {
		l.ems = append(l.ems, em{glyph: glyph{r: r, left: x, right: x + wide, bottom: base, top: base + size, x: x, y: base, size: size}})
		x += wide
	}
	l.right = x
	return l
}

// linesFrom returns lines one below the other. Each begins with the number of blanks that it is away from the left.
func linesFrom(visual ...string) []*line {
	var out []*line
	for i, v := range visual {
		text := strings.TrimLeft(v, " ")
		out = append(out, lineFrom(text, float32(5*(len(v)-len(text))), 700-14*float32(i)))
	}
	return out
}

func TestDirection(t *testing.T) {
	for _, c := range []struct {
		name   string
		visual []string
		want   string
	}{
		{"from the right", []string{
			"لامشلا يف جراخملا نم ريثكلا نإ ريزولا لاقو",
			"          .2023 ماع يف اوحزن صخش فلأ 40",
		}, "وقال الوزير إن الكثير من المخارج في الشمال\n40 ألف شخص نزحوا في عام 2023."},
		{"full stop on a line of its own", []string{
			"ماع يف دلبلا قرش لامش نم اوحزن افلأ نيعبرأ نإ ريزولا لاقو",
			"                                                    .2023",
		}, "وقال الوزير إن أربعين ألفا نزحوا من شمال شرق البلد في عام\n2023."},
		{"from the left", []string{
			"ةرجهلل ةيلودلا ةمظنملا تلاقو (IOM) لامش نم صخش فلأ 40 نإ",
			"يزاغنب يف 2085و ةنيدملا يف مهنم 3000 حزن دق دلبلا قرش.",
		}, "وقالت المنظمة الدولية للهجرة (IOM) إن 40 ألف شخص من شمال\nشرق البلد قد نزح 3000 منهم في المدينة و2085 في بنغازي."},
		{"address", []string{
			"https://nvidia. عقوملا ىلع لماكلا نايبلا ىلع عالطالا نكميو",
			"                        .ديربلاب وأ com/news/q1-2025",
		}, "ويمكن الاطلاع على البيان الكامل على الموقع https://nvidia.\ncom/news/q1-2025 أو بالبريد."},
		{"initials", []string{
			"J.P. نأ ىلإ ةحسفلا هذه يف ءابنألا نم ريثك يف نوللحم راشأو",
			"                                .كلذ عقوتي Morgan",
		}, "وأشار محللون في كثير من الأنباء في هذه الفسحة إلى أن J.P.\nMorgan يتوقع ذلك."},
		{"English", []string{
			"The ministers met on Monday (almost all of them) and",
			"spoke of trade.",
		}, "The ministers met on Monday (almost all of them) and\nspoke of trade."},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := linesFrom(c.visual...)
			var e evidence
			e.read(lines)
			var got []string
			for _, l := range lines {
				got = append(got, l.text)
			}
			if s := strings.Join(got, "\n"); s != c.want {
				t.Errorf("got\n%s\nwant\n%s", s, c.want)
			}
		})
	}
}

func TestHyphens(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		parting          bool
	}{
		{"compound", "the commissioner-\ngeneral said", "the commissioner-general said", false},
		{"joined elsewhere", "Mediterranean ports; other mediter-\nranean ports", "Mediterranean ports; other mediterranean ports", false},
		{"last syllable", "after the negotia-\ntions ended", "after the negotiations ended", false},
		{"program that parts words", "the Investi-\ngators said", "the Investigators said", true},
		{"compound all the same", "a well-\nknown name", "a well-known name", true},
		{"compound of three", "to Viollet-\nle-Duc again", "to Viollet-le-Duc again", false},
		{"address", "see https://example.com/news/q1-\n2025 for more", "see https://example.com/news/q1-2025 for more", false},
		{"end of an address", "see https://example.com/\nand more", "see https://example.com/ and more", false},
		{"scheme alone", "see https://\nexample.com/a", "see https://example.com/a", false},
	} {
		var lines []*line
		for s := range strings.SplitSeq(c.text, "\n") {
			lines = append(lines, &line{text: s, hyphen: strings.HasSuffix(s, "-")})
		}
		h := hyphensOf(lines, c.parting)
		got := h.joint(lines[0], lines[1], address(lines[0].text)) + lines[1].text
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want string
	}{
		{"numbers", []string{"Port       Ships  Tonnes", "Piraeus       12  18,500", "Marseille      7   9,240"},
			"Port | Ships | Tonnes\nPiraeus | 12 | 18,500\nMarseille | 7 | 9,240"},
		{"from the right", []string{"نفسلا    ءانيملا", "   12   ديعسروب", "    7     طايمد"}, "الميناء | السفن\nبورسعيد | 12\nدمياط | 7"},
		{"text", []string{"The ministers met in Amman", "and the talks on trade had", "met with a lot of doubts."},
			"The ministers met in Amman\nand the talks on trade had\nmet with a lot of doubts."},
		{"list", []string{"1.   The first of all", "2.   The second", "3.   The third"}, "1. The first of all\n2. The second\n3. The third"},
		{"labels", []string{"Date:     12 May 2024", "Number:   17", "Page:     3"}, "Date: 12 May 2024\nNumber: 17\nPage: 3"},
		{"justified", []string{"on     12,", "and   gone", "by    2024"}, "on 12,\nand gone\nby 2024"},
	} {
		lines := tables(linesFrom(c.rows...))
		var e evidence
		e.read(lines)
		var got []string
		for _, l := range lines {
			got = append(got, l.text)
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, s, c.want)
		}
	}
}

// What no reader sees is left out, and what cannot be read of a page is not passed over.
func TestReadSeen(t *testing.T) {
	text := textPage("The ministers met in Amman on Monday and spoke of trade between", "both countries, which had grown by a third since the talks.")
	with := func(content string) []byte { return append([]byte(content+" "), text...) }
	const hidden = "(The minister of the town has resigned) Tj ET"
	for _, content := range []string{"BT /F 9 Tf 40 4000 Td " + hidden, "BT 3 Tr /F 9 Tf 40 300 Td " + hidden + " BT 0 Tr ET"} {
		a, err := Read(t.Context(), pages(form, nil, with(content)))
		if err != nil || !strings.HasPrefix(a.Body, "The ministers") || strings.Contains(a.Body, "resigned") {
			t.Errorf("got %q and error %v, want what is seen", a.Body, err)
		}
	}
	deflate := deflated(t, text)
	damaged := append(append([]byte{}, deflate[:20]...), strings.Repeat("\xff\x00", 40)...)
	for name, c := range map[string]struct {
		data []byte
		want source.Reason
	}{
		"page of a scan":       {pages(picture, make([]byte, 100), text, []byte("q 420 0 0 595 0 0 cm /X Do Q"), text), source.Scanned},
		"page of shapes":       {pages(form, nil, text, []byte(strings.Repeat("10 10 m 90 90 l S ", 400))), source.Scanned},
		"damaged stream":       {pages("/Filter /FlateDecode "+form, damaged, with("/X Do")), source.Damaged},
		"content that is lost": {[]byte(strings.Replace(string(pages(form, nil, text, text)), "\n5 0 obj", "\n9 0 obj", 1)), source.Damaged},
	} {
		if got := reasonOf(t, c.data); got != c.want {
			t.Errorf("%s: refused as %q, want %q", name, got, c.want)
		}
	}
	if _, err := Read(t.Context(), pages(picture, make([]byte, 100), with("q 100 0 0 80 40 40 cm /X Do Q"), textPage())); err != nil {
		t.Errorf("a small picture and an empty page: %v", err)
	}
}

func TestHiddenLayers(t *testing.T) {
	for name, c := range map[string]struct {
		data, want string
	}{
		"literal":   {"/OCProperties << /D << /OFF [3 0 R] >> >>\n3 0 obj\n<< /Type /OCG /Name (notes) >>\nendobj", "notes"},
		"UTF-16":    {"/OCProperties << /D << /OFF [ 3 0 R ] >> >>\n3 0 obj << /Name <FEFF006E006F0074> >> endobj", "not"},
		"no object": {"/OCProperties << /D << /OFF [3 0 R] >> >>", ""},
		"none":      {"/OFF [3 0 R]\n3 0 obj << /Name (notes) >> endobj", ""},
	} {
		hidden := newRaw([]byte(c.data)).hidden()
		if len(hidden) != btoi(c.want != "") || c.want != "" && !hidden[c.want] {
			t.Errorf("%s: got %v, want %q", name, hidden, c.want)
		}
	}
}

// A line in the margin of a page that stands alone is left out when nothing but a running head looks like it.
func TestApartFrom(t *testing.T) {
	page := func(head string, size, height float32) []*line {
		lines := []*line{{text: head, base: 560, size: size, height: height}}
		for i := range 6 {
			lines = append(lines, &line{text: "The ministers met in Amman on Monday and spoke of trade.", base: 500 - 14*float32(i), size: 10, height: 0.8})
		}
		return lines
	}
	for _, c := range []struct {
		head         string
		size, height float32
		want         bool
	}{
		{"Shipping Monthly", 8, 0.95, true},
		{"Shipping Monthly", 8, 0.9, false},
		{"Shipping Monthly", 10, 0.95, false},
		{"Amman, 12 May 2024", 8, 0.95, false},
		{"Source: Shipping Monthly", 8, 0.95, false},
		{"The harbour is open.", 8, 0.95, false},
	} {
		lines := page(c.head, c.size, c.height)
		if got := apartFrom(lines)[lines[0]]; got != c.want {
			t.Errorf("%s (%v, %v): got %v, want %v", c.head, c.size, c.height, got, c.want)
		}
	}
}
