package page

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"newsbot/corpus/source"
)

func TestDecode(t *testing.T) {
	const (
		arabic  = "<p>فتحت مراكز الاقتراع أبوابها في المدينة صباح اليوم</p>"
		french  = "<p>Les bureaux de vote ont été ouverts à Genève, où l'on a voté très tôt</p>"
		russian = "<p>Избирательные участки открылись рано утром</p>"
		kanji   = "<p>今朝、町の投票所が開いた</p>"
	)
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	for _, tt := range []struct {
		name        string
		text        string
		in          encoding.Encoding
		contentType string
		head        string
	}{
		{"nothing declared, UTF-8", arabic, encoding.Nop, "", ""},
		{"nothing declared, windows-1256", arabic, charmap.Windows1256, "", ""},
		{"nothing declared, iso-8859-6", arabic, charmap.ISO8859_6, "", ""},
		{"nothing declared, Western", french, charmap.Windows1252, "", ""},
		{"by the server", russian, charmap.Windows1251, "text/html; charset=windows-1251", ""},
		{"by the page", russian, charmap.KOI8R, "text/html", `<meta charset="koi8-r">`},
		{"by the page, the old way", kanji, japanese.ShiftJIS, "", `<META HTTP-EQUIV=Content-Type CONTENT="text/html; CHARSET=Shift_JIS">`},
		{"escapes", kanji, japanese.ISO2022JP, "text/html; charset=iso-2022-jp", ""},
		{"UTF-8 called windows-1256", arabic, encoding.Nop, "text/html; charset=windows-1256", ""},
		{"UTF-8 called Western by the page", arabic, encoding.Nop, "text/html", `<meta charset=iso-8859-1>`},
		{"windows-1256 called UTF-8", arabic, charmap.Windows1256, "text/html; charset=utf-8", ""},
		{"windows-1256 called Western", arabic, charmap.Windows1256, "text/html; charset=iso-8859-1", ""},
		{"windows-1256 called iso-8859-6", arabic, charmap.Windows1256, "text/html; charset=iso-8859-6", ""},
		{"iso-8859-6 called windows-1256", arabic, charmap.ISO8859_6, "text/html; charset=windows-1256", ""},
		{"French in windows-1256", french, charmap.Windows1256, "text/html; charset=windows-1256", ""},
		{"Western called UTF-8", french, charmap.Windows1252, "text/html; charset=utf-8", ""},
		{"UTF-16 with its mark", arabic, utf16, "text/html; charset=utf-8", ""},
		{"a set that does not exist", arabic, charmap.Windows1256, "text/html; charset=cp-arabic", ""},
		{"ASCII", "<p>Plain.</p>", encoding.Nop, "", ""},
	} {
		want := "<html><head>" + tt.head + "</head><body>" + tt.text
		body, err := tt.in.NewEncoder().Bytes([]byte(want))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if got, ok := Decode(tt.contentType, body); !ok || got != want {
			t.Errorf("%s: %q, %v", tt.name, got, ok)
		}
	}
}

func TestDecodeDamaged(t *testing.T) {
	page := []byte("<p>فتحت مراكز الاقتراع أبوابها في المدينة صباح اليوم وأغلقتها مساء\xd8</p>")
	if got, ok := Decode("", page); !ok || !bytes.Contains([]byte(got), []byte("مساء\uFFFD<")) {
		t.Errorf("%q, %v", got, ok)
	}
}

// TestGarbled takes characters that no set explains for what they are, rather than store words of nonsense.
func TestGarbled(t *testing.T) {
	russian, err := charmap.Windows1251.NewEncoder().Bytes(bytes.Repeat([]byte("<p>Избирательные участки открылись рано утром</p>"), 20))
	if err != nil {
		t.Fatal(err)
	}
	noise := bytes.Repeat([]byte("<p>\xff\xfd\xa1\x81\x8d some words of a text</p>"), 50)
	for name, body := range map[string][]byte{
		"undeclared Cyrillic": append([]byte("<html><body>"), russian...),
		"declared Japanese":   append([]byte("<html><meta charset=euc-jp><body>"), noise...),
	} {
		_, err := Extract("https://a.example/x", "text/html", body, someDay)
		if err == nil || reasonOf(t, err) != source.Garbled {
			t.Errorf("%s: %v, want %s", name, err, source.Garbled)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"oldtable", "iso", "mislabelled", "reversed"} {
		body, err := os.ReadFile(filepath.Join("testdata", name+".html"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add("text/html; charset=utf-8", body)
	}
	f.Add("text/html; charset=utf-16", []byte("\xff\xfea"))
	f.Add("text/html; charset=iso-2022-jp", []byte("\x1b$B\x1b"))
	f.Add("charset", []byte("charset=\"gb18030\">\x81"))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		got, ok := Decode(contentType, body)
		if ok && len(got) > 6*len(body)+10 {
			t.Errorf("%d bytes became %d", len(body), len(got))
		}
	})
}
