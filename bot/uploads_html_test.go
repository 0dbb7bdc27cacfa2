package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// uploads are replies to files, by the names of their golden files.
var uploads = map[string]func(t *testing.T, w *world) Reply{
	"upload-one": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"f": "---\ntitle: Line 12\n---\n" + tramStory})
		return w.sendFile(admin, "f", "line 12.md", "Reuters, 15 August 2025, https://news.example/tram")
	},
	"upload-left": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"f": tramStory})
		return w.sendFile(admin, "f", "tram.txt", "رويترز 15/8/2125\nأرجو إضافة هذا التقرير إلى الأرشيف.\nPlease <add> it.")
	},
	"upload-many": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"f": zipped(t, "تقرير <1>.txt", tramStory, "ميناء.txt", portStory, "نهر.md", riverFile,
			"صور/1.png", "\x89PNG\r\n\x1a\n", "3.zip", zipped(t, "a.txt", tramStory), "old.doc", "{\\rtf1 x}",
			"z/again.txt", tramStory, "z/b.txt", "---\npublished: soon\n---\n"+portStory)})
		return w.sendFile(admin, "f", "أسبوع.zip", "العنوان: أسبوع\nالمصدر: رويترز")
	},
	"upload-album": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"tram": tramStory, "port": &source.Refusal{Reason: source.Unreachable}, "river": riverFile})
		return w.handle(w.album(admin, "tram", "", "port", "", "river", "أ ف ب، ١٥ آب ٢٠٢٥"))
	},
	"upload-faults": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"f": tramStory})
		return w.sendFile(admin, "f", "tram.txt", "Reuters, 12/07/2025\n31 شباط 2025\n15 August")
	},
	"upload-forwarded": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"f": tramStory})
		return w.forwardFile(post(12, "عددنا اليوم <PDF> 👇"), "f", "tram.txt")
	},
	"upload-post": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"f": "\x89PNG\r\n\x1a\n"})
		return w.forwardFile(post(12, quay), "f", "رصيف.png")
	},
	"upload-broken": func(t *testing.T, w *world) Reply {
		var parts []string
		for i := range batchArticles + 2 {
			parts = append(parts, fmt.Sprintf("%d.txt", i), fmt.Sprintf("Story number %d is about trams.", i))
		}
		withFiles(w, cloud{"f": zipped(t, parts...)})
		w.Editor = &breaking{w.Editor, 1, fmt.Errorf("adding: %w", corpus.ErrFull)}
		return w.sendFile(admin, "f", "week.zip", "")
	},
	"upload-bounds": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"many": zipped(t, slices.Repeat([]string{"a.txt", ""}, 2001)...), "long": strings.Repeat("Trams ran late. ", 400_000)})
		return w.handle(w.album(admin, "many", "", "long", ""))
	},
	"upload-refused": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"f": "---\npublished: soon\n---\n" + tramStory})
		return w.sendFile(admin, "f", "\u202etxt.tram\u2066 "+strings.Repeat("ترام ", 30)+".txt", "")
	},
	"upload-of-reader": func(t *testing.T, w *world) Reply {
		return withFiles(w, cloud{}).sendFile(reader, "f", "a.txt", "")
	},
	"upload-undone": func(t *testing.T, w *world) Reply {
		withFiles(w, cloud{"tram": tramStory, "port": portStory})
		r := w.handle(w.album(admin, "tram", "", "port", ""))
		return w.press(admin, r.Messages[0].Buttons[0][0].Data)
	},
}

func TestUploadHTMLGolden(t *testing.T) {
	for name, reply := range uploads {
		for _, lang := range bothLanguages {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				w := newWorld(t)
				w.lang = string(lang)
				golden(t, "html/"+name+"."+string(lang)+".html", show(reply(t, w)))
			})
		}
	}
}

// Whatever is wrong with a file, what is said of it is a sentence, and none is left
// over from another place.
func TestUploadReasons(t *testing.T) {
	w := newWorld(t)
	for _, lang := range bothLanguages {
		one := turn{Dialogue: w.Dialogue, lang: lang}
		for reason := range downloadKeys {
			checkTame(t, one.reason(arrival{err: undelivered{&source.Refusal{Reason: reason}}}).spans[0].text)
		}
		for reason := range fileKeys {
			got := one.reason(arrival{err: &source.Refusal{Reason: reason, URL: "a.txt"}}).spans[0]
			if got.role == roleOutside || got.text == "" {
				t.Errorf("%s: %q", reason, got.text)
			}
		}
	}
}
