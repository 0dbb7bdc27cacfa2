package files

import (
	"archive/zip"
	"encoding/binary"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func TestCleanName(t *testing.T) {
	long := strings.Repeat("ر", 300) + ".docx"
	tests := []struct{ name, want string }{
		{"a.txt", "a.txt"},
		{"خبر الاثنين.txt", "خبر الاثنين.txt"},
		{"می\u200cخواهم.txt", "می\u200cخواهم.txt"},
		{"report\u202Efdp.exe", "reportfdp.exe"},
		{"\u2067a\u2069\u200F\u00AD.txt", "a.txt"},
		{"a\r\nb\tc\x00\x7f.txt", "a b c .txt"},
		{"a\xff.txt", "a\uFFFD.txt"},
		{" \n", "the file"},
		{"", "the file"},
		{"dir/sub/a.txt", "dir/sub/a.txt"},
		{long, strings.Repeat("ر", 149) + "…" + strings.Repeat("ر", 35) + ".docx"},
	}
	for _, tt := range tests {
		if got := cleanName(tt.name); got != tt.want {
			t.Errorf("cleanName(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Names in archives are read as they were written, in whatever set.
func TestEntryName(t *testing.T) {
	const name = "أخبار/تقرير الاثنين.docx"
	windows, err := charmap.Windows1256.NewEncoder().String(name)
	if err != nil {
		t.Fatal(err)
	}
	dos, err := charmap.CodePage437.NewEncoder().String("Überblick für März.txt")
	if err != nil {
		t.Fatal(err)
	}
	field := append([]byte{0x01, 0x00, 0x02, 0x00, 'x', 'y', 0x75, 0x70}, 0, 0, 1, 0, 0, 0, 0)
	binary.LittleEndian.PutUint16(field[8:], uint16(5+len(name)))
	tests := []struct {
		title string
		h     zip.FileHeader
		want  string
	}{
		{"UTF-8", zip.FileHeader{Name: name}, name},
		{"windows-1256", zip.FileHeader{Name: windows}, name},
		{"code page 720", zip.FileHeader{Name: in720(t, name)}, name},
		{"code page 437", zip.FileHeader{Name: dos}, "Überblick für März.txt"},
		{"Unicode Path field", zip.FileHeader{Name: "\xff\xfe.docx", Extra: append(field, name...)}, name},
		{"field cut short", zip.FileHeader{Name: dos, Extra: field[:9]}, "Überblick für März.txt"},
	}
	for _, tt := range tests {
		if got := entryName(&tt.h); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.title, got, tt.want)
		}
	}
	packed := zipWith(zip.FileHeader{Name: windows[:strings.LastIndex(windows, ".")] + ".txt", NonUTF8: true}, "هطل المطر.")
	if got, want := readOne(t, "أرشيف.zip", packed).Place, "أرشيف.zip/أخبار/تقرير الاثنين.txt"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// in720 writes a name in code page 720.
func in720(t *testing.T, name string) string {
	t.Helper()
	var b strings.Builder
	for _, r := range name {
		c := 0
		for c < 256 && codePage720(byte(c)) != r || c < utf8.RuneSelf && rune(c) != r {
			c++
		}
		if c == 256 {
			t.Fatalf("%q is not in the code page", r)
		}
		b.WriteByte(byte(c))
	}
	return b.String()
}

func TestCodePage720(t *testing.T) {
	for b, want := range map[byte]rune{0x98: 'ء', 0x9F: 'ا', 0xA0: 'ب', 0xAF: '»', 0xAD: 'ص', 0xE0: 'ض', 0xEF: 'ي', 0xF6: '\u0650', 0x82: 'é', 0xB0: '░'} {
		if got := codePage720(b); got != want {
			t.Errorf("%#x is %q, want %q", b, got, want)
		}
	}
}

// FuzzName checks that whatever a name is, what is shown of it is one bounded line that turns nothing around it, and has
// the extension by which its kind is told.
func FuzzName(f *testing.F) {
	for _, s := range []string{"a.txt", "خبر.pdf", "\u202Ea", "a\xffb.docx", "..\\..\\a", "/a/\x00", strings.Repeat("a/", 200) + ".csv", "\x9F\xE9\x9F.txt"} {
		f.Add(s, []byte{})
	}
	f.Add("\x80", []byte{0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 'a'})
	f.Fuzz(func(t *testing.T, raw string, extra []byte) {
		name := entryName(&zip.FileHeader{Name: raw, Extra: extra})
		shown := cleanName(name)
		if !utf8.ValidString(shown) || utf8.RuneCountInString(shown) > maxName || strings.TrimSpace(shown) == "" {
			t.Errorf("cleanName(%q) = %q", name, shown)
		}
		for _, r := range shown {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
				t.Errorf("cleanName(%q) = %q with %U", name, shown, r)
			}
		}
		if cleanName(shown) != shown {
			t.Errorf("%q cleaned twice is %q", shown, cleanName(shown))
		}
		if ext := extension(name); utf8.ValidString(name) && ext != "" && !strings.HasSuffix(strings.ToLower(shown), ext) {
			t.Errorf("cleanName(%q) = %q has lost %q", name, shown, ext)
		}
		isPassedOver(name)
	})
}
