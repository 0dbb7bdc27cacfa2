package telegram

import "newsbot/bot"

// The longest name of a file and the longest MIME type that are kept, in
// characters. Of a longer name the end is kept as well: it may say of what kind the
// file is.
const (
	maxRawName  = 1 << 10 // of those that are longer the beginning counts
	maxFileName = 128
	fileNameEnd = 24
	maxMIME     = 128
)

// decodeFile reads the file that a message brings; nil when it brings none. A film
// without sound comes as a document as well.
func decodeFile(m fields) *bot.File {
	if !m.has("document") || m.has("animation") {
		return nil
	}
	d := m.object("document")
	id := d.string("file_id")
	if id == "" || len(id) > maxFileID {
		return nil
	}
	size, _ := d.integer("file_size")
	f := &bot.File{ID: id, Name: cleanFileName(d.string("file_name")), Size: max(size, 0)}
	if mime := d.string("mime_type"); len(mime) <= maxMIME {
		f.MIME = mime
	}
	return f
}

// cleanFileName is [cleanName] for the name of a file: it names a file to people and
// is never a path.
func cleanFileName(s string) string {
	s = cleanLine(s, maxRawName)
	if r := []rune(s); len(r) > maxFileName {
		return string(r[:maxFileName-fileNameEnd]) + "…" + string(r[len(r)-fileNameEnd+1:])
	}
	return s
}

// isUpload tells whether an event is about files that are to be downloaded, by
// whomever: that takes longer than others, and it has a slot of its own.
func isUpload(e bot.Event) bool {
	return e.BringsFile() || e.Command == "add" && e.Press == "" && !e.Group && e.Replied != nil && e.Replied.File != nil
}
