package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// The channels of a world. The title of the second one is hostile.
var (
	harbour = Channel{ID: -1001000000001, Name: "harbour_news", Title: "Harbour News"}
	hostile = Channel{ID: -1001000000002, Title: "<b>Free\u202eKnaves\u2066</b> @harbour_news"}
)

// channelled is a world that keeps channels, with two admins who have written.
func channelled(w *world) *world {
	w.Channels = w.store
	w.Admin = func(person int64) bool { return person == admin || person == deputy }
	w.Admins = w.present
	w.send(admin, "/language "+w.lang)
	w.send(deputy, "/language "+w.lang)
	return w
}

// standing is the event that somebody has changed what the bot is in a channel.
func (w *world) standing(by int64, c Channel, s Standing) Event {
	w.updates++
	return Event{ID: w.updates, Chat: c.ID, Channel: &c, Standing: s, Person: Person{ID: by, LanguageCode: w.lang, Name: "سلمى Q. <b>", Username: "salma_q"}}
}

// promote makes the bot an administrator of a channel.
func (w *world) promote(by int64, c Channel) Reply {
	w.t.Helper()
	return w.handle(w.standing(by, c, StandingAdmin))
}

// post is the event that a text was published in a channel.
func (w *world) post(c Channel, message int, words string) Event {
	w.updates++
	p := Post{Channel: c, Message: message, Date: w.now, Text: words}
	return Event{ID: w.updates, Chat: c.ID, Channel: &c, Message: message, Published: true, Post: &p}
}

// publish publishes a text in a channel, of which nobody may be told anything.
func (w *world) publish(c Channel, message int, words string) {
	w.t.Helper()
	w.silently(w.post(c, message, words))
}

// correct changes a text that was published in a channel.
func (w *world) correct(c Channel, message int, words string) {
	w.t.Helper()
	e := w.post(c, message, words)
	e.Edited, e.Post.Edited = true, w.now.Add(time.Minute)
	w.silently(e)
}

// silently handles an event that nobody may be told of.
func (w *world) silently(e Event) {
	w.t.Helper()
	if r := w.handle(e); len(r.Messages) > 0 || r.Edit != nil || r.Notice != "" {
		w.t.Errorf("an event of a channel is answered: %s", show(r))
	}
}

// cover makes the posts of a channel articles.
func (w *world) cover(c Channel) {
	w.t.Helper()
	w.promote(admin, c)
	w.press(admin, channelButton("yes", c.ID))
}

// channelNow is what the collection knows of a channel.
func (w *world) channelNow(c Channel) corpus.Channel {
	w.t.Helper()
	now, _, err := w.channel(w.t.Context(), c.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return now
}

// bridge are words that are published.
const bridge = "The new bridge was opened on Tuesday. It is 900 metres long."

// channelConversations are about channels.
func channelConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"channel-question":         func(w *world) Reply { return channelled(w).promote(stranger, harbour) },
		"channel-question-admin":   func(w *world) Reply { return channelled(w).promote(admin, harbour) },
		"channel-question-hostile": func(w *world) Reply { return channelled(w).promote(deputy, hostile) },
		"channel-yes": func(w *world) Reply {
			channelled(w).promote(stranger, harbour)
			return w.press(admin, channelButton("yes", harbour.ID))
		},
		"channel-no": func(w *world) Reply {
			channelled(w).promote(stranger, harbour)
			return w.press(admin, channelButton("no", harbour.ID))
		},
		"channel-decided": func(w *world) Reply {
			channelled(w).promote(stranger, harbour)
			w.press(admin, channelButton("yes", harbour.ID))
			return w.press(deputy, channelButton("no", harbour.ID))
		},
		"channel-declined": func(w *world) Reply {
			channelled(w).promote(stranger, hostile)
			w.press(deputy, channelButton("no", hostile.ID))
			return w.press(admin, channelButton("yes", hostile.ID))
		},
		"channel-removed": func(w *world) Reply {
			channelled(w).cover(harbour)
			w.send(admin, "/feeds remove @harbour_news")
			return w.press(admin, channelButton("yes", harbour.ID))
		},
		"channel-lost": func(w *world) Reply {
			channelled(w).cover(harbour)
			w.silently(w.standing(stranger, harbour, StandingMember))
			n, err := w.Notice(w.t.Context())
			if err != nil {
				w.t.Fatal(err)
			}
			return Reply{Messages: n.Messages}
		},
		"channel-decided-lost": func(w *world) Reply {
			channelled(w).cover(harbour)
			w.silently(w.standing(stranger, harbour, StandingMember))
			return w.press(admin, channelButton("yes", harbour.ID))
		},
		"channel-unknown": func(w *world) Reply { return channelled(w).send(admin, "/feeds pause @harbour_news") },
		"channel-which": func(w *world) Reply {
			channelled(w).cover(harbour)
			for i, name := range []string{"", "harbor_news_24"} {
				w.promote(stranger, Channel{ID: harbour.ID - int64(10+i), Name: name, Title: harbour.Title})
			}
			return w.send(admin, "/feeds pause "+harbour.Title)
		},
		"channel-not-covered": func(w *world) Reply {
			channelled(w).promote(admin, harbour)
			return w.send(admin, "/feeds pause @harbour_news")
		},
		"channel-pause": func(w *world) Reply { channelled(w).cover(harbour); return w.send(admin, "/feeds pause @harbour_news") },
		"channel-resume": func(w *world) Reply {
			channelled(w).cover(hostile)
			return w.send(admin, fmt.Sprint("/feeds resume ", hostile.ID))
		},
		"channel-remove": func(w *world) Reply {
			channelled(w).cover(harbour)
			return w.send(admin, "/feeds remove https://t.me/harbour_news")
		},
		"channel-add": func(w *world) Reply {
			channelled(w).promote(admin, harbour)
			w.press(admin, channelButton("no", harbour.ID))
			return w.send(admin, "/feeds add @harbour_news")
		},
		"channel-list":      func(w *world) Reply { channelsInAllStates(w); return w.send(admin, "/feeds") },
		"channel-list-next": func(w *world) Reply { channelsInAllStates(w); return w.press(admin, "h:5") },
		"channel-status":    func(w *world) Reply { channelsInAllStates(w); return w.send(admin, "/status") },
		"channel-list-yes": func(w *world) Reply {
			channelled(w).promote(stranger, harbour)
			return w.press(admin, button(w.t, w.send(admin, "/feeds"), say(text.Language(w.lang), keyChannelYesNumber, 1)))
		},
		"channel-none": func(w *world) Reply { return channelled(w).send(admin, "/feeds") },
		"channel-fetch": func(w *world) Reply {
			w.Feeds = &rack{}
			channelled(w)
			w.cover(harbour)
			w.Fetcher = web{englishPage: refused(source.Timeout, 0)}
			w.link(harbour, 7, englishPage)
			w.Fetcher = web{englishPage: corpus.Article{Title: "Bridge", URL: englishPage, Body: bridge}}
			return w.send(admin, "/fetch")
		},
		"channel-article": func(w *world) Reply {
			channelled(w).cover(harbour)
			w.publish(harbour, 7, bridge)
			return w.send(admin, "/article "+w.only().ID)
		},
	}
}

// channelsInAllStates puts a feed and channels in every state into a world.
func channelsInAllStates(w *world) {
	channelled(w)
	racked(w).list = w.Feeds.(*rack).list[:1]
	names := []string{"a_paused", "b_lost", "c_failing", "d_again"}
	for i, name := range names {
		c := Channel{ID: harbour.ID - int64(10+i), Name: name, Title: strings.ToUpper(name[:1])}
		w.cover(c)
		w.publish(c, 1, fmt.Sprintf("%s It is channel number %d.", bridge, i))
		switch name {
		case "a_paused":
			w.send(admin, "/feeds pause @"+name)
		case "b_lost":
			w.silently(w.standing(stranger, c, StandingMember))
		case "c_failing":
			w.Fetcher = web{englishPage: refused(source.Paywall, 0)}
			w.link(c, 2, englishPage)
		case "d_again":
			w.Fetcher = web{englishPage: refused(source.HTTPStatus, 503)}
			w.link(c, 2, englishPage)
		}
	}
	w.promote(stranger, hostile)
	w.promote(admin, harbour)
	w.press(admin, channelButton("no", harbour.ID))
}

// refused is why a page is not read.
func refused(why source.Reason, status int) error {
	return &source.Refusal{Reason: why, Status: status, URL: englishPage}
}

// link publishes a post that is nothing but links.
func (w *world) link(c Channel, message int, urls ...string) {
	w.t.Helper()
	e := w.post(c, message, strings.Join(urls, "\n"))
	e.Post.Links = urls
	w.silently(e)
}

// correctLink makes a post one that is nothing but a link.
func (w *world) correctLink(c Channel, message int, url string) {
	w.t.Helper()
	e := w.post(c, message, url)
	e.Edited, e.Post.Edited, e.Post.Links = true, w.now.Add(time.Minute), []string{url}
	w.silently(e)
}

// Who has added the bot is asked, if he is an admin who can be written to; else all are. One press decides for all, and
// the buttons work for ever.
func TestChannelQuestion(t *testing.T) {
	w := channelled(newWorld(t))
	chats := func(r Reply) (to []int64) {
		for _, m := range r.Messages {
			to = append(to, m.Chat)
		}
		return to
	}
	event := w.standing(deputy, harbour, StandingAdmin)
	r := w.handle(event)
	if got := chats(r); !slices.Equal(got, []int64{deputy}) {
		t.Fatalf("asked of chats %v, want the admin who has added the bot alone", got)
	}
	if again := w.again(event); show(again) != show(r) {
		t.Errorf("handled again: %s; want %s", show(again), show(r))
	}
	w.silently(w.standing(deputy, harbour, StandingAdmin))
	if got := chats(w.promote(stranger, hostile)); !slices.Equal(got, []int64{admin, deputy}) {
		t.Errorf("asked of chats %v, want both admins", got)
	}
	press := w.pressed(admin, channelButton("yes", hostile.ID))
	decided := w.handle(press)
	if again := w.again(press); show(again) != show(decided) {
		t.Errorf("handled again: %s; want %s", show(again), show(decided))
	}
	for range 2 {
		saysAll(t, w.press(deputy, channelButton("no", hostile.ID)), "decided already", "An administrator has decided")
		saysAll(t, w.press(admin, channelButton("no", hostile.ID)), "decided already", "You have decided")
	}
	if c := w.channelNow(hostile); c.State != corpus.ChannelCovered {
		t.Errorf("the channel is %q", c.State)
	}
	for _, data := range []string{"c", "c:", "c:yes", "c:yes:x", "c:yes:5", "c:pause:" + fmt.Sprint(harbour.ID), "c:yes:1:2:3", "c:yes:-1001000000001:x"} {
		if r := w.press(admin, data); r.Notice != say(text.English, keyButtonStale) {
			t.Errorf("the button %q: %s", data, show(r))
		}
	}
	saysAll(t, w.press(reader, channelButton("yes", harbour.ID)), "Only the administrators")
	if c := w.channelNow(harbour); c.State != corpus.ChannelAsked {
		t.Errorf("the other channel is %q", c.State)
	}
}

// Strangers can add the bot to as many channels as they like: a few are asked about, the others wait in the list. To take
// the bot out and add it again asks nothing.
func TestStrangersChannels(t *testing.T) {
	w := channelled(newWorld(t))
	sent := 0
	for i := range 8 {
		c := Channel{ID: harbour.ID - int64(i), Title: fmt.Sprint("Channel ", i)}
		sent += len(w.promote(stranger, c).Messages)
		w.silently(w.standing(stranger, c, StandingMember))
		sent += len(w.promote(stranger, c).Messages)
	}
	if sent != 2*mostStrangers {
		t.Errorf("%d questions were sent, want %d to each of two admins", sent, mostStrangers)
	}
	if n, err := w.Notice(t.Context()); err != nil || len(n.Messages) != 0 {
		t.Errorf("Notice = %d messages, %v", len(n.Messages), err)
	}
	saysAll(t, w.send(admin, "/feeds"), "of 8", "Waiting for a decision")
	w.now = w.now.Add(25 * time.Hour)
	if r := w.promote(stranger, Channel{ID: harbour.ID - 100, Title: "Next day"}); len(r.Messages) != 2 {
		t.Errorf("a day later: %s", show(r))
	}
	if r := w.promote(admin, Channel{ID: harbour.ID - 5, Title: "Channel 5"}); len(r.Messages) != 1 {
		t.Errorf("an admin adds the bot where a stranger had: %s", show(r))
	}
}

// While no admin can be written to a question waits, and is told once. So is that a channel is lost.
func TestChannelNotice(t *testing.T) {
	w := newWorld(t)
	w.Channels, w.Admins = w.store, w.present
	w.silently(w.standing(admin, harbour, StandingAdmin))
	notice := func(want int) Notice {
		t.Helper()
		n, err := w.Notice(t.Context())
		if err != nil || len(n.Messages) != want {
			t.Fatalf("Notice = %d messages, %v; want %d", len(n.Messages), err, want)
		}
		return n
	}
	notice(0)
	w.send(admin, "/help")
	n := notice(1)
	saysAll(t, Reply{Messages: n.Messages}, "Are the posts of this channel coverage?", "@harbour_news")
	if n.Messages[0].Chat != admin || len(n.Messages[0].Buttons) != 1 {
		t.Errorf("the question is %s", show(Reply{Messages: n.Messages}))
	}
	told := func(n Notice) {
		t.Helper()
		if err := n.Told(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	told(notice(1))
	notice(0)
	w.press(admin, channelButton("yes", harbour.ID))
	racked(w).news.Quiet = w.Feeds.(*rack).list[3:]
	w.silently(w.standing(stranger, harbour, StandingMember))
	n = notice(2)
	saysAll(t, Reply{Messages: n.Messages}, "no longer an administrator", "gone quiet")
	told(n)
	if notice(0); w.News.(*rack).told != 1 {
		t.Error("the news of feeds are not noted as told")
	}
	w.silently(w.standing(stranger, harbour, StandingMember))
	notice(0)
	w.silently(w.standing(admin, harbour, StandingAdmin))
	if c := w.channelNow(harbour); c.State != corpus.ChannelCovered || !c.Lost.IsZero() {
		t.Errorf("after the bot is back: %+v", c)
	}
	w.silently(w.standing(stranger, harbour, StandingMember))
	w.silently(w.standing(admin, harbour, StandingAdmin))
	notice(0) // it is back before anybody was told
}

// A channel that was removed from the list is asked about when the bot joins it anew; one that was declined is not.
func TestChannelAnew(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	w.promote(admin, hostile)
	w.press(admin, channelButton("no", hostile.ID))
	w.send(admin, "/feeds remove @harbour_news")
	for _, c := range []Channel{harbour, hostile} {
		e := w.post(c, 9, bridge)
		w.silently(e)
		e.Post, e.Published = nil, false // other rights
		w.silently(e)
		w.silently(w.standing(admin, c, StandingMember))
	}
	if r := w.promote(admin, harbour); len(r.Messages) != 1 {
		t.Errorf("a removed channel: %s", show(r))
	}
	w.silently(w.standing(admin, hostile, StandingAdmin))
	saysAll(t, w.press(admin, channelButton("yes", harbour.ID)), "You have decided: the posts of this channel are articles")
	if c := w.channelNow(harbour); c.State != corpus.ChannelCovered {
		t.Errorf("the channel is %q", c.State)
	}
	if n := len(w.articles()); n != 0 {
		t.Errorf("%d articles of channels that were not covered", n)
	}
}

// Names by which a channel is called, and what they do.
func TestChannelNamed(t *testing.T) {
	w := channelled(newWorld(t))
	r := racked(w)
	w.cover(harbour)
	w.cover(hostile)
	for _, name := range []string{
		"@harbour_news", "@Harbour_News", "https://t.me/harbour_news", "t.me/s/harbour_news/5", "Harbour News", "harbour news",
		"https://t.me/c/1000000001/5", fmt.Sprint(harbour.ID), "\u200f-١٠٠١٠٠٠٠٠٠٠٠١",
	} {
		w.send(admin, "/feeds أوقف "+name)
		if c := w.channelNow(harbour); !c.Paused {
			t.Errorf("%q does not pause", name)
		}
		w.send(admin, "/feeds resume "+name)
		if c := w.channelNow(harbour); c.Paused {
			t.Errorf("%q does not resume", name)
		}
	}
	for _, name := range []string{"@harbour", "@", "https://t.me/", "-5", "55", "https://t.me/c/", "https://t.me/c/5"} {
		saysAll(t, w.send(admin, "/feeds pause "+name), "There is no such")
	}
	if c := w.channelNow(hostile); c.Paused {
		t.Error("another channel was paused")
	}
	w.send(admin, "/feeds add https://harbour.example/rss")
	if r.find("https://harbour.example/rss") == nil {
		t.Error("a feed is not added")
	}
}
