package bot

import (
	"time"

	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// posted is when the posts of these tests were published.
var posted = time.Date(2025, time.August, 15, 18, 30, 0, 0, time.UTC)

// deskChannel is the channel that they are from.
var deskChannel = Channel{ID: -1001234567890, Name: "the_desk", Title: "The Desk"}

// post is one of them.
func post(message int, text string) Post {
	return Post{Channel: deskChannel, Message: message, Date: posted, Text: text}
}

// forwarded is a message with the words of a post that somebody forwards.
func (w *world) forwarded(person int64, p Post) Event {
	e := w.event(person, p.Text)
	e.Command, e.Argument = "", "" // the words are somebody else's
	e.Post, e.Origin, e.Written, e.Album = &p, OriginChannel, p.Date, p.Album
	return e
}

// forward forwards posts and returns the last reply.
func (w *world) forward(posts ...Post) (r Reply) {
	w.t.Helper()
	for _, p := range posts {
		r = w.handle(w.forwarded(admin, p))
	}
	return r
}

// elsewhere is a message forwarded from where no channel has published it.
func (w *world) elsewhere(person int64, from Origin, text string) Event {
	e := w.event(person, text)
	e.Command, e.Argument, e.Origin, e.Written = "", "", from, posted
	return e
}

// pressReplying presses a button of a message that replies to another.
func (w *world) pressReplying(data string, to *Replied) Reply {
	w.t.Helper()
	e := w.pressed(admin, data)
	e.Replied = to
	return w.handle(e)
}

// story is what a post says in a language of the interface.
func story(lang string) string {
	if lang == string(text.Arabic) {
		return "بدأت المحادثات في القاهرة صباح الجمعة.\nوقال مسؤول إن الوفود تلتقي بعد أسبوع.\n\nالتفاصيل: https://desk.example/1"
	}
	return "Talks began in Cairo on Friday morning.\nThe delegations will meet in a week, an official said.\n\nRead more: https://desk.example/1"
}

// forwardConversations begin with a message that somebody has forwarded.
func forwardConversations() map[string]func(w *world) Reply {
	private := post(12, "")
	private.Channel.Name = ""
	album := post(12, "")
	album.Album = "g1"
	refused := post(14, "")
	refused.Links = []string{"https://desk.example/2"}
	linked := post(14, "")
	linked.Links = []string{englishPage}
	return map[string]func(w *world) Reply{
		"forward-added": func(w *world) Reply {
			signed := post(12, story(w.lang))
			signed.Author = "ليلى حداد"
			return w.forward(signed)
		},
		"forward-private": func(w *world) Reply { private.Text = story(w.lang); return w.forward(private) },
		"forward-unchanged": func(w *world) Reply {
			return w.forward(post(12, story(w.lang)), post(12, story(w.lang)))
		},
		"forward-updated": func(w *world) Reply {
			return w.forward(post(12, story(w.lang)), post(12, story(w.lang)+"\n\n"+dispatch(w.lang)))
		},
		"forward-joined": func(w *world) Reply { return w.forward(post(12, story(w.lang)), post(13, "… "+dispatch(w.lang))) },
		"forward-later": func(w *world) Reply {
			channelled(w).cover(deskChannel)
			w.publish(deskChannel, 12, story(w.lang))
			w.correct(deskChannel, 12, dispatch(w.lang))
			return w.forward(post(12, story(w.lang)))
		},
		"forward-wordless": func(w *world) Reply { return w.forward(album) },
		"forward-short":    func(w *world) Reply { return w.forward(post(12, "Now عاجل")) },
		"forward-linked":   func(w *world) Reply { online(w); return w.forward(linked) },
		"forward-refused": func(w *world) Reply {
			w.Fetcher = web{refused.Links[0]: &source.Refusal{Reason: source.Paywall}}
			return w.forward(refused)
		},
		"forward-undone": func(w *world) Reply {
			return w.press(admin, button(w.t, w.forward(post(12, story(w.lang))), say(text.Language(w.lang), keyUndoButton)))
		},
		"forward-person": func(w *world) Reply { return w.handle(w.elsewhere(admin, OriginPerson, story(w.lang))) },
		"forward-hidden": func(w *world) Reply { return w.handle(w.elsewhere(admin, OriginHidden, story(w.lang))) },
		"forward-group":  func(w *world) Reply { return w.handle(w.elsewhere(admin, OriginGroup, story(w.lang))) },
		"forward-channel": func(w *world) Reply {
			w.Channels = nil
			return w.forward(post(12, story(w.lang)))
		},
		"forward-link": func(w *world) Reply { return w.handle(w.elsewhere(admin, OriginPerson, englishPage)) },
		"forward-own":  func(w *world) Reply { return w.handle(w.elsewhere(admin, OriginOwn, story(w.lang))) },
		"forward-pressed": func(w *world) Reply {
			return w.pressReplying(buttonForward+":", &Replied{Message: 4, Text: story(w.lang), Written: posted})
		},
		"forward-gone": func(w *world) Reply { return w.press(admin, buttonForward+":") },
	}
}
