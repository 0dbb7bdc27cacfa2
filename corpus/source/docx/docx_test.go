package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	relsHead = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relType  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packType = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"

	packageRels = relsHead + `<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="` + packType + `core-properties" Target="docProps/core.xml"/></Relationships>`
	documentRels = relsHead + `<Relationship Id="rId1" Type="` + relType + `styles" Target="styles.xml"/></Relationships>`

	namespaces = `xmlns:w="` + wordNS + `" xmlns:mc="` + markupNS + `" xmlns:m="` + mathNS + `"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"`
)

// documentOf is a main part with a body.
func documentOf(body string) string {
	return xmlHead + `<w:document ` + namespaces + `><w:body>` + body + `</w:body></w:document>`
}

// packed is a zip archive of files, name and content by turns.
func packed(tb testing.TB, files ...string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// docxOf is a Word document with a body.
func docxOf(tb testing.TB, body string, more ...string) []byte {
	tb.Helper()
	return packed(tb, append([]string{"_rels/.rels", packageRels, "word/document.xml", documentOf(body)}, more...)...)
}

func readBytes(data []byte) (corpus.Article, error) {
	return Read(bytes.NewReader(data), int64(len(data)))
}

// mustRead returns the article of a document with a body.
func mustRead(t *testing.T, body string, more ...string) corpus.Article {
	t.Helper()
	a, err := readBytes(docxOf(t, body, more...))
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return a
}

// p is a paragraph of one run for each text.
func p(texts ...string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	for _, s := range texts {
		b.WriteString(r(s))
	}
	b.WriteString("</w:p>")
	return b.String()
}

// r is a run.
func r(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }

// styled is a paragraph with a style.
func styled(style, s string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + r(s) + `</w:p>`
}

// field is a complex field.
func field(instruction, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r>` + instruction + `<w:r><w:fldChar w:fldCharType="separate"/></w:r>` +
		result + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func TestText(t *testing.T) {
	const deletedMark = `<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`
	box := func(s string) string { return `<w:txbxContent>` + p(s) + `</w:txbxContent>` }
	tests := []struct{ name, body, want string }{
		{"paragraphs", p("One.") + p() + p("  ") + p("Two ", "and ", "three."), "One.\n\nTwo and three."},
		{"Arabic from right to left", `<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>هطل المطر.</w:t></w:r></w:p>`, "هطل المطر."},
		{"white space", `<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space="preserve"> b` + "\n" + `c</w:t></w:r></w:p>`, "a b c"},
		{"signs", `<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t><w:cr/><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:char="2014"/><w:sym w:char="D800"/><w:sym w:char="x"/></w:r></w:p>`, "a b\nc-de\n—"},
		{"tab stops are no tabs", `<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr>` + r("a") + `</w:p>`, "a"},
		{"invisible characters", p("a\u00ad\u200f\u202bb\u200c\u202c\uf0b7"), "ab\u200c"},
		{"entities", p("a &amp; b &lt;c&gt; &#1576;"), "a & b <c> ب"},
		{"inserted and deleted", `<w:p>` + r("It ") + `<w:del><w:r><w:delText>never </w:delText><w:t>never </w:t></w:r></w:del><w:ins>` + r("often ") + `</w:ins>` + r("rained.") + `</w:p>`, "It often rained."},
		{"moved", `<w:p><w:moveFrom>` + r("a") + `</w:moveFrom><w:moveTo>` + r("b") + `</w:moveTo></w:p>`, "b"},
		{"deleted mark", `<w:p>` + deletedMark + r("One ") + `</w:p>` + p("sentence.") + p("Two."), "One sentence.\n\nTwo."},
		{"deleted mark of the last", p("One.") + `<w:p>` + deletedMark + r("Two.") + `</w:p>`, "One.\n\nTwo."},
		{"deleted paragraph", p("One.") + `<w:p>` + deletedMark + `<w:del>` + r("x") + `</w:del></w:p>` + p("Two."), "One.\n\nTwo."},
		{"former properties", `<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="TOC1"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>`, "a"},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>a</w:t></w:r>` + r("b") + `</w:p>`, "ab"},
		{"hidden mark", `<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>` + r("Rain. ") + `</w:p>` + p("It rained."), "Rain. It rained."},
		{"comment", `<w:p><w:commentRangeStart w:id="0"/>` + r("a") + `<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`, "a"},
		{"note", `<w:p>` + r("a") + `<w:r><w:footnoteReference w:id="2"/></w:r>` + r(" b") + `</w:p>`, "a b"},
		{"link", `<w:p>` + r("see ") + `<w:hyperlink r:id="rId4">` + r("here") + `</w:hyperlink></w:p>`, "see here"},
		{"field", `<w:p>` + field(`<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>`, r("here")) + r(".") + `</w:p>`, "here."},
		{"field in an instruction", `<w:p>` + r("a ") + field(`<w:r><w:instrText>IF</w:instrText></w:r>`+field("", r("3")), r("b")) + `</w:p>`, "a b"},
		{"field never closed", `<w:p>` + r("a") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r>` + r("x") + `</w:p>` + p("b"), "a\n\nb"},
		{"ends of no field", `<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>` + r("a") + `</w:p>`, "a"},
		{"simple field", `<w:p><w:fldSimple w:instr="DATE">` + r("today") + `</w:fldSimple></w:p>`, "today"},
		{"smart tag", `<w:p><w:smartTag w:element="City"><w:smartTagPr/>` + r("Tunis") + `</w:smartTag></w:p>`, "Tunis"},
		{"content control", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p("a") + `</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent>` + r("b") + `</w:sdtContent></w:sdt></w:p>`, "a\n\nb"},
		{"prompt", p("a") + `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + p("Click here") + `</w:sdtContent></w:sdt>`, "a"},
		{"contents in a control", p("a") + `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("Rain 3") + `</w:sdtContent></w:sdt>`, "a"},
		{"list", `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>` + r("first") + `</w:p>` + p("second"), "first\n\nsecond"},
		{"formula", `<w:p>` + r("a") + `<m:oMath><m:r><m:t>x</m:t></m:r><w:r><w:t>y</w:t></w:r></m:oMath>` + r("b") + `</w:p>`, "ab"},
		{"phonetic guide", `<w:p><w:r><w:ruby><w:rt>` + r("x") + `</w:rt><w:rubyBase>` + r("a") + `</w:rubyBase></w:ruby></w:r></w:p>`, "a"},
		{"contents", styled("TOC1", "Rain	3") + styled("TOCHeading", "Contents") + p("a"), "a"},
		{"text box, once", `<w:p>` + r("One ") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>` + box("In a box.") + `</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>` + box("In a box.") + `</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>` + r("sentence.") + `</w:p>` + p("Two."), "One sentence.\n\nIn a box.\n\nTwo."},
		{"text only in the fallback", `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="x"><w:drawing/></mc:Choice><mc:Fallback><w:pict>` + box("a") + `</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "a"},
		{"text box by itself", box("a"), "a"},
		{"hidden text box", `<w:p>` + r("a") + `<w:r><w:rPr><w:vanish/></w:rPr><w:pict>` + box("x") + `</w:pict></w:r></w:p>`, "a"},
		{"text outside of paragraphs", p("a") + `<w:t>x</w:t>`, "a"},
		{"section", p("a") + `<w:sectPr><w:headerReference w:type="default"/></w:sectPr>`, "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustRead(t, tt.body).Body; got != tt.want {
				t.Errorf("Body = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTables(t *testing.T) {
	cell := func(body string) string { return "<w:tc><w:tcPr/>" + body + "</w:tc>" }
	row := func(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
	tbl := func(rows ...string) string {
		return "<w:tbl><w:tblPr/><w:tblGrid/>" + strings.Join(rows, "") + "</w:tbl>"
	}
	long := strings.Repeat("It rained in the valley. ", 10) + "End."
	tests := []struct{ name, body, want string }{
		{"figures", p("a") + tbl(row(cell(p("Town")), cell(p("Rain"))), row(cell(p("Sfax")), cell(p("12"))+cell(p()))) + p("b"), "a\n\nTown | Rain\nSfax | 12\n\nb"},
		{"two paragraphs in a cell", tbl(row(cell(p("Jane")+p("Doe")), cell(p("12")))), "Jane Doe | 12"},
		{"layout", tbl(row(cell(p("Kicker")), cell(p(long)+p("Two.")))), "Kicker\n\n" + long + "\n\nTwo."},
		{"one cell", tbl(row(cell(p("One.") + p("Two.")))), "One.\n\nTwo."},
		{"table in a table", tbl(row(cell(tbl(row(cell(p("a")), cell(p("b"))))+p("c")), cell(p("d")))), "a | b c | d"},
		{"deleted row and cell", tbl("<w:tr><w:trPr><w:del/></w:trPr>"+cell(p("x"))+"</w:tr>", row(cell(p("a")), "<w:tc><w:tcPr><w:cellDel/></w:tcPr>"+p("x")+"</w:tc>", cell(p("b")))), "a | b"},
		{"inserted row", tbl("<w:tr><w:trPr><w:ins/></w:trPr>" + cell(p("a")) + cell(p("b")) + "</w:tr>"), "a | b"},
		{"content control around rows", tbl("<w:sdt><w:sdtContent>" + row("<w:sdt><w:sdtContent>"+cell(p("a"))+"</w:sdtContent></w:sdt>", cell(p("b"))) + "</w:sdtContent></w:sdt>"), "a | b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustRead(t, tt.body).Body; got != tt.want {
				t.Errorf("Body = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPackages(t *testing.T) {
	body := documentOf(p("It rained."))
	strict := strings.NewReplacer(wordNS, wordStrictNS, mathNS, mathStrictNS).Replace(body)
	other := strings.ReplaceAll(packageRels, "word/document.xml", "/Word/Main.xml")
	strictRels := strings.ReplaceAll(packageRels, relType, "http://purl.oclc.org/ooxml/officeDocument/relationships/")
	tests := []struct {
		name  string
		files []string
	}{
		{"no relationships", []string{"word/document.xml", body}},
		{"another name, in another case", []string{"_rels/.rels", other, "word/main.xml", body}},
		{"backslashes", []string{`_rels\.rels`, packageRels, `word\document.xml`, body}},
		{"strict", []string{"_rels/.rels", strictRels, "word/document.xml", strict}},
		{"UTF-16", []string{"_rels/.rels", packageRels, "word/document.xml", utf16Of(strings.Replace(body, "UTF-8", "UTF-16", 1))}},
		{"byte order mark", []string{"_rels/.rels", packageRels, "word/document.xml", "\uFEFF" + body}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := readBytes(packed(t, tt.files...))
			if err != nil || a.Body != "It rained." {
				t.Errorf("Read = %q, %v", a.Body, err)
			}
		})
	}
}

// utf16Of is ASCII text as UTF-16, little-endian, with a byte order mark.
func utf16Of(s string) string {
	return "\xff\xfe" + strings.Join(strings.Split(s, ""), "\x00") + "\x00"
}

func TestRefusals(t *testing.T) {
	encrypted, flipped := docxOf(t, p("a")), docxOf(t, p("a"))
	for i := range encrypted {
		switch {
		case bytes.HasPrefix(encrypted[i:], []byte("PK\x01\x02")): // in the directory
			encrypted[i+8] |= 1
			flipped[i+16] ^= 1 // of the sum
		case bytes.HasPrefix(encrypted[i:], []byte("PK\x03\x04")):
			encrypted[i+6] |= 1
		}
	}
	whole := docxOf(t, p("It rained."))
	picture := `<w:p><w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r></w:p>`
	deep := strings.Repeat("<w:ins>", maxDepth) + strings.Repeat("</w:ins>", maxDepth)
	tests := []struct {
		name string
		data []byte
		want source.Reason
	}{
		{"nothing", nil, source.Damaged},
		{"no archive", []byte("It rained."), source.Damaged},
		{"cut off", whole[:len(whole)/2], source.Damaged},
		{"another sum", flipped, source.Damaged},
		{"a table of another program", packed(t, "_rels/.rels", strings.ReplaceAll(packageRels, "word/document", "xl/workbook"), "xl/workbook.xml", "<workbook/>"), source.Damaged},
		{"another archive", packed(t, "a.txt", "It rained."), source.Damaged},
		{"broken XML", packed(t, "word/document.xml", documentOf(p("a"))[:300]), source.Damaged},
		{"entities", packed(t, "word/document.xml", strings.Replace(documentOf(p("&a;")), xmlHead, `<!DOCTYPE d [<!ENTITY a "b">]>`, 1)), source.Damaged},
		{"unknown entity", packed(t, "word/document.xml", documentOf(p("&a;"))), source.Damaged},
		{"other character set", packed(t, "word/document.xml", strings.Replace(documentOf(p("a")), "UTF-8", "windows-1256", 1)), source.Damaged},
		{"more behind its end", packed(t, "word/document.xml", documentOf(p("a"))+"<a/>"), source.Damaged},
		{"embedded page", docxOf(t, `<w:altChunk r:id="rId1"/>`), source.Damaged},
		{"encrypted part", encrypted, source.Encrypted},
		{"pictures", docxOf(t, picture+p(" ")), source.Scanned},
		{"deep", docxOf(t, deep), source.TooLarge},
		{"deep in what is passed over", docxOf(t, "<w:rPr>"+deep+"</w:rPr>"), source.TooLarge},
		{"long text", docxOf(t, strings.Repeat(p(strings.Repeat("It rained. ", 1000)), 500)), source.TooLarge},
		{"long token", docxOf(t, `<w:p w:x="`+strings.Repeat("a", maxToken+1<<16)+`"/>`), source.TooLarge},
		{"bomb of tags", docxOf(t, strings.Repeat("<w:proofErr/>", maxMainPart/12)), source.TooLarge},
		{"bomb of spaces", docxOf(t, strings.Repeat(p()+strings.Repeat(" ", 1<<20), maxMainPart>>20)), source.TooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readBytes(tt.data)
			if r, ok := errors.AsType[*source.Refusal](err); !ok || r.Reason != tt.want {
				t.Errorf("Read: %v, want a refusal for %q", err, tt.want)
			}
		})
	}
}

func TestEmpty(t *testing.T) {
	for name, body := range map[string]string{
		"nothing": "", "no words": p() + p(" "), "a title alone": styled("Title", "Rain"), "deleted": `<w:p><w:del>` + r("a") + `</w:del></w:p>`,
	} {
		if _, err := readBytes(docxOf(t, body)); !errors.Is(err, corpus.ErrEmpty) {
			t.Errorf("%s: %v, want ErrEmpty", name, err)
		}
	}
}
