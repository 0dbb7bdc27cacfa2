package bot

import (
	"errors"
	"strings"
	"testing"

	"newsbot/corpus/source"
	"newsbot/corpus/source/files"
	"newsbot/corpus/text"
)

// What is wrong with a file is said in the reader's language, with the words of the file.
func TestFaults(t *testing.T) {
	long := strings.Repeat("x", 5000)
	tests := []struct {
		kind                source.FaultKind
		name, content       string
		says                string // of the file
		englishSays, arabic string
	}{
		{kind: source.FaultColumnMissing, name: "h.csv", content: "a,b,c\n1,2,3", says: "a, b, c", englishSays: "No column holds the text.", arabic: "ليس فيه عمود للنص."},
		{kind: source.FaultColumnTwice, name: "h.csv", content: "text,Body\n1,2", says: "text, Body", englishSays: "Two columns", arabic: "عمودان"},
		{kind: source.FaultColumns, name: "h.csv", content: "text" + strings.Repeat(",x", 1024) + "\n", says: "1024", englishSays: "too many columns", arabic: "الصف الأول"},
		{kind: source.FaultNUL, name: "h.csv", content: "text,a\nb\x00,c\n", says: "NUL", englishSays: "bytes", arabic: "بايتات"},
		{kind: source.FaultCells, name: "h.csv", content: "title,text\nA\n", says: "2", englishSays: "Cells in this row: 1", arabic: "الخلايا"},
		{kind: source.FaultQuote, name: "h.csv", content: "title,text\n\"A\" a,b\n", says: `("")`, englishSays: "closing quote", arabic: "الاقتباس"},
		{kind: source.FaultQuoteOpen, name: "h.csv", content: "title,text\nA,\"b\n", says: "2", englishSays: "never closed", arabic: "لم تُغلق"},
		{kind: source.FaultDate, name: "h.csv", content: "text,date\n" + `"` + tramStory + `",nonsense` + "\n", says: "date, nonsense", englishSays: "could be two days", arabic: "قد يعني يومين"},
		{kind: source.FaultURL, name: "a.txt", content: "---\nurl: ftp:x\n---\n" + tramStory, says: "url, ftp:x", englishSays: "the address of a page", arabic: "رابط صفحة"},
		{kind: source.FaultLanguage, name: "a.jsonl", content: `{"text":"a b c","lang":"xx"}`, says: "lang, xx", englishSays: "This language", arabic: "هذه اللغة"},
		{kind: source.FaultLong, name: "a.txt", content: "---\nsource: " + long + "\n---\n" + tramStory, says: "source", englishSays: "too long", arabic: "أطول"},
		{kind: source.FaultFront, name: "a.txt", content: "---\nsource: Desk\n" + tramStory + "\nMore of it.", says: "Tram line 12", englishSays: "not closed", arabic: "غير مغلقة"},
		{kind: source.FaultTOML, name: "a.md", content: "+++\ntitle = \"a\"\n+++\n" + tramStory, says: "+++", englishSays: "Front matter between", arabic: "سطور البيانات"},
		{kind: source.FaultJSON, name: "a.jsonl", content: "[1]\n[2]\n", says: "JSON", englishSays: "Each line", arabic: "كل سطر"},
		{kind: source.FaultJSONEnd, name: "a.jsonl", content: `{"text":"a b c"`, says: "JSON", englishSays: "too early", arabic: "قبل تمامه"},
		{kind: source.FaultJSONTwice, name: "a.jsonl", content: `{"text":"a b c","date":"2025-01-01","published":"2025-01-02"}`, says: "date, published", englishSays: "twice", arabic: "مرتين"},
		{kind: source.FaultJSONString, name: "a.jsonl", content: `{"text":"a b c","published":5}`, says: "published", englishSays: "in quotes", arabic: "اقتباس"},
	}
	for _, tt := range tests {
		t.Run(string(tt.kind), func(t *testing.T) {
			for lang, sentence := range map[string]string{"en": tt.englishSays, "ar": tt.arabic} {
				w := withFiles(newWorld(t), cloud{"f": tt.content})
				w.lang = lang
				r := w.sendFile(admin, "f", tt.name, "")
				says := tt.says
				if lang == "ar" {
					says = strings.ReplaceAll(says, ", ", "، ")
				}
				saysAll(t, r, sentence, says)
			}
			if !producesFault(t, tt.name, tt.content, tt.kind) {
				t.Errorf("there is no fault of this kind")
			}
		})
	}
}

// producesFault tells whether reading a file comes to a fault of a kind.
func producesFault(t *testing.T, name, content string, kind source.FaultKind) (yes bool) {
	f := files.File{Name: name, ReaderAt: strings.NewReader(content), Size: int64(len(content))}
	for _, err := range files.Read(t.Context(), f) {
		fault, ok := errors.AsType[*source.Fault](err)
		yes = yes || ok && fault.Kind == kind
	}
	return yes
}

// Nothing of a file can change what is around it, nor be left out when there is none of it.
func TestFaultWords(t *testing.T) {
	w := newWorld(t)
	for kind := range faultKeys {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			one := turn{Dialogue: w.Dialogue, lang: lang}
			for name, s := range hostileTexts() {
				f := &source.Fault{Kind: kind, Words: []string{s, s}, Numbers: []int{1, 2}[:strings.Count(say(lang, faultKeys[kind]), "%d")]}
				l, ok := one.fault(f)
				d := Document{language: lang}
				d.add(l)
				if r := send(d); !ok || said(r) == "" {
					t.Errorf("%s, %s: nothing is said", kind, name)
				} else {
					checkReply(t, r)
				}
			}
		}
	}
}
