package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
)

// From the question about a channel to the answer that quotes its post; and of posts that come while the program is killed
// again and again, each is an article, once.
func TestServeChannel(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	bot := serving(t, s, dir)
	admin, reader := s.Person(theAdmin, "ar"), s.Person(7, "ar")
	admin.Send("/id")
	admin.Wait(1)
	c := s.Channel(-1_001_000_000_001, "alufuq", "الأفق")
	c.Promote(admin)
	question := admin.Wait(2)[1]
	press(t, admin, question)
	admin.WaitFor(func(m []telegramtest.Message) bool { return m[1].Edits == 1 })
	number := c.Post("افتتحت المدينة جسرًا جديدًا فوق النهر يوم الثلاثاء. ويبلغ طول الجسر 900 متر.")
	s.WaitConfirmed(c.EditPost(number, "افتتحت المدينة جسرًا جديدًا فوق النهر يوم الثلاثاء. ويبلغ طول الجسر 950 مترًا."))
	for tries := 1; ; tries++ { // the post is in its own queue
		reader.Send("كم يبلغ طول الجسر الجديد؟")
		if answer := last(reader.Wait(tries)); strings.Contains(answer, "950") {
			if !strings.Contains(answer, "الأفق") {
				t.Errorf("the answer is %q", answer)
			}
			break
		}
	}
	const kills, posts = 3, 8
	for k := range kills {
		var update int64
		for i := range posts {
			c.Later(time.Minute)
			n := c.Post(fmt.Sprintf("This is post number %d, of its own.", k*posts+i))
			update = c.EditPost(n, fmt.Sprintf("This is post number %d, which was edited.", k*posts+i))
		}
		s.WaitConfirmed(update) // so that Telegram does not send it again
		bot.stuck.Stop()
		bot.signal(os.Kill)
		bot.end()
		bot = serving(t, s, dir)
	}
	admin.Send("/feeds")
	for tries := 3; ; tries++ {
		if list := last(admin.Wait(tries)); strings.Contains(list, fmt.Sprint(kills*posts+1)) {
			break
		}
		admin.Send("/feeds")
	}
	wantStatus(t, dir, "articles", fmt.Sprintf("%d (ar 1, en %d)", kills*posts+1, kills*posts))
	if out := finish(t, dir, "fake", "list"); strings.Count(out, "which was edited") != kills*posts {
		t.Errorf("the list is %s", out)
	}
	stopServing(t, s, bot, "الأفق", "alufuq", "الجسر")
}
