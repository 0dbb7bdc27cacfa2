package docx

import (
	"strings"
	"testing"
)

// stylesOf is a part of styles.
func stylesOf(styles string) string {
	return xmlHead + `<w:styles ` + namespaces + `>` + styles + `</w:styles>`
}

// coreOf is a part of properties.
func coreOf(title, creator string) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">` +
		`<dc:title>` + title + `</dc:title><dc:creator>` + creator + `</dc:creator>` +
		`<dcterms:created>2020-01-01T00:00:00Z</dcterms:created></cp:coreProperties>`
}

func TestTitle(t *testing.T) {
	const styles = `<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="own"><w:name w:val="Our headline"/><w:basedOn w:val="a3"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="Loop"/><w:basedOn w:val="loop"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="note"><w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style>` +
		`<w:style w:type="character" w:styleId="secret"><w:name w:val="Secret"/><w:basedOn w:val="base"/></w:style>` +
		`<w:style w:type="character" w:styleId="base"><w:name w:val="Base"/><w:rPr><w:vanish/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="Plain"/></w:style>`
	text := p("It rained in the valley.")
	const rest = "It rained in the valley."
	tests := []struct{ name, body, property, wantTitle, wantBody string }{
		{"title", styled("a3", "Rain") + text, "", "Rain", rest},
		{"title by a style upon it", styled("own", "Rain") + text, "", "Rain", rest},
		{"title before heading", styled("1", "Weather") + styled("a3", "Rain") + text, "", "Rain", "Weather\n\n" + rest},
		{"heading", styled("1", "Rain") + text + styled("1", "Floods") + text, "", "Rain", rest + "\n\nFloods\n\n" + rest},
		{"heading below a kicker", p("WEATHER") + styled("1", "Rain") + text, "", "Rain", "WEATHER\n\n" + rest},
		{"heading of a section", text + styled("1", "Floods") + text, "", "", rest + "\n\nFloods\n\n" + rest},
		{"title of two lines", `<w:p><w:pPr><w:pStyle w:val="a3"/></w:pPr><w:r><w:t>Rain</w:t><w:br/><w:t>in May</w:t></w:r></w:p>` + text, "", "Rain in May", rest},
		{"empty title", styled("a3", " ") + styled("a3", "***") + text, "", "", "***\n\n" + rest},
		{"property that the text has", p("«Rain»") + text, "Rain", "«Rain»", rest},
		{"property of a pattern", p("Rain") + text, "Document1", "", "Rain\n\n" + rest},
		{"property without text", text, "Snow in the valley", "", rest},
		{"style with a name of its own", styled("Heading2", "Rain") + text, "", "", "Rain\n\n" + rest},
		{"style that is not there", styled("Heading1", "Rain") + text, "", "Rain", rest},
		{"style upon itself", styled("loop", "Rain") + text, "", "", "Rain\n\n" + rest},
		{"hidden by style", styled("note", "Note") + text + `<w:p><w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr><w:t>x</w:t></w:r></w:p>`, "", "", rest},
		{"shown against its style", `<w:p><w:pPr><w:pStyle w:val="note"/></w:pPr><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Rain.</w:t></w:r></w:p>`, "", "", "Rain."},
		{"front matter", styled("a3", "Rain") + p("Source: Daily") + p("التاريخ: 15 آب 2025") + p("Note: a") + text + p("Link: b"), "", "Rain", "Source: Daily\nالتاريخ: 15 آب 2025\n\nNote: a\n\n" + rest + "\n\nLink: b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := mustRead(t, tt.body, "word/_rels/document.xml.rels", documentRels, "word/styles.xml", stylesOf(styles), "docProps/core.xml", coreOf(tt.property, "User"))
			if a.Title != tt.wantTitle || a.Body != tt.wantBody || a.TitleDerived || a.Author != "" || !a.Published.IsZero() {
				t.Errorf("Read = %+v, want title %q, body %q", a, tt.wantTitle, tt.wantBody)
			}
		})
	}
}

func TestAuthor(t *testing.T) {
	text := p(strings.Repeat("It rained in the valley, said Jane Doe. ", 10))
	tests := []struct{ name, body, creator, want string }{
		{"byline", p("Rain") + p("By Jane Doe, Tunis") + text, " Jane  Doe ", "Jane Doe"},
		{"Arabic byline", p("بقلم: مُنى الخطيب") + text, "منى الخطيب", "منى الخطيب"},
		{"account", p("Admin") + text, "Admin", ""},
		{"typist", p("By Jane Doe") + text, "John Roe", ""},
		{"named in the text alone", text, "Jane Doe", ""},
		{"part of a name", p("By Jane Doerr") + text, "Jane Doe", ""},
		{"none", text, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a := mustRead(t, tt.body, "docProps/core.xml", coreOf("", tt.creator)); a.Author != tt.want {
				t.Errorf("Author = %q, want %q", a.Author, tt.want)
			}
		})
	}
}
