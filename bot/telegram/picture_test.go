package telegram

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// testPicture is a small picture.
func testPicture(t testing.TB) *bot.Picture {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return &bot.Picture{Name: "stats.png", PNG: b.Bytes()}
}

// sendsPicture lets a bot answer with a picture and words, and then words alone.
func (d *desk) sendsPicture() {
	p := testPicture(d.t)
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		return reply{messages: []message{
			{html: "<b>caption</b>", plain: "caption", picture: p, replyTo: e.Message, markup: inline("x", "y")},
			{html: "words"},
		}}, nil
	}
}

func TestPicture(t *testing.T) {
	d := newDesk(t)
	d.sendsPicture()
	p := d.server.Person(7, "en")
	d.run()
	d.done(p.Send("/stats"))
	all := p.Messages()
	if len(all) != 3 {
		t.Fatalf("the chat shows %q", texts(all))
	}
	m := all[1]
	if !bytes.Equal(m.Photo, testPicture(t).PNG) || m.HTML != "<b>caption</b>" || m.ReplyTo != all[0].ID || len(m.Buttons) != 1 {
		t.Errorf("the picture is %+v", m)
	}
	if all[2].Text != "words" || all[2].Photo != nil {
		t.Errorf("the words are %+v", all[2])
	}
	d.done(p.Press(m, "y").Update) // nothing can take its place
	if e := d.handled(); len(e) != 2 || !e[1].Fixed || e[1].Message != m.ID {
		t.Errorf("the presses are %+v", e)
	}
}

// TestPictureOnce lets calls fail on their way: the picture is there once, and so are the words.
func TestPictureOnce(t *testing.T) {
	for name, f := range map[string]telegramtest.Failure{
		"flood":      {Code: http.StatusTooManyRequests, RetryAfter: 3},
		"bad":        {Code: http.StatusBadGateway},
		"cut before": {Cut: telegramtest.CutBefore},
		"cut after":  {Cut: telegramtest.CutAfter},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.sendsPicture()
			d.fail(photoMethod, 1, f)
			p := d.server.Person(7, "en")
			d.run()
			d.done(p.Send("/stats"))
			photos := 0
			for _, m := range p.Messages() {
				if m.Photo != nil {
					photos++
				}
			}
			want := 1
			if f.Cut == telegramtest.CutBefore {
				want = 0 // whether it was carried out is not known, and it is not sent twice
			}
			if all := texts(p.Messages()); photos != want || all[len(all)-1] != "words" {
				t.Errorf("the chat shows %q with %d pictures", all, photos)
			}
		})
	}
}

func TestPictureRefused(t *testing.T) {
	d := newDesk(t)
	d.sendsPicture()
	d.fail(photoMethod, 1, telegramtest.Failure{Code: http.StatusBadRequest, Description: "Bad Request: IMAGE_PROCESS_FAILED"})
	p := d.server.Person(7, "en")
	d.run()
	d.done(p.Send("/stats"))
	all := p.Messages()
	if got := strings.Join(texts(all), "|"); got != "/stats|caption|words" || len(all[1].Buttons) != 1 {
		t.Errorf("the chat shows %q", got)
	}
}

// TestPictureResumed starts the bot when the picture is out and the words are not.
func TestPictureResumed(t *testing.T) {
	d := newDesk(t)
	d.sendsPicture()
	d.receive(written("/stats"))
	if err := d.journal.Sent(t.Context(), 1, 1, 0); err != nil {
		t.Fatal(err)
	}
	p := met(d, 7)
	d.run()
	d.settled()
	all := p.Received()
	if len(all) != 1 || all[0].Text != "words" {
		t.Errorf("the chat shows %q", texts(all))
	}
}

// TestStatsInTelegram lets the bot draw its picture, and presses what is under the words.
func TestStatsInTelegram(t *testing.T) {
	d := newDesk(t)
	talk, _ := dialogue(t, d)
	d.writes = renderer{handler: talk, username: "news_bot"}.respond
	p := d.server.Person(1, "ar")
	d.run()
	d.done(p.Send("/stats"))
	all := p.Received()
	if len(all) != 2 || len(all[0].Photo) == 0 || len(all[0].Buttons) != 0 || len(all[1].Buttons) == 0 {
		t.Fatalf("the chat shows %q", texts(all))
	}
	for _, data := range []string{"unanswered:", "reports:", "health:"} {
		d.done(p.Press(all[1], data).Update)
	}
	if got := p.Received(); len(got) != 5 || got[1].Edits != 0 {
		t.Errorf("after three presses the chat shows %q", texts(got))
	}
}

func TestWithPicture(t *testing.T) {
	picture := testPicture(t)
	o := bot.Outgoing{Picture: picture, Chat: 5}
	caption := []message{{html: "<b>" + strings.Repeat("😀", maxCaption/2) + "</b>"}}
	if all := withPicture(caption, o); len(all) != 1 || all[0].picture == nil {
		t.Errorf("a caption that fits is %d messages", len(all))
	}
	long := []message{{html: strings.Repeat("😀", maxCaption/2) + "&lt;"}}
	if all := withPicture(long, o); len(all) != 2 || all[0].picture == nil || all[0].html != "" || all[0].chat != 5 || all[1].picture != nil {
		t.Errorf("words that do not fit are %+v", all)
	}
	if all := withPicture(long, bot.Outgoing{Picture: &bot.Picture{PNG: make([]byte, maxPicture+1)}}); len(all) != 1 || all[0].picture != nil {
		t.Errorf("words with too large a picture are %d messages", len(all))
	}
	if all := withPicture(nil, o); len(all) != 1 || all[0].picture == nil {
		t.Errorf("a picture without words is %+v", all)
	}
}
