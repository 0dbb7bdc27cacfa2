package bot

import (
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal"
)

// topicOf is one that the two stories are about, in a language of the interface.
func topicOf(lang string) string {
	if lang == "ar" {
		return "قمة أنكوراج"
	}
	return "summit in Anchorage"
}

// subscriptionConversations are about what is followed.
func subscriptionConversations() map[string]func(w *world) Reply {
	follow := func(w *world, topics ...string) {
		for _, topic := range topics {
			w.send(reader, "/follow "+topic)
		}
	}
	return map[string]func(w *world) Reply{
		"follow":          func(w *world) Reply { stories(w); return w.send(reader, "/follow "+topicOf(w.lang)) },
		"follow-nothing":  func(w *world) Reply { return w.send(reader, "/follow "+topicOf(w.lang)) },
		"follow-what":     func(w *world) Reply { return w.send(reader, "/follow … the") },
		"follow-long":     func(w *world) Reply { return w.send(reader, "/follow "+strings.Repeat("grain ", 40)) },
		"follow-terminal": func(w *world) Reply { return w.send(0, "/follow grain") },
		"follow-off":      func(w *world) Reply { w.Follows = 0; return w.send(reader, "/follow grain") },
		"follow-many": func(w *world) Reply {
			w.Follows = 1
			follow(w, "grain")
			return w.send(reader, "/follow "+topicOf(w.lang))
		},
		"follow-again": func(w *world) Reply {
			follow(w, topicOf(w.lang))
			return w.send(reader, "/follow  "+strings.ToUpper(topicOf(w.lang))+"!")
		},
		"following": func(w *world) Reply {
			follow(w, topicOf("ar"), topicOf("en"), "15 <b>&")
			return w.send(reader, "/following")
		},
		"following-none": func(w *world) Reply { return w.send(reader, "/following") },
		"following-hours": func(w *world) Reply {
			follow(w, topicOf(w.lang))
			return w.press(reader, "hour:")
		},
		"following-hour": func(w *world) Reply { follow(w, topicOf(w.lang)); return w.press(reader, "hour:21") },
		"unfollow":       func(w *world) Reply { follow(w, topicOf("ar"), topicOf("en")); return w.send(reader, "/unfollow ١") },
		"unfollow-last":  func(w *world) Reply { follow(w, topicOf(w.lang)); return w.send(reader, "/unfollow "+topicOf(w.lang)) },
		"unfollow-which": func(w *world) Reply { follow(w, topicOf(w.lang)); return w.send(reader, "/unfollow 7") },
	}
}

// What is followed has a number that stays, and can be taken back in every way.
func TestFollowing(t *testing.T) {
	w := newWorld(t)
	for _, topic := range []string{"grain", "Wheat", "وقف إطلاق النار"} {
		saysAll(t, w.send(reader, "/follow "+topic), topic, "08:00 (UTC)", "nothing on this yet")
	}
	saysAll(t, w.send(reader, "/follow GRAIN?!"), "already", "grain")
	saysAll(t, w.send(reader, "/unfollow wheat"), "no longer follow: Wheat", "[1] grain", "[3] ")
	saysAll(t, w.send(reader, "/follow maize"), "maize")
	saysAll(t, w.send(reader, "/following"), "[1] grain", "[2] maize", "[3] ")
	e := w.event(reader, "/unfollow 2")
	saysAll(t, w.handle(e), "no longer follow: maize")
	r := w.again(e)
	saysNot(t, r, "do not follow", "maize")
	saysAll(t, r, "[1] grain", "[3] ")
	saysAll(t, w.send(reader, "/unfollow 9"), "do not follow")
	old := button(t, w.send(reader, "/following"), "Stop following 1")
	saysAll(t, w.press(reader, old), "no longer follow: grain")
	saysNot(t, w.press(reader, old), "no longer follow")
	saysAll(t, w.send(stranger, "/following"), "follow nothing")
	theirs := button(t, w.send(reader, "/following"), "Stop following 3")
	saysAll(t, w.press(stranger, theirs), "follow nothing")
	saysAll(t, w.press(reader, theirs), "no longer follow", "follow nothing")
	for _, data := range []string{"unfollow:", "unfollow:x", "unfollow:99999999999999999999", "hour:24", "hour:-1", "hour:x"} {
		w.press(reader, data)
	}
}

// Handled again after a crash, a subscription is as new as it was, and counts once.
func TestFollowAgain(t *testing.T) {
	w := newWorld(t)
	w.Limits.Day = 1
	e := w.event(reader, "/follow grain")
	saysAll(t, w.handle(e), "now follow: grain")
	saysAll(t, w.again(e), "now follow: grain")
	saysAll(t, w.send(reader, "/follow wheat"), "limit of questions within 24 hours: 1")
	if _, list, err := w.Journal.Following(t.Context(), reader); err != nil || len(list) != 1 {
		t.Errorf("Following = %v, %v; want grain alone", list, err)
	}
}

// Following goes with all that is kept of a person.
func TestForgetFollowing(t *testing.T) {
	w := newWorld(t)
	w.send(reader, "/follow grain")
	saysAll(t, w.send(reader, "/privacy"), "topics that you follow")
	saysAll(t, w.send(reader, "/forget"), "topics that you follow")
	saysAll(t, w.send(reader, "/following"), "follow nothing")
	if n, err := w.Journal.CountFollowers(t.Context()); err != nil || n != 0 {
		t.Errorf("%d followers, %v; want none", n, err)
	}
}

// A topic is compared without what writing may change.
func TestFoldTopic(t *testing.T) {
	for _, pair := range [][2]string{{"Gaza ceasefire", " gaza — CEASEFIRE!"}, {"أزمة القمح", "ازمه القمح؟"}} {
		if a, b := foldTopic(pair[0]), foldTopic(pair[1]); a != b {
			t.Errorf("foldTopic(%q) = %q, and of %q %q", pair[0], a, pair[1], b)
		}
	}
}

// The digest of a day is due once, at its hour where the people are.
func TestDueDay(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin") // 2026-03-29 has no 02:30, 2026-10-25 has it twice
	if err != nil {
		t.Fatal(err)
	}
	d := &Dialogue{Zone: zone}
	at := func(s string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	tests := []struct {
		name string
		hour int
		day  string
		now  time.Time
		want string
	}{
		{"before", 8, "2026-11-29", at("2026-11-30 07:59"), ""},
		{"after", 8, "2026-11-29", at("2026-11-30 08:10"), "2026-11-30"},
		{"settled", 8, "2026-11-30", at("2026-11-30 09:00"), ""},
		{"clock put back over midnight", 8, "2026-11-30", at("2026-11-29 23:00"), ""},
		{"clock put back from another year", 8, "2031-01-01", at("2026-11-30 09:00"), "2026-11-30"},
		{"days missed", 8, "2026-11-20", at("2026-11-30 15:00"), "2026-11-30"},
		{"never before", 0, "", at("2026-11-30 00:10"), "2026-11-30"},
		{"an hour that is not", 2, "2026-03-28", at("2026-03-29 03:10"), "2026-03-29"},
		{"an hour that is twice, first", 2, "2026-10-24", time.Date(2026, 10, 25, 1, 10, 0, 0, time.UTC), "2026-10-25"},
		{"an hour that is twice, second", 2, "2026-10-25", time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := d.dueDay(journal.Follower{Person: reader, Hour: tt.hour, Day: tt.day}, tt.now); got != tt.want {
				t.Errorf("dueDay = %q, want %q", got, tt.want)
			}
		})
	}
}

// However long a week is watched, whatever the clocks do, there is one digest a day.
func TestOneDigestADay(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	d := &Dialogue{Zone: zone}
	for _, begin := range []time.Time{time.Date(2026, 3, 26, 0, 0, 0, 0, zone), time.Date(2026, 10, 22, 0, 0, 0, 0, zone)} {
		for hour := range 24 {
			f, days := journal.Follower{Person: 7, Hour: hour}, map[string]int{}
			for now := begin; now.Before(begin.AddDate(0, 0, 7)); now = now.Add(time.Minute) {
				if day := d.dueDay(f, now); day != "" {
					f.Day = day
					days[day]++
				}
			}
			if len(days) != 7 {
				t.Errorf("%v, hour %d: digests of %v, want one for each of 7 days", begin, hour, days)
			}
		}
	}
}

// Another hour brings no second digest on a day, and none at once.
func TestHourChanged(t *testing.T) {
	w := newWorld(t) // at 09:00
	w.send(reader, "/follow grain")
	due := func() int {
		list, err := w.DueDigests(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if n := due(); n != 0 {
		t.Errorf("%d digests are due on the day of following, after its hour", n)
	}
	saysAll(t, w.press(reader, "hour:07"), "07:00")
	if n := due(); n != 0 {
		t.Errorf("%d digests are due at an hour that has gone by", n)
	}
	saysAll(t, w.press(reader, "hour:21"), "21:00")
	w.now = w.now.Add(12*time.Hour + digestSpread)
	if e, _ := w.dueDigest(); e == nil {
		t.Error("no digest is due in the evening of the day of following, at the hour that was chosen")
	}
	w.press(reader, "hour:22")
	w.now = w.now.Add(time.Hour)
	if n := due(); n != 0 {
		t.Errorf("%d digests are due on a day that was settled", n)
	}
	w.press(reader, "hour:21")
	w.now = w.now.Add(23 * time.Hour)
	if n, again := due(), due(); n != 1 || again != 0 {
		t.Errorf("%d digests are due, and then %d; want one", n, again)
	}
	w.press(reader, "hour:22")
	w.now = w.now.Add(time.Hour)
	if n := due(); n != 0 {
		t.Errorf("%d digests are due for a second time", n)
	}
}

// The help says nothing of following where it cannot be done.
func TestHelpOnFollowing(t *testing.T) {
	w := newWorld(t)
	saysAll(t, w.send(reader, "/help"), "/follow", "/unfollow", "following")
	saysNot(t, w.send(0, "/help"), "/follow", "/unfollow", "following")
	w.Follows = 0
	saysNot(t, w.send(reader, "/help"), "/follow", "/unfollow", "following")
}

// The name of the zone is one that people know.
func TestZoneName(t *testing.T) {
	d := &Dialogue{Now: time.Now}
	if got := d.zoneName(); got != "UTC" {
		t.Errorf("zoneName = %q, want UTC", got)
	}
	d.Zone = time.FixedZone("Asia/Baghdad", 3*3600)
	if got := d.zoneName(); got != "Asia/Baghdad" {
		t.Errorf("zoneName = %q, want Asia/Baghdad", got)
	}
	d.Zone = time.Local //nolint:gosmopolitan // it is what the setting may say
	if got := d.zoneName(); got == "Local" {
		t.Error("the zone is called Local")
	}
}
