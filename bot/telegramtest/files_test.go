package telegramtest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// download fetches a file, as a bot does, and returns the HTTP status with it.
func (b *bot) download(at string) (status int, data string, err error) {
	b.t.Helper()
	resp, err := b.client.Get(b.s.URL() + "/file/bot" + b.s.Token() + "/" + at)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

// locate asks where the file of the last update is.
func (b *bot) locate() (fileID, at string, r response) {
	b.t.Helper()
	var updates []struct {
		Message struct {
			Document struct {
				ID string `json:"file_id"`
			}
		}
	}
	if err := json.Unmarshal(b.call("getUpdates", nil).Result, &updates); err != nil || len(updates) == 0 {
		b.t.Fatalf("updates %v, %v", updates, err)
	}
	fileID = updates[len(updates)-1].Message.Document.ID
	r = b.call("getFile", params{"file_id": fileID})
	var f struct {
		Path string `json:"file_path"`
	}
	if r.OK {
		if err := json.Unmarshal(r.Result, &f); err != nil {
			b.t.Fatal(err)
		}
	}
	return fileID, f.Path, r
}

func TestDocument(t *testing.T) {
	s := New(t)
	now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	b, p := newBot(t, s), s.Person(reader, "en")
	p.SendDocument(Document{Name: "a.txt", MIME: "text/plain", Data: []byte("news"), Caption: "Reuters"})
	_, at, _ := b.locate()
	if status, data, err := b.download(at); status != http.StatusOK || data != "news" || err != nil {
		t.Errorf("%d, %q, %v", status, data, err)
	}
	raw := string(b.call("getUpdates", nil).Result)
	for _, part := range []string{`"caption":"Reuters"`, `"file_name":"a.txt"`, `"mime_type":"text/plain"`, `"file_size":4`} {
		if !strings.Contains(raw, part) {
			t.Errorf("update %s lacks %s", raw, part)
		}
	}
	now = now.Add(2 * time.Hour)
	if status, _, err := b.download(at); status != http.StatusNotFound || err != nil {
		t.Errorf("two hours later: %d, %v", status, err)
	}
}

func TestAlbum(t *testing.T) {
	s := New(t)
	b, p := newBot(t, s), s.Person(reader, "en")
	ids := p.SendAlbum(Document{Data: []byte("1")}, Document{Data: []byte("2")}, Document{Data: []byte("3")})
	raw := string(b.call("getUpdates", nil).Result)
	if n := strings.Count(raw, `"media_group_id":"album-`); n != 3 || len(ids) != 3 || ids[2] != ids[0]+2 {
		t.Errorf("%d pieces, updates %v: %s", n, ids, raw)
	}
}

func TestFileRefusals(t *testing.T) {
	s, _ := newRecorded(t)
	s.AllowRefusals(true)
	b, p := newBot(t, s), s.Person(reader, "en")
	if r := b.call("getFile", params{"file_id": "nothing"}); r.Description != "Bad Request: invalid file_id" {
		t.Errorf("an unknown file: %+v", r)
	}
	p.SendDocument(Document{Name: "a.pdf", Size: maxDownload + 1})
	if _, _, r := b.locate(); r.Description != "Bad Request: file is too big" || r.status != http.StatusBadRequest {
		t.Errorf("a large file: %+v", r)
	}
	if status, _, err := b.download("documents/file_0.pdf"); status != http.StatusNotFound || err != nil {
		t.Errorf("a path that nobody has given: %d, %v", status, err)
	}
	if len(s.Broken()) > 0 {
		t.Errorf("broken: %v", s.Broken())
	}
}

func TestDownloadFaults(t *testing.T) {
	s := New(t)
	b, p := newBot(t, s), s.Person(reader, "en")
	p.SendDocument(Document{Data: []byte(strings.Repeat("news ", 10_000))})
	_, at, _ := b.locate()
	for _, f := range []Failure{{Cut: CutBefore}, {Cut: CutAfter}} {
		s.Fail(func(r Request) *Failure {
			if r.Method != FileMethod || r.Params["file_path"] != at {
				return nil
			}
			return &f
		})
		if _, data, err := b.download(at); err == nil || len(data) >= 50_000 {
			t.Errorf("%+v: %d bytes, %v", f, len(data), err)
		}
	}
	s.Fail(func(Request) *Failure { return &Failure{Code: http.StatusBadGateway, Description: "Bad Gateway"} })
	if status, _, err := b.download(at); status != http.StatusBadGateway || err != nil {
		t.Errorf("%d, %v", status, err)
	}
}
