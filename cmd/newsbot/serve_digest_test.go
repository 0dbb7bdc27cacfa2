package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf16"

	"newsbot/bot/journal"
	"newsbot/bot/telegramtest"
	"newsbot/corpus/database"
	"newsbot/retrieval"
)

// days are a few of them, over which the program with the real encoders is started again and again.
type days struct {
	t        *testing.T
	server   *telegramtest.Server
	dir      string
	encoders retrieval.Encoders
	ahead    atomic.Int64 // how far their clock is ahead of the real one, in nanoseconds
}

func newDays(t *testing.T, first time.Time) *days {
	t.Helper()
	strong, err := newEncoder()
	if err != nil {
		t.Fatal(err)
	}
	quick, err := newUSE()
	if err != nil {
		t.Fatal(err)
	}
	d := &days{t: t, server: telegramtest.New(t), dir: t.TempDir(), encoders: retrieval.Encoders{Strong: strong, Quick: quick}}
	d.server.Now = d.clock
	d.set(first)
	return d
}

// clock goes on by itself from where it is set: how fast messages may follow each other goes by it.
func (d *days) clock() time.Time { return time.Now().Add(time.Duration(d.ahead.Load())).UTC() }

func (d *days) set(now time.Time) { d.ahead.Store(int64(time.Until(now))) }

// at serves from a moment on while do is done.
func (d *days) at(at time.Time, do func()) {
	d.t.Helper()
	d.set(at)
	env := map[string]string{
		settingAPI: d.server.URL(), settingToken: d.server.Token(), settingAdmins: fmt.Sprint(theAdmin), settingTimezone: "UTC",
	}
	var out, errs errorOutput
	m := &Main{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: d.clock,
		LookupEnv:  func(name string) (string, bool) { value, ok := env[name]; return value, ok },
		NewEncoder: func() (retrieval.Encoder, error) { return d.encoders.Strong, nil },
		NewUSE:     func() (retrieval.Encoder, error) { return d.encoders.Quick, nil },
	}
	ctx, stop := context.WithCancel(d.t.Context())
	ended := make(chan int, 1)
	go func() { ended <- m.Run(ctx, []string{"-data", d.dir, "serve"}) }()
	defer func() { // do may fail the test
		stop()
		if code := <-ended; code != exitDone || errs.Len() > 0 {
			d.t.Errorf("exit code %d, stderr %q", code, errs.String())
		}
	}()
	do()
}

// add has the admin add an article.
func (d *days) add(article string) {
	d.t.Helper()
	admin := d.server.Person(theAdmin, "en")
	n := len(admin.Received())
	admin.Send("/add " + article)
	if got := last(admin.Wait(n + 1)); !strings.HasPrefix(got, "Added:") {
		d.t.Fatalf("the admin is told %q", got)
	}
}

// digests are those that were decided, those too that held nothing, and how many answers there are in all of them.
func (d *days) digests() (decided, answers int) {
	d.t.Helper()
	db, err := database.Connect(filepath.Join(d.dir, journal.FileName), 1, database.Watch)
	if err == nil {
		err = db.QueryRowContext(d.t.Context(), "SELECT count(*), coalesce(sum(answers), 0) FROM digest").Scan(&decided, &answers)
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return decided, answers
}

// A reader follows a topic of which two outlets write, each in its own language: the digest of the second day quotes both,
// and of everything else nothing. The third day has no news and no digest.
func TestServeDigest(t *testing.T) {
	if testing.Short() {
		t.Skip("encodes articles with the real encoders")
	}
	monday := time.Date(2026, time.November, 2, 0, 0, 0, 0, time.UTC)
	d := newDays(t, monday)
	admin, reader := d.server.Person(theAdmin, "en"), d.server.Person(7, "en")
	d.at(monday.Add(15*time.Hour), func() {
		reader.Send("/follow the Suez Canal tunnel")
		if got := last(reader.Wait(1)); !strings.Contains(got, "08:00 (UTC)") {
			t.Errorf("the reader is told %q", got)
		}
		for _, article := range []string{tunnelEnglish, wheatEnglish, footballArabic} {
			d.add(article)
		}
	})
	tuesday := monday.AddDate(0, 0, 1)
	d.at(tuesday.Add(7*time.Hour), func() {
		for _, article := range []string{tunnelArabic, libraryEnglish} {
			d.add(article)
		}
	})
	if decided, _ := d.digests(); decided != 0 {
		t.Errorf("%d digests are decided before their hour", decided)
	}
	d.at(tuesday.Add(8*time.Hour+15*time.Minute), func() { checkTunnelDigest(t, reader.Wait(2)[1]) })
	d.at(tuesday.Add(33*time.Hour), func() {
		for { // it is decided, and nobody is told of that
			decided, answers := d.digests()
			if answers != 1 || decided > 2 {
				t.Errorf("there are %d answers in %d digests, want 1", answers, decided)
			}
			if decided >= 2 {
				break
			}
			n := len(admin.Received())
			admin.Send("/id")
			admin.Wait(n + 1)
		}
	})
	if got := reader.Received(); len(got) != 2 {
		t.Errorf("without news there is %q", last(got))
	}
}

// checkTunnelDigest wants both articles on the tunnel in a digest, with outlet, date and link, and no other one.
func checkTunnelDigest(t *testing.T, m telegramtest.Message) {
	t.Helper()
	wantShown(t, otherMessage{Text: m.Text},
		"digest of 3 November 2026", "the Suez Canal tunnel", "[1] \u2068صوت القناة\u2069, 3 November 2026", "[2] Canal Herald, 2 November 2026")
	var links, quotes []string
	text := utf16.Encode([]rune(m.Text))
	for _, e := range m.Entities {
		switch e.Type {
		case "text_link":
			links = append(links, e.URL)
		case "blockquote":
			quotes = append(quotes, string(utf16.Decode(text[e.Offset:e.Offset+e.Length])))
		}
	}
	if want := []string{"https://sawtalqanat.example/tests", "https://canalherald.example/second-tunnel"}; !slices.Equal(links, want) {
		t.Errorf("the digest links to %q, want %q", links, want)
	}
	if len(quotes) != 2 || !strings.Contains(tunnelArabic, quotes[0]) || !strings.Contains(tunnelEnglish, quotes[1]) {
		t.Errorf("the digest quotes %q", quotes)
	}
	for _, other := range []string{"Valley Post", "الملعب", "[3]"} {
		if strings.Contains(m.Text, other) {
			t.Errorf("the digest is %q, with %q", m.Text, other)
		}
	}
}

// Questions come under an answer when it is out, as a change of its buttons, and one that is pressed is answered with a
// quote that the answer before did not have.
func TestServeSuggestions(t *testing.T) {
	if testing.Short() {
		t.Skip("encodes articles with the real encoders")
	}
	d := newDays(t, time.Date(2026, time.November, 3, 9, 0, 0, 0, time.UTC))
	d.at(d.clock(), func() {
		d.add(tunnelEnglish)
		reader := d.server.Person(7, "en")
		reader.Send("When does the Suez Canal tunnel open?")
		before := reader.Wait(1)[0]
		after := edited(reader, 1)
		i := slices.IndexFunc(after.Buttons, func(row []telegramtest.Button) bool { return strings.HasPrefix(row[0].Text, "What did ") })
		if after.HTML != before.HTML || i < 0 {
			t.Fatalf("%q with %+v became %q with %+v", before.HTML, before.Buttons, after.HTML, after.Buttons)
		}
		reader.Press(after, after.Buttons[i][0].Data)
		answer := reader.Wait(2)[1]
		if answer.ReplyTo != after.ID || strings.Contains(after.Text, "tolls") {
			t.Errorf("the answer is %+v to %q", answer, after.Text)
		}
		wantShown(t, otherMessage{Text: answer.Text}, "Transport Minister Hala Mansour said tolls would be lower", "[1] Canal Herald, 2 November 2026")
	})
}

const (
	tunnelEnglish = `---
title: Second road tunnel under the Suez Canal to open in March
source: Canal Herald
url: https://canalherald.example/second-tunnel
published: 2026-11-02
lang: en
---
The second road tunnel under the Suez Canal will open to lorries on 14 March 2027, the transport ministry said. The Suez Canal tunnel is 4.2 kilometres long and links Ismailia with Sinai.

Transport Minister Hala Mansour said tolls would be lower than those of the ferries. Engineers finished the lining of the tunnel in October.`
	wheatEnglish = `---
title: Wheat harvest in the valley is the best for ten years
source: Valley Post
url: https://valleypost.example/wheat
published: 2026-11-02
lang: en
---
Farmers in the valley brought in 310,000 tonnes of wheat this year, the growers' union said. Late rain in April helped.`
	footballArabic = `---
title: فريق الميناء يفوز بكأس المدينة لكرة القدم
source: الملعب
url: https://almalaab.example/final
published: 2026-11-02
lang: ar
---
فاز فريق الميناء بكأس المدينة لكرة القدم بعد تغلبه على فريق الجامعة بهدفين مقابل هدف. وسجل المهاجم سالم الحداد الهدف الثاني في الدقيقة 88.`
	tunnelArabic = `---
title: بدء اختبارات السلامة في نفق قناة السويس الثاني
source: صوت القناة
url: https://sawtalqanat.example/tests
published: 2026-11-03
lang: ar
---
بدأ المهندسون يوم الثلاثاء اختبارات السلامة في نفق قناة السويس الثاني، وتستمر ثلاثة أسابيع. وقال مدير المشروع كريم عادل إن أجهزة التهوية في النفق تعمل جيدًا.`
	libraryEnglish = `---
title: National library opens a reading room for children
source: Valley Post
url: https://valleypost.example/library
published: 2026-11-03
lang: en
---
The national library opened a reading room for children on Tuesday. It holds 9,000 picture books, and entry is free.`
)
