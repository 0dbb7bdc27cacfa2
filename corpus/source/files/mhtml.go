package files

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/page"
)

// mhtml is a web page with its pictures, as browsers save it into one file: MIME as in a mail (RFC 2557).
const mhtml Kind = "mhtml"

// maxParts is among how many parts the page is looked for: it is the first or the second.
const maxParts = 20

// isMHTML reports whether a text opens with the header of such a file.
func isMHTML(s string) bool {
	header, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(s, "\r\n", "\n")), "\n\n")
	return strings.Contains("\n"+header, "\nmime-version:") && strings.Contains("\n"+header, "\ncontent-type: multipart/related")
}

// A saved is a web page out of a file.
type saved struct {
	address     string // where it was; "" when that is not known, or is no web address
	contentType string // with its character set; "" when that is not known
	data        []byte
}

// unpackMHTML returns the page in a file. What is wrong with one is not said: the errors of the packages that read it
// repeat what stands in it.
func unpackMHTML(data []byte) (saved, error) {
	damaged := &source.Refusal{Reason: source.Damaged}
	message, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")))
	if err != nil {
		return saved{}, damaged
	}
	_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		return saved{}, damaged
	}
	parts := multipart.NewReader(message.Body, params["boundary"])
	for range maxParts {
		part, err := parts.NextRawPart()
		if err != nil {
			break
		}
		if kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type")); err == nil && kind == "text/html" {
			return unpackPart(part)
		}
	}
	return saved{}, damaged
}

// unpackPart returns the page that is a part.
func unpackPart(part *multipart.Part) (saved, error) {
	var in io.Reader = part
	switch strings.ToLower(strings.TrimSpace(part.Header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		in = quotedprintable.NewReader(part)
	case "base64":
		in = base64.NewDecoder(base64.StdEncoding, part)
	}
	data, err := io.ReadAll(io.LimitReader(in, page.MaxPage+1))
	switch {
	case err != nil:
		return saved{}, &source.Refusal{Reason: source.Damaged}
	case len(data) > page.MaxPage:
		return saved{}, tooLarge(int64(len(data)), page.MaxPage)
	}
	s := saved{contentType: part.Header.Get("Content-Type"), data: data}
	if address := strings.TrimSpace(part.Header.Get("Content-Location")); address != "" {
		if _, err := corpus.CanonicalURL(address); err == nil {
			s.address = address
		}
	}
	return s, nil
}
