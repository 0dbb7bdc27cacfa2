package files

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
)

// A file is one of an archive.
type file struct{ name, data string }

// zipOf packs files. A name that ends in a slash is that of a folder.
func zipOf(files ...file) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		in, err := w.Create(f.name)
		if err == nil {
			_, err = in.Write([]byte(f.data))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// wordDocument is a Word document of paragraphs behind lines that are a paragraph each.
func wordDocument(paragraphs []string, lines string) string {
	var b strings.Builder
	for _, p := range append(strings.Split(strings.TrimSpace(lines), "\n"), paragraphs...) {
		b.WriteString("<w:p><w:r><w:t>" + p + "</w:t></w:r></w:p>")
	}
	return zipOf(
		file{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		file{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		file{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + b.String() + `</w:body></w:document>`},
	)
}

// pdfFile is a PDF file of one page with a line of text every so many points.
func pdfFile(points int, lines ...string) string {
	var text strings.Builder
	for i, line := range lines {
		fmt.Fprintf(&text, "BT /F 12 Tf 50 %d Td (%s) Tj ET\n", 750-points*i, line)
	}
	return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n" +
		fmt.Sprintf("4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", text.Len(), text.String()) +
		"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
}

// zipWith packs one file under a header of its own making.
func zipWith(h zip.FileHeader, data string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	in, err := w.CreateHeader(&h)
	if err == nil {
		_, err = in.Write([]byte(data))
	}
	if err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}
