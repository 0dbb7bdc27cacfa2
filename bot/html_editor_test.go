package bot

import (
	"context"
	"fmt"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// A web is a [Fetcher] that knows a few addresses: an article, or the error of one.
// Others are gone.
type web map[string]any

func (w web) Fetch(ctx context.Context, url string) (source.Found, error) {
	switch p := w[url].(type) {
	case corpus.Article:
		p.URL = url
		return source.Found{Article: p}, ctx.Err()
	case source.Found:
		return p, ctx.Err()
	case error:
		return source.Found{}, p
	}
	return source.Found{}, &source.Refusal{Reason: source.Gone, URL: url}
}

const (
	arabicPage  = "https://news.example/ar/1"
	englishPage = "https://other.example/en/1"
)

// online gives a world a web of both stories.
func online(w *world) {
	arabic, english := arabicStory(), englishStory()
	arabic.Author, english.Author = "ليلى حداد", "Jane Roe"
	w.Fetcher = web{arabicPage: arabic, englishPage: english}
}

// copied is a collection in which every article has some copies.
type copied struct {
	collection
	copies []corpus.Summary
}

func (c copied) Copies(context.Context, string) ([]corpus.Summary, error) { return c.copies, nil }

// copiesOf are so many summaries.
func copiesOf(n int) (list []corpus.Summary) {
	for i := range n {
		list = append(list, corpus.Summary{
			ID: fmt.Sprintf("abcdefghijklmno%c", 'a'+i), Title: fmt.Sprintf("Summit ends, take %d", i+1),
			Source: "وكالة الأنباء", Published: corpus.Day(2025, time.August, 15),
		})
	}
	return list
}

// reasons are all that a page can be refused for.
var reasons = []source.Reason{
	source.BadAddress, source.Private, source.Forbidden, source.Unreachable, source.Timeout, source.Redirects, source.HTTPStatus,
	source.Gone, source.TooLarge, source.Robots, source.WrongKind, source.Garbled, source.Paywall, source.Consent,
	source.NoArticle,
}

// pageConversations add pages.
func pageConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"page-added": func(w *world) Reply { online(w); return w.send(admin, "/add "+arabicPage) },
		"page-unchanged": func(w *world) Reply {
			online(w)
			w.send(admin, "/add "+arabicPage)
			return w.send(admin, "/add "+arabicPage)
		},
		"page-duplicate": func(w *world) Reply {
			w.put(englishStory())
			online(w)
			return w.send(admin, "/add "+englishPage)
		},
		"page-kept": func(w *world) Reply {
			online(w)
			w.send(admin, "/add "+englishPage)
			w.send(admin, "/edit "+englishPage+" outlet Reuters")
			again := englishStory()
			again.Source = "Agence France-Presse"
			w.Fetcher = web{englishPage: again}
			return w.send(admin, "/add "+englishPage)
		},
		"page-rejected-date": func(w *world) Reply {
			a := englishStory()
			a.Published, a.URL = corpus.Date{}, englishPage
			w.Fetcher = web{englishPage: source.Found{Article: a, Rejected: corpus.Day(1970, time.January, 1)}}
			return w.send(admin, "/add "+englishPage)
		},
		"page-copies": func(w *world) Reply {
			online(w)
			w.Editor = copied{collection{w.store}, copiesOf(5)}
			return w.send(admin, "/add "+englishPage)
		},
		"page-back": func(w *world) Reply {
			online(w)
			w.send(admin, "/add "+arabicPage)
			w.remove(idOf(arabicPage))
			return w.send(admin, "/add "+arabicPage)
		},
		"link-alone":   func(w *world) Reply { online(w); return w.send(admin, arabicPage) },
		"add-short":    func(w *world) Reply { return w.send(admin, "/add قمة") },
		"page-refused": func(w *world) Reply { online(w); return w.send(admin, "/add https://news.example/gone") },
		"pages": func(w *world) Reply {
			online(w)
			w.send(admin, "/add "+arabicPage)
			return w.send(admin, "/add "+arabicPage+"\n"+englishPage+"\nhttps://news.example/gone")
		},
		"pages-undone": func(w *world) Reply {
			online(w)
			r := w.send(admin, "/add "+arabicPage+" "+englishPage)
			return w.press(admin, firstButton(r))
		},
		"pages-refused": func(w *world) Reply {
			all, message := web{}, "/add"
			for _, r := range reasons {
				url := "https://news.example/" + string(r)
				all[url] = &source.Refusal{Reason: r, URL: url, Status: 403}
				message += "\n" + url
			}
			all["https://news.example/else"] = errDisk
			w.Fetcher = all
			return w.send(admin, message+"\nhttps://news.example/else")
		},
		"pages-too-many": func(w *world) Reply {
			online(w)
			message := "/add"
			for i := range 21 {
				message += fmt.Sprintf(" https://news.example/%d", i)
			}
			return w.send(admin, message)
		},
	}
}

// fieldConversations set fields of articles.
func fieldConversations() map[string]func(w *world) Reply {
	edit := func(rest string) func(w *world) Reply {
		return func(w *world) Reply { return w.send(admin, "/edit "+w.put(arabicStory()).ID+rest) }
	}
	return map[string]func(w *world) Reply{
		"edit":          edit(""),
		"edit-what":     func(w *world) Reply { return w.send(admin, "/edit") },
		"edit-unknown":  func(w *world) Reply { return w.send(admin, "/edit aaaaaaaaaaaaaaaa") },
		"edit-field":    edit(" colour blue"),
		"edit-title":    edit(" title A title"),
		"edit-address":  edit(" رابط ftp://news.example"),
		"edit-embargo":  edit(" embargo 2025-08-21 18:30"),
		"edit-same":     edit(" outlet شينخوا"),
		"edit-wordless": edit(" title 👍"),
		"edit-removed": func(w *world) Reply {
			a := w.put(arabicStory())
			w.remove(a.ID)
			return w.send(admin, "/edit "+a.ID)
		},
		"address-taken": func(w *world) Reply {
			arabic, english := stories(w)
			return w.send(admin, "/edit "+english.ID+" url "+arabic.URL)
		},
		"date-ahead": func(w *world) Reply {
			a := w.put(arabicStory())
			w.send(admin, "/edit "+a.ID+" embargo 2025-08-25")
			w.send(admin, "/edit "+a.ID+" date 2025-08-25")
			return w.send(admin, "/edit "+a.ID+" embargo -")
		},
		"undo-removed": func(w *world) Reply {
			a := w.put(arabicStory())
			w.send(admin, "/edit "+a.ID+" outlet Reuters")
			w.remove(a.ID)
			return w.send(admin, "/undo")
		},
		"undo-partly": func(w *world) Reply {
			online(w)
			a := arabicStory()
			a.Source, a.Author = "Reuters", ""
			w.put(a)
			w.send(admin, "/add "+arabicPage)
			if _, _, err := w.store.Edit(w.t.Context(), idOf(arabicPage), func(a *corpus.Article) error {
				a.Source = "AFP"
				return nil
			}); err != nil {
				w.t.Fatal(err)
			}
			return w.send(admin, "/undo")
		},
		"undo-changed": func(w *world) Reply {
			a := w.put(arabicStory())
			w.send(admin, "/edit "+a.ID+" outlet Reuters")
			if _, _, err := w.store.Edit(w.t.Context(), a.ID, func(a *corpus.Article) error { a.Source = "AFP"; return nil }); err != nil {
				w.t.Fatal(err)
			}
			return w.send(admin, "/undo")
		},
		"bad-embargo":   edit(" حظر soon"),
		"past-embargo":  edit(" embargo 2025-08-19"),
		"future-date":   edit(" date 2025-09-19"),
		"ask-address":   edit(" url"),
		"ask-author":    edit(" كاتب"),
		"ask-embargo":   edit(" حظر"),
		"edit-pressed":  func(w *world) Reply { return w.press(admin, "edit:"+w.put(englishStory()).ID+":abcdefghij") },
		"undo-nothing":  func(w *world) Reply { return w.send(admin, "/undo") },
		"undo-addition": func(w *world) Reply { w.send(admin, "/add "+dispatch(w.lang)); return w.send(admin, "/undo") },
	}
}

// removalConversations take articles out.
func removalConversations() map[string]func(w *world) Reply {
	erase := func(w *world) Reply {
		w.send(reader, bilingual(w.lang))
		r := w.send(admin, "/purge "+idOf(arabicPage))
		return w.press(admin, firstButton(r))
	}
	return map[string]func(w *world) Reply{
		"remove-several": func(w *world) Reply {
			arabic, english := stories(w)
			w.remove(english.ID)
			return w.send(admin, "/remove "+arabic.URL+" "+english.ID+" bbbbbbbbbbbbbbbb")
		},
		"remove-undone": func(w *world) Reply {
			arabic, english := stories(w)
			return w.press(admin, firstButton(w.send(admin, "/remove "+arabic.ID+" "+english.ID)))
		},
		"purge":         func(w *world) Reply { return w.send(admin, "/purge "+w.put(arabicStory()).ID) },
		"purge-what":    func(w *world) Reply { return w.send(admin, "/purge") },
		"purge-unknown": func(w *world) Reply { return w.send(admin, "/purge aaaaaaaaaaaaaaaa") },
		"purged":        func(w *world) Reply { stories(w); return erase(w) },
		"purged-unsent": func(w *world) Reply {
			return w.press(admin, firstButton(w.send(admin, "/purge "+w.put(arabicStory()).ID)))
		},
		"purged-often": func(w *world) Reply {
			stories(w)
			for range 11 {
				w.send(reader, bilingual(w.lang)+" "+question(w.lang))
			}
			return erase(w)
		},
		"purged-left": func(w *world) Reply {
			stories(w)
			w.Editor = leaky{collection{w.store}}
			return erase(w)
		},
		"purged-twice": func(w *world) Reply {
			r := w.send(admin, "/purge "+w.put(arabicStory()).ID)
			w.press(admin, firstButton(r))
			return w.press(admin, firstButton(r))
		},
		"restore-nothing": func(w *world) Reply { return w.press(admin, "restore:"+w.put(arabicStory()).ID) },
		"purged-again": func(w *world) Reply {
			e := w.pressed(admin, "purge:"+w.put(arabicStory()).ID)
			w.handle(e)
			return w.again(e)
		},
	}
}

// lookupConversations show what there is.
func lookupConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"list-removed": func(w *world) Reply {
			arabic, english := stories(w)
			w.remove(arabic.ID)
			w.remove(english.ID)
			return w.send(admin, "/list المحذوفة")
		},
		"list-none": func(w *world) Reply { stories(w); return w.send(admin, "/list Canberra") },
		"list-embargo": func(w *world) Reply {
			a := w.put(arabicStory())
			w.send(admin, "/edit "+a.ID+" embargo 2025-08-22")
			return w.send(admin, "/list شينخوا")
		},
		"list-narrow": func(w *world) Reply {
			for i := range 9 {
				w.put(corpus.Article{Title: "Grain corridor through the Black Sea agreed upon at last, reports say", Body: fmt.Sprint("Report ", i), Language: text.English})
			}
			return w.send(admin, "/list grain corridor through the Black Sea agreed upon at last, reports say")
		},
		"article":            func(w *world) Reply { return w.send(admin, "/article "+storied(w)) },
		"article-version":    func(w *world) Reply { return w.send(admin, "/article "+storied(w)+" 1") },
		"article-no-version": func(w *world) Reply { return w.send(admin, "/article "+storied(w)+" 9") },
		"read-removed": func(w *world) Reply {
			a := w.put(arabicStory())
			w.remove(a.ID)
			return w.press(admin, "p:"+a.ID+":0")
		},
		"article-what":    func(w *world) Reply { return w.send(admin, "/article") },
		"article-unknown": func(w *world) Reply { return w.send(admin, "/article aaaaaaaaaaaaaaaa") },
		"article-removed": func(w *world) Reply {
			a := w.put(arabicStory())
			w.remove(a.ID)
			return w.send(admin, "/article "+a.ID)
		},
		"article-back": func(w *world) Reply {
			a := w.put(arabicStory())
			w.remove(a.ID)
			return w.press(admin, firstButton(w.send(admin, "/article "+a.ID)))
		},
	}
}

// storied puts an article in and changes it, as several people, and returns its ID.
func storied(w *world) string {
	feed := corpus.WithActor(w.t.Context(), "feed:https://news.example/rss")
	a := arabicStory()
	stored, _, err := w.store.Add(feed, a)
	if err != nil {
		w.t.Fatal(err)
	}
	id := stored.ID
	w.now = w.now.Add(time.Hour)
	w.send(admin, "/edit "+id+" author ليلى حداد")
	w.now = w.now.Add(time.Hour)
	w.send(admin, "/remove "+id)
	w.now = w.now.Add(time.Hour)
	if err := w.store.Restore(corpus.WithActor(w.t.Context(), "cli:alice"), id); err != nil {
		w.t.Fatal(err)
	}
	w.now = w.now.Add(time.Hour)
	a.Body += "\n\nوعاد الوفدان إلى بلديهما."
	if _, _, err := w.store.Add(feed, a); err != nil {
		w.t.Fatal(err)
	}
	other := corpus.WithActor(w.t.Context(), "telegram:2")
	if _, _, err := w.store.Edit(other, id, func(a *corpus.Article) error { a.Title = "ختام القمة"; return nil }); err != nil {
		w.t.Fatal(err)
	}
	w.Editor = copied{collection{w.store}, copiesOf(1)}
	return id
}
