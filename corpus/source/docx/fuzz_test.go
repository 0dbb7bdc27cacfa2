package docx

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// checkRead reads a document and checks that it is an article or refused for a reason.
func checkRead(t *testing.T, data []byte) {
	t.Helper()
	a, err := readBytes(data)
	if err != nil {
		r, ok := errors.AsType[*source.Refusal](err)
		if !errors.Is(err, corpus.ErrEmpty) && (!ok || r.Reason == "") {
			t.Errorf("Read: %v, which is no refusal", err)
		}
		return
	}
	for _, s := range []string{a.Title, a.Author, a.Body} {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\u202e") {
			t.Errorf("Read: %q is not clean", s)
		}
	}
	if strings.TrimSpace(a.Body) != a.Body || a.Body == "" || strings.Contains(a.Title, "\n") || !a.Published.IsZero() {
		t.Errorf("Read = %+v", a)
	}
}

func FuzzDocx(f *testing.F) {
	f.Add(docxOf(f, p("It rained.")))
	f.Add(docxOf(f, styled("Title", "Rain")+p("By Jane Doe")+p("It rained."), "word/_rels/document.xml.rels", documentRels,
		"word/styles.xml", stylesOf(`<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>`), "docProps/core.xml", coreOf("Rain", "Jane Doe")))
	f.Add(packed(f, "word/document.xml", utf16Of(documentOf(p("a")))))
	f.Add(packed(f, "a.txt", "a"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(checkRead)
}

// FuzzXML tries bodies, styles and properties that archives of the other test seldom hold whole.
func FuzzXML(f *testing.F) {
	for _, body := range []string{
		p("a"), `<w:tbl><w:tr><w:tc>` + p("a") + `</w:tc><w:tc>` + p("b") + `</w:tc></w:tr></w:tbl>`,
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + field(`<w:r><w:instrText>x</w:instrText></w:r>`, r("a")) + `</w:p>`,
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + p("a") + `</w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>`,
		`<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + p("a") + `</w:sdtContent></w:sdt>`,
		`<w:p><w:p><w:r><w:r><w:t><w:br/>a</w:t></w:r></w:r></w:p></w:p>`, `<w:fldChar w:fldCharType="end"/>`, "]]>", "&#x202e;", "<",
		styled("Heading1", "Rain") + p("date: 2025-08-15") + p("source: Daily") + p("It rained."),
	} {
		f.Add(body, `<w:style w:styleId="a"><w:name w:val="Title"/><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>`, "Rain", "Jane Doe")
	}
	f.Fuzz(func(t *testing.T, body, styles, title, creator string) {
		checkRead(t, docxOf(t, body, "word/_rels/document.xml.rels", documentRels,
			"word/styles.xml", stylesOf(styles), "docProps/core.xml", coreOf(title, creator)))
	})
}
