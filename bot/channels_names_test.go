package bot

import (
	"fmt"
	"testing"

	"newsbot/corpus"
)

// Anybody can call his channel what he likes: a title is never taken for a username, a number or an address.
func TestChannelMisleadingTitles(t *testing.T) {
	for _, title := range []string{"@reuters", "\u2068@reuters", "-1001000000099", "https://t.me/reuters", "t.me/reuters", "7"} {
		w := channelled(newWorld(t))
		spoof := Channel{ID: hostile.ID, Title: title}
		w.promote(stranger, spoof)
		w.cover(harbour)
		for _, action := range []string{"add", "pause", "remove"} {
			saysAll(t, w.send(admin, "/feeds "+action+" "+title), "There is no such channel")
		}
		if c := w.channelNow(spoof); c.State != corpus.ChannelAsked {
			t.Errorf("the channel with the title %q is %q", title, c.State)
		}
	}
}

// Of several channels with a title none is meant, and each can be named by its number.
func TestChannelSameTitle(t *testing.T) {
	w := channelled(newWorld(t))
	w.cover(harbour)
	w.promote(stranger, Channel{ID: hostile.ID, Title: harbour.Title})
	saysAll(t, w.send(admin, "/feeds pause "+harbour.Title), "More than one channel", fmt.Sprint(harbour.ID), fmt.Sprint(hostile.ID))
	if c := w.channelNow(harbour); c.Paused {
		t.Error("the channel was paused")
	}
	saysAll(t, w.send(admin, fmt.Sprint("/feeds pause ", harbour.ID)), "Paused.", "@harbour_news")
}

// However many channels strangers have added the bot to, all are counted, and the one that an admin has added comes first.
func TestManyChannelsWait(t *testing.T) {
	w := channelled(newWorld(t))
	const strangers = 150
	for i := range strangers {
		w.promote(stranger+int64(i), Channel{ID: hostile.ID - int64(i), Title: fmt.Sprint("A channel ", i)})
	}
	w.promote(admin, harbour)
	saysAll(t, w.send(admin, "/feeds"), fmt.Sprintf("1 to 5 of %d", strangers+1), "[1] @harbour_news")
	saysAll(t, w.send(admin, "/status"), fmt.Sprintf("waiting for a decision: %d", strangers+1))
}

// A number of the list names what the list shows under it. When a message is handled again the list may be another.
func TestFeedsNumbered(t *testing.T) {
	w := channelled(newWorld(t))
	r := racked(w)
	r.list = r.list[:1]
	w.cover(harbour)
	w.cover(Channel{ID: hostile.ID, Name: "quay_news", Title: "Quay News"})
	saysAll(t, w.send(admin, "/feeds"), "[1] ", "[2] @harbour_news", "[3] @quay_news")
	saysAll(t, w.send(admin, "/feeds أوقف ٢"), "@harbour_news")
	if !w.channelNow(harbour).Paused {
		t.Error("the second is not paused")
	}
	saysAll(t, w.send(admin, "/feeds pause 1"), r.list[0].URL)
	e := w.event(admin, "/feeds remove 2")
	saysAll(t, w.handle(e), "Removed.", "@harbour_news")
	saysAll(t, w.again(e), "[2] @quay_news")
	if c := w.channelNow(hostile); c.State != corpus.ChannelCovered {
		t.Errorf("the other channel is %q", c.State)
	}
	for _, n := range []string{"0", "3", "99999999999999999999"} {
		saysNot(t, w.send(admin, "/feeds remove "+n), "Removed.")
	}
}
