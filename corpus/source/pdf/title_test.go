package pdf

import "testing"

func TestStated(t *testing.T) {
	for _, c := range []struct{ title, wantTitle, author, wantAuthor string }{
		{"Webb shows its first images", "Webb shows its first images", "Lena Hartmann", "Lena Hartmann"},
		{" القمة\tتنهي أعمالها\r\n", "القمة تنهي أعمالها", "محمود رضا", "محمود رضا"},
		{"Microsoft Word - webb.docx", "", "Administrator", ""},
		{"webb final.pdf", "", "HP User", ""},
		{"untitled", "", "Lena", ""},
		{"Document 1", "", "desk@news.example", ""},
		{"ﺮﺼﻣ رﺮﺤﺗ ﻪﻴﻨﺠﻟا", "", "ﺎﺿر دﻮﻤﺤﻣ", ""},
		{"file:///srv/desk/webb.html now", "", "", ""},
	} {
		if got := statedTitle(c.title); got != c.wantTitle {
			t.Errorf("title %q: got %q, want %q", c.title, got, c.wantTitle)
		}
		if got := statedAuthor(c.author); got != c.wantAuthor {
			t.Errorf("author %q: got %q, want %q", c.author, got, c.wantAuthor)
		}
	}
}

func TestHeadline(t *testing.T) {
	body := paragraph{text: "The ministers met in Amman on Monday and spoke of trade between both countries.", size: 11}
	for name, c := range map[string]struct {
		paragraphs []paragraph
		want       string
	}{
		"larger":          {[]paragraph{{text: "Ministers meet", size: 17}, body, body}, "Ministers meet"},
		"below a kicker":  {[]paragraph{{text: "Economy", size: 9}, {text: "Ministers meet", size: 17}, body}, "Ministers meet"},
		"largest":         {[]paragraph{{text: "Ministers meet", size: 20}, {text: "Talks on trade", size: 14}, body}, "Ministers meet"},
		"hardly larger":   {[]paragraph{{text: "Ministers meet", size: 12}, body}, ""},
		"one word":        {[]paragraph{{text: "Economy", size: 30}, body}, ""},
		"on a later page": {[]paragraph{body, {text: "Ministers meet", size: 17, page: 1}}, ""},
		"nothing else":    {[]paragraph{{text: "Ministers meet", size: 17}}, ""},
		"nothing":         {},
	} {
		got, rest := headline(c.paragraphs)
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if want := len(c.paragraphs) - btoi(c.want != ""); len(rest) != want {
			t.Errorf("%s: %d paragraphs are left, want %d", name, len(rest), want)
		}
	}
}

func TestIsCompound(t *testing.T) {
	vocabulary := wordsOf([]*line{{text: "a light-year is far; visible light; the captured galaxy"}})
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"light", "year", true}, {"cap", "tured", false}, {"gold", "coated", true}, {"open", "ing", false},
		{"kilome", "tres", false}, {"well", "known", true}, {"in", "cluded", false},
	} {
		if got := isCompound(c.a, c.b, vocabulary); got != c.want {
			t.Errorf("%s-%s: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
