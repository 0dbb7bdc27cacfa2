package telegramtest

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Telegram's bounds of what a bot may download.
const (
	maxDownload = 20 << 20  // bytes
	pathLife    = time.Hour // of the path that getFile gives
)

// FileMethod is the Method of a [Request] that downloads a file; its Params hold
// the "file_path".
const FileMethod = "/file"

// A Document is a file that a person sends.
type Document struct {
	Name, MIME string // "" leaves them out, as some apps do
	Data       []byte
	Size       int64 // as Telegram tells it; 0 is that of Data
	Caption    string
}

// A file is a document that the server keeps.
type file struct {
	Document
	id string
}

// files are the documents that people have sent.
type files struct {
	sent  []*file
	paths map[string]handed // that getFile has given
}

// handed is a path that getFile has given.
type handed struct {
	file *file
	at   time.Time
}

// SendDocument sends a file and returns the identifier of the update.
func (p *Person) SendDocument(d Document) int64 {
	p.s.t.Helper()
	fields, _ := p.document(d)
	return p.send(fields, false)
}

// SendAlbum sends files as one album, each in a message of its own. A bot that
// polls gets them together, but for what its limit leaves out. It returns the
// identifiers of the updates.
func (p *Person) SendAlbum(documents ...Document) (updates []int64) {
	p.s.t.Helper()
	var messages []map[string]any
	group := ""
	for _, d := range documents {
		fields, f := p.document(d)
		if group == "" {
			group = "album-" + f.id
		}
		fields["media_group_id"] = group
		messages = append(messages, p.s.encoded(fields))
	}
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for _, m := range messages {
		updates = append(updates, p.sendLocked(m, false))
	}
	return updates
}

// document keeps a file and returns it with the fields of the message that brings it.
func (p *Person) document(d Document) (map[string]any, *file) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	n := len(p.s.files.sent) + 1
	f := &file{d, fmt.Sprintf("BQACAgQAAxkBAAI%06d", n)}
	if f.Size == 0 {
		f.Size = int64(len(d.Data))
	}
	p.s.files.sent = append(p.s.files.sent, f)
	fields := map[string]any{"document": f.json()}
	if d.Caption != "" {
		fields["caption"] = d.Caption
	}
	return fields, f
}

// json is the Document object of the Bot API.
func (f *file) json() map[string]any {
	out := map[string]any{"file_id": f.id, "file_unique_id": "U" + f.id[len(f.id)-6:], "file_size": f.Size}
	for name, v := range map[string]string{"file_name": f.Name, "mime_type": f.MIME} {
		if v != "" {
			out[name] = v
		}
	}
	return out
}

func (s *Server) getFile(c *call) (any, *Refusal) {
	for i, f := range s.files.sent {
		switch {
		case f.id != c.text("file_id"):
			continue
		case f.Size > maxDownload:
			return nil, badRequest("file is too big")
		}
		at := fmt.Sprintf("documents/file_%d_%d%s", i, len(s.files.paths), path.Ext(f.Name))
		if s.files.paths == nil {
			s.files.paths = map[string]handed{}
		}
		s.files.paths[at] = handed{f, s.Now()}
		out := map[string]any{"file_path": at}
		maps.Copy(out, f.json())
		delete(out, "file_name")
		delete(out, "mime_type")
		return out, nil
	}
	return nil, badRequest("invalid file_id")
}

// serveFile answers a request for "/file/bot<token>/<path>".
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token, at, _ := splitPath(strings.TrimPrefix(r.URL.Path, "/file"))
	request := Request{Method: FileMethod, Params: map[string]any{"file_path": at}}
	switch {
	case token != botToken:
		s.refuse(w, request, &Refusal{Code: http.StatusUnauthorized, Description: "Unauthorized"})
		return
	case r.Method != http.MethodGet:
		s.refuse(w, request, misuse("HTTP method %s does not download", r.Method))
		return
	}
	request.Time = s.Now()
	seen := s.record(request)
	fault := s.fault(seen)
	fault.hold(r.Context(), s.closing)
	switch {
	case fault.Cut == CutBefore:
		s.finish(seen, nil, (&Refusal{Description: "cut before delivery"}).excused())
		cut()
	case fault.isError():
		fault.respond(w)
		s.finish(seen, nil, fault.refusal())
		return
	}
	data, ok := s.fileAt(at, request.Time)
	if !ok {
		refusal := (&Refusal{Code: http.StatusNotFound, Description: "Not Found"}).excused()
		s.finish(seen, nil, refusal)
		writeJSON(w, refusal.Code, envelope(nil, refusal))
		return
	}
	s.finish(seen, nil, nil)
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	if fault.Cut == CutAfter {
		_, _ = w.Write(data[:len(data)/2])
		_ = http.NewResponseController(w).Flush()
		cut()
	}
	_, _ = w.Write(data) // the client may have gone
}

// fileAt returns what a path leads to, while it does.
func (s *Server) fileAt(at string, now time.Time) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.files.paths[at]
	if !ok || now.Sub(h.at) > pathLife {
		return nil, false
	}
	return h.file.Data, true
}
