package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

func asRefusal(err error, r **source.Refusal) bool { return errors.As(err, r) }

func TestEditCommand(t *testing.T) {
	tests := []struct {
		rest string
		want string
		get  func(a corpus.Article) bool // nil when nothing changes
	}{
		{"title  A <b>better</b>\n title", "Changed:\n\nA <b>better</b> title", func(a corpus.Article) bool { return a.Title == "A <b>better</b> title" }},
		{"العنوان ختام القمة", "Changed:\n\nختام القمة", func(a corpus.Article) bool { return a.Title == "ختام القمة" }},
		{"title -", "Changed:\n\nThe summit ended", func(a corpus.Article) bool { return a.TitleDerived }},
		{"DATE 1 May 2024", "Date: 1 May 2024", func(a corpus.Article) bool { return a.Published == corpus.Day(2024, time.May, 1) }},
		{"تاريخ ١ أيار ٢٠٢٤", "Date: 1 May 2024", func(a corpus.Article) bool { return a.Published == corpus.Day(2024, time.May, 1) }},
		{"date -", "Date: unknown", func(a corpus.Article) bool { return a.Published.IsZero() }},
		{"source Reuters", "Outlet: Reuters", func(a corpus.Article) bool { return a.Source == "Reuters" }},
		{"المصدر -", "Outlet: unknown", func(a corpus.Article) bool { return a.Source == "" }},
		{"url https://news.example/2", "Address: https://news.example/2", func(a corpus.Article) bool { return a.URL == "https://news.example/2" }},
		{"كاتب Jane Roe", "Author: Jane Roe", func(a corpus.Article) bool { return a.Author == "Jane Roe" }},
		{"embargo 2025-08-20 09:01", "Under embargo until: 20 August 2025 09:01 UTC", func(a corpus.Article) bool { return a.Embargo.Minute() == 1 }},
		{"حظر 21 أغسطس 2025", "Under embargo until: 21 August 2025", func(a corpus.Article) bool { return a.Embargo.Day() == 21 }},
		{"embargo 2025-08-20 09:00", "This time has passed.", nil},
		{"embargo soon", "I do not understand this time.", nil},
		{"date soon", "I do not understand this date.", nil},
		{"date 1970-01-01", "I do not understand this date.", nil},
		{"date 2025-08-22", "This date is still to come.", nil},
		{"url javascript:alert(1)", "This is not the address of a page.", nil},
		{"colour blue", "I do not know what to set.", nil},
		{"title …", "There is no letter and no digit", nil},
		{"title 👍", "There is no letter and no digit", nil},
		{"title: A title", "Changed:\n\nA title", func(a corpus.Article) bool { return a.Title == "A title" }},
		{"date —", "Date: unknown", func(a corpus.Article) bool { return a.Published.IsZero() }},
		{"url «www.news.example/2»", "Address: https://www.news.example/2", func(a corpus.Article) bool { return a.URL == "https://www.news.example/2" }},
		{"title", "What is the title of this article?", nil},
	}
	for _, tt := range tests {
		t.Run(tt.rest, func(t *testing.T) {
			w := newWorld(t)
			a := w.put(englishStory())
			r := w.send(admin, "/edit "+strings.ToUpper(a.ID)+" "+tt.rest)
			saysAll(t, r, tt.want)
			got, err := w.store.Lookup(t.Context(), a.ID)
			if err != nil {
				t.Fatal(err)
			}
			if tt.get == nil {
				if got != a {
					t.Errorf("the article is %+v, want %+v", got, a)
				}
				return
			}
			if !tt.get(got) {
				t.Errorf("the article is %+v", got)
			}
			w.press(admin, button(t, r, "Undo"))
			got, err = w.store.Lookup(t.Context(), a.ID)
			got.Changed = a.Changed
			if err != nil || got != a {
				t.Errorf("after Undo the article is %+v, %v; want %+v", got, err, a)
			}
		})
	}
}

// An embargo keeps an article out of answers until its time, and is lifted.
func TestEmbargo(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	w.send(admin, "/edit "+a.ID+" embargo 2025-08-22")
	saysNot(t, w.send(reader, question("en")), "ended in Anchorage")
	saysAll(t, w.send(admin, "/list"), "Summit ends in Anchorage", "Under embargo until: 22 August 2025")
	saysAll(t, w.send(admin, "/edit "+a.ID+" date 2025-08-22"), "Date: 22 August 2025") // not before the embargo ends
	for _, sooner := range []string{"–", "2025-08-20 20:00"} {                          // it would be dated ahead
		saysAll(t, w.send(admin, "/edit "+a.ID+" embargo "+sooner), "Set its date first.")
	}
	saysNot(t, w.send(reader, question("en")), "ended in Anchorage")
	w.send(admin, "/edit "+a.ID+" date 2025-08-19")
	saysAll(t, w.send(admin, "/edit "+a.ID+" embargo —"), "Changed:")
	saysAll(t, w.send(reader, question("en")), "ended in Anchorage")
}

// The button opens the choice in place of the card, and Undo stays there.
func TestEditButton(t *testing.T) {
	w := newWorld(t)
	added := w.send(admin, "/add "+undated)
	choice := w.press(admin, button(t, added, "Edit"))
	if choice.Edit == nil || button(t, choice, "Undo") != button(t, added, "Undo") {
		t.Errorf("the choice is %s", show(choice))
	}
	for label, reply := range map[string]string{
		"Set author": "Jane Roe", "Set address": "https://news.example/3", "Set embargo": "2025-08-25",
	} {
		saysAll(t, w.press(admin, button(t, choice, label)), "To cancel: /cancel")
		saysAll(t, w.send(admin, reply), "Changed:")
	}
	got, err := w.store.Lookup(t.Context(), articleID.FindString(said(added)))
	if err != nil || got.Author != "Jane Roe" || got.URL != "https://news.example/3" || got.Embargo.Day() != 25 {
		t.Errorf("the article is %+v, %v", got, err)
	}
}

// What does not look like what was asked for is a question.
func TestPromptForms(t *testing.T) {
	for name, message := range map[string]string{"url": "Egyptian talks", "embargo": "Egyptian talks"} {
		w := newWorld(t)
		w.send(admin, "/add "+undated)
		w.press(admin, name+":"+w.only().ID)
		saysAll(t, w.send(admin, message), "This is what the coverage says:")
	}
	w := newWorld(t)
	w.send(admin, "/add "+undated)
	w.send(admin, "/edit "+w.only().ID+" author Jane Roe")
	w.press(admin, "author:"+w.only().ID)
	saysNot(t, w.send(admin, "-"), "Author:")
}
