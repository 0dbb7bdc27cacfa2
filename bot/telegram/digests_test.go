package telegram

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
	"newsbot/corpus"
)

// followers is how many people follow something in a month.
const followers = 20

// topicsOf are the concepts that a person follows.
func topicsOf(person int64) []int {
	n := len(concepts)
	return []int{int(person) % n, int(person*3+1) % n}
}

// wants tells whether a person is to be told of an article.
func (s *tale) wants(person int64) bool {
	return !s.never && slices.Contains(topicsOf(person), s.concept)
}

// In a month of restarts, kills, edits, removals and days without the bot every new
// article on what somebody follows is told him once, and nothing else.
func TestDigestMonth(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the bot 70 times")
	}
	begin := time.Date(2026, time.November, 1, 5, 0, 0, 0, time.UTC)
	m := newMonth(t, begin)
	before := m.publish(0, nil)
	before.never = true
	m.set(begin.Add(time.Hour))
	var people []*telegramtest.Person
	m.serve(func() {
		for i := range int64(followers) {
			p := m.server.Person(100+i, []string{"ar", "en"}[i%2])
			people = append(people, p)
			for _, c := range topicsOf(p.ID) {
				p.Send("/follow " + concepts[c][i/2%2])
			}
		}
		for _, p := range people {
			p.Wait(len(topicsOf(p.ID)))
		}
	})
	for i, p := range people {
		m.chooseHour(p.ID, i*5%24)
	}
	tales := []*tale{before}
	kills := 0
	blocked := people[7]
	for day := range 30 {
		morning := begin.AddDate(0, 0, day).Add(2 * time.Hour)
		m.set(morning)
		tales = append(tales, m.aDay(day, tales)...)
		switch day {
		case 9:
			blocked.Block()
		case 13:
			blocked.Unblock()
			m.chooseHour(people[3].ID, 3)
			m.chooseHour(people[4].ID, 22)
		case 15: // the program is down all day
			continue
		}
		calls := m.callsTo(blocked.ID)
		for _, hour := range []int{12, 23} {
			m.set(time.Date(2026, time.November, 1+day, hour, 45, 0, 0, time.UTC))
			if day%3 == 1 {
				if m.serveKilled(2 + day%4) {
					kills++
				}
			}
			m.serve(func() {})
		}
		if n := m.callsTo(blocked.ID) - calls; day > 9 && day < 13 && n > 0 {
			t.Errorf("day %d: %d calls for who has blocked the bot", day, n)
		}
	}
	for day := 30; day < 33; day++ { // days without news
		sent := m.calls("sendMessage")
		m.set(time.Date(2026, time.November, 1+day, 23, 45, 0, 0, time.UTC))
		m.serve(func() {})
		if n := m.calls("sendMessage") - sent; day > 30 && n > 0 {
			t.Errorf("%d messages on a day without news", n)
		}
	}
	if kills < 5 {
		t.Errorf("the program was killed %d times only", kills)
	}
	told := 0
	for _, p := range people {
		told += m.checkTold(p, tales)
	}
	if told < 200 {
		t.Errorf("%d articles were told: that proves little", told)
	}
	t.Logf("%d articles, told %d times to %d people; killed %d times", len(tales), told, len(people), kills)
	if m.log.has(`"level":"ERROR"`) {
		t.Errorf("complaints:\n%s", m.log.text())
	}
}

// chooseHour is what a press of a button in the list of what is followed does.
func (m *month) chooseHour(person int64, hour int) {
	m.t.Helper()
	e := bot.Event{ID: 1<<40 + person, Chat: person, Person: bot.Person{ID: person}, Press: fmt.Sprintf("hour:%02d", hour), Message: 1}
	if _, err := m.handler.Handle(m.t.Context(), e); err != nil {
		m.t.Fatal(err)
	}
}

func (m *month) callsTo(chat int64) (n int) {
	for _, r := range m.server.Requests() {
		if r.Method != "getUpdates" && r.Params["chat_id"] == chat {
			n++
		}
	}
	return n
}

// aDay publishes the articles of a day, and changes and removes some that were told.
func (m *month) aDay(day int, tales []*tale) (list []*tale) {
	for c := -1; c < len(concepts); c++ {
		if m.random.IntN(3) == 0 {
			list = append(list, m.publish(c, nil))
		}
	}
	late := m.publish(day%len(concepts), func(a *corpus.Article) { a.Embargo = m.clock().AddDate(0, 0, 1) })
	list = append(list, late)
	archive := m.publish(day%len(concepts), func(a *corpus.Article) { a.Published = corpus.Day(2019, time.May, 1) })
	gone := m.publish((day+1)%len(concepts), nil)
	archive.never, gone.never = true, true
	m.remove(gone)
	list = append(list, archive, gone)
	for range 7 * (day % 5 / 4) { // more than one message quotes
		list = append(list, m.publish(0, nil))
	}
	if day%6 == 2 {
		list = append(list, m.copies(day)...)
	}
	for _, s := range tales {
		if s.came.Before(m.clock().AddDate(0, 0, -9)) && !s.never && m.random.IntN(20) == 0 {
			m.rewrite(s)
		}
	}
	return list
}

// copies are two papers' reports that are the same but for a few words.
func (m *month) copies(day int) []*tale {
	var wire strings.Builder
	for i := range 120 {
		fmt.Fprintf(&wire, " word%d%c", i*(day+3), 'a'+i%26)
	}
	c := day % len(concepts)
	body := func(a *corpus.Article) { a.Body += wire.String() + "." }
	one := m.publish(c, body)
	other := m.publish(c, func(a *corpus.Article) { body(a); a.Source = "Hill Post" })
	other.copyOf = one
	if list, err := m.store.Copies(m.t.Context(), one.id); err != nil || len(list) != 1 {
		m.t.Fatalf("Copies = %v, %v; want the other one", list, err)
	}
	return []*tale{one, other}
}

// moreTold is how a digest says how many articles it does not quote.
var moreTold = regexp.MustCompile(`(?:More new articles on this|مقالات جديدة أخرى عن هذا الموضوع): \x{2068}?(\d+)`)

// checkTold compares what a person was told with what he was to be told, and returns
// how much that is. Those beyond what is quoted are counted.
func (m *month) checkTold(p *telegramtest.Person, tales []*tale) (told int) {
	t := m.t
	t.Helper()
	var all strings.Builder
	for _, m := range p.Received() {
		all.WriteString(m.Text + "\n")
	}
	counted := 0
	for _, n := range moreTold.FindAllStringSubmatch(all.String(), -1) {
		more, _ := strconv.Atoi(n[1])
		counted += more
	}
	noted, err := m.journal.Told(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	times := map[*tale]int{}
	for _, s := range tales {
		times[s] = strings.Count(all.String(), s.mark)
		if times[s] == 0 && slices.Contains(noted, s.id) {
			times[s] = 1
			counted--
		}
		told += times[s]
	}
	if counted != 0 {
		t.Errorf("person %d was told of %d more articles than there were", p.ID, counted)
	}
	for _, s := range tales {
		want, got := 0, times[s]
		if s.wants(p.ID) {
			want = 1
		}
		if s.copyOf != nil {
			got += times[s.copyOf]
		}
		if slices.ContainsFunc(tales, func(o *tale) bool { return o.copyOf == s }) {
			continue // with the other one
		}
		if got != want {
			t.Errorf("person %d was told %d times of %s (concept %d, came in %v), want %d", p.ID, got, s.mark, s.concept, s.came, want)
		}
	}
	return told
}

// What says that a digest is due is an update of our own; Telegram cannot send one.
func TestDecodeDigest(t *testing.T) {
	raw := []byte(`{"digest":{"person":7,"day":"2026-11-30","language":"ar"}}`)
	in, err := decodeUpdate(-128, raw, testBot)
	want := bot.Event{ID: -128, Digest: true, Chat: 7, Person: bot.Person{ID: 7, LanguageCode: "ar"}}
	if diff := cmp.Diff(want, in.event); err != nil || diff != "" || in.action != handle || in.place.chat != 7 {
		t.Errorf("decodeUpdate = %+v, %v", in, err)
	}
	if k := in.ticket(); !k.silent || !k.digest {
		t.Errorf("its ticket is %+v", k)
	}
	if in, err := decodeUpdate(128, raw, testBot); err != nil || in.action != ignore || in.event.Digest {
		t.Errorf("from Telegram it is %+v, %v", in, err)
	}
	for _, raw := range []string{`{}`, `{"digest":{}}`, `{"digest":{"person":-7}}`, `{"digest":7}`, `{"message":{"chat":{"id":7}}}`} {
		if in, err := decodeUpdate(-128, []byte(raw), testBot); err == nil || in.action != ignore {
			t.Errorf("%s is %+v", raw, in)
		}
	}
}

// An update of Telegram's that looks like a digest, or has a number like one, is nothing.
func TestForgedDigest(t *testing.T) {
	d := newDesk(t)
	p := d.server.Person(7, "en")
	d.server.Update(map[string]any{"update_id": 5000, "digest": map[string]any{"person": 7, "day": "2026-11-30"}})
	d.run()
	p.Send(secret)
	p.Wait(1)
	d.settled()
	for _, e := range d.handled() {
		if e.Digest {
			t.Errorf("it became the event %+v", e)
		}
	}
}
