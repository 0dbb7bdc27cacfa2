package journal

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
)

// asking is the question of somebody whom the bot can reach an administrator for.
func asking(channel, update, person int64) Asking {
	return Asking{
		Channel: Channel{ID: channel, Person: person, Name: "سلمى", Username: "salma", Update: update, Stranger: person != 1},
		Reached: true, Most: 2,
	}
}

func mustAsk(t *testing.T, j *Journal, a Asking) Channel {
	t.Helper()
	c, err := j.AskChannel(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustChannel(t *testing.T, j *Journal, id int64) Channel {
	t.Helper()
	c, err := j.Channel(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustDecideChannel(t *testing.T, j *Journal, d ChannelDecision) Channel {
	t.Helper()
	c, err := j.DecideChannel(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// numbers are those of channels.
func numbers(t *testing.T, list []Channel, err error) (ids []int64) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	return ids
}

// A question is asked once, and one press decides it, whatever is handled again.
func TestAskChannel(t *testing.T) {
	j, clock := testJournal(t)
	if c := mustChannel(t, j, -100); c != (Channel{ID: -100}) {
		t.Errorf("an unknown channel is %+v", c)
	}
	first := mustAsk(t, j, asking(-100, 7, 5))
	want := asking(-100, 7, 5).Channel
	want.State, want.Told = corpus.ChannelAsked, start
	if diff := cmp.Diff(want, first); diff != "" {
		t.Fatalf("the question -want +got:\n%s", diff)
	}
	clock.pass(time.Minute)
	if again := mustAsk(t, j, asking(-100, 7, 5)); again != first || !again.Sent(7) {
		t.Errorf("handled again: %+v", again)
	}
	if second := mustAsk(t, j, asking(-100, 8, 5)); second != first || second.Sent(8) {
		t.Errorf("asked again: %+v", second)
	}
	decision := ChannelDecision{ID: -100, State: corpus.ChannelCovered, By: 1, Update: 9, Question: true}
	c := mustDecideChannel(t, j, decision)
	if c.State != corpus.ChannelCovered || c.By != 1 || c.Update != 9 || c.Person != 0 || c.Name+c.Username != "" || c.Sent(9) {
		t.Errorf("decided: %+v", c)
	}
	other := decision
	other.State, other.By, other.Update = corpus.ChannelDeclined, 2, 10
	for _, d := range []ChannelDecision{decision, other} {
		if got := mustDecideChannel(t, j, d); got != c {
			t.Errorf("decided again: %+v, want %+v", got, c)
		}
	}
	if got := mustAsk(t, j, asking(-100, 11, 5)); got != c {
		t.Errorf("asked after the decision: %+v", got)
	}
	other.Question = false
	if got := mustDecideChannel(t, j, other); got.State != corpus.ChannelDeclined || got.By != 2 {
		t.Errorf("decided by a command: %+v", got)
	}
	anew := asking(-100, 12, 1)
	anew.Anew = true
	if got := mustAsk(t, j, anew); !got.Sent(12) || got.By != 0 {
		t.Errorf("asked anew: %+v", got)
	}
	long := asking(-101, 13, 1)
	long.Name = strings.Repeat("x", maxName+1)
	if _, err := j.AskChannel(t.Context(), long); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a name that is too long: %v", err)
	}
	checkIntegrity(t, j)
}

// Only so many questions of strangers are sent within a day, however they go about it.
func TestStrangersAsk(t *testing.T) {
	j, clock := testJournal(t)
	sent := 0
	for i := range int64(5) {
		for range 3 {
			if mustAsk(t, j, asking(-100-i, 10*i, 5)).Sent(10 * i) {
				sent++
			}
			if err := j.LoseChannel(t.Context(), -100-i, false); err != nil {
				t.Fatal(err)
			}
			clock.pass(time.Second)
		}
	}
	if sent != 2 {
		t.Errorf("%d questions were sent, want 2", sent)
	}
	if !mustAsk(t, j, asking(-99, 100, 1)).Sent(100) {
		t.Error("the question of an administrator is not sent")
	}
	if err := j.Prune(t.Context()); err != nil || mustChannel(t, j, -100).State != corpus.ChannelAsked {
		t.Errorf("what counts is pruned: %v", err)
	}
	clock.pass(25 * time.Hour)
	if err := j.Prune(t.Context()); err != nil || mustChannel(t, j, -100).State != corpus.ChannelSeen {
		t.Errorf("what does not count any more stays: %v", err)
	}
	if !mustAsk(t, j, asking(-100, 200, 5)).Sent(200) {
		t.Error("a day later no question of a stranger is sent")
	}
	clock.pass(25 * time.Hour)
	for i := range int64(10) {
		a := asking(-300-i, 300+i, 5)
		a.Reached = false
		mustAsk(t, j, a)
	}
	if news, err := j.ChannelNews(t.Context(), 20); len(numbers(t, news, err)) != 2 {
		t.Errorf("%d questions wait to be sent, want 2", len(news))
	}
}

// What could not be sent or told yet is news until it is told.
func TestChannelNews(t *testing.T) {
	j, _ := testJournal(t)
	ctx := t.Context()
	unreached := asking(-100, 1, 1)
	unreached.Reached = false
	if mustAsk(t, j, unreached).Sent(1) {
		t.Error("a question is sent that reaches nobody")
	}
	mustAsk(t, j, asking(-101, 2, 1))
	mustDecideChannel(t, j, ChannelDecision{ID: -101, State: corpus.ChannelCovered, By: 1, Update: 3})
	for id, covered := range map[int64]bool{-101: true, -102: true, -103: false} {
		for range 2 {
			if err := j.LoseChannel(ctx, id, covered); err != nil {
				t.Fatal(err)
			}
		}
	}
	news, err := j.ChannelNews(ctx, 10)
	if diff := cmp.Diff([]int64{-102, -100, -101}, numbers(t, news, err)); diff != "" {
		t.Errorf("news -want +got:\n%s", diff)
	}
	waiting, err := j.WaitingChannels(ctx, 10)
	if diff := cmp.Diff([]int64{-100}, numbers(t, waiting, err)); diff != "" {
		t.Errorf("waiting -want +got:\n%s", diff)
	}
	if err := j.RegainChannel(ctx, -102); err != nil {
		t.Fatal(err)
	}
	if err := j.ChannelTold(ctx, news); err != nil {
		t.Fatal(err)
	}
	if news, err := j.ChannelNews(ctx, 10); len(numbers(t, news, err)) != 0 {
		t.Errorf("what was told is still news: %+v", news)
	}
	if c := mustChannel(t, j, -101); c.Lost.IsZero() || c.News || c.State != corpus.ChannelCovered {
		t.Errorf("a lost channel is %+v", c)
	}
}

// Who has added the bot to a channel can be forgotten, and so can who has decided.
func TestForgetChannel(t *testing.T) {
	j, _ := testJournal(t)
	mustAsk(t, j, asking(-100, 1, 5))
	mustDecideChannel(t, j, ChannelDecision{ID: -101, State: corpus.ChannelDeclined, By: 5, Update: 2})
	if err := j.Forget(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	if c := mustChannel(t, j, -100); c.Person != 0 || c.Name+c.Username != "" || c.State != corpus.ChannelAsked {
		t.Errorf("after Forget the question is %+v", c)
	}
	if c := mustChannel(t, j, -101); c.By != 0 || c.State != corpus.ChannelDeclined {
		t.Errorf("after Forget the decision is %+v", c)
	}
}

// Pages wait until they are due, and are bounded.
func TestPages(t *testing.T) {
	j, clock := testJournal(t)
	ctx := t.Context()
	page := func(message int, url string, after time.Duration) Page {
		return Page{Channel: -100, Message: message, URL: url, Published: start, Tries: 1, Again: start.Add(after)}
	}
	pages := []Page{page(5, "https://a.example/", time.Hour), page(5, "https://b.example/", 2*time.Hour), page(6, "https://a.example/", 3*time.Hour)}
	for _, p := range pages {
		for range 2 {
			if err := j.KeepPage(ctx, p); err != nil {
				t.Fatal(err)
			}
		}
	}
	due := func(want ...Page) {
		t.Helper()
		got, err := j.Pages(ctx, clock.now(), 10)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("error %v, due -want +got:\n%s", err, diff)
		}
	}
	due()
	clock.pass(2 * time.Hour)
	due(pages[:2]...)
	pages[0].Tries, pages[0].Again = 2, start.Add(10*time.Hour)
	if err := j.KeepPage(ctx, pages[0]); err != nil {
		t.Fatal(err)
	}
	due(pages[1])
	if n, err := j.CountPages(ctx); err != nil || n[-100] != 3 {
		t.Errorf("CountPages = %v, %v", n, err)
	}
	if err := errors.Join(j.DropPage(ctx, pages[1]), j.DropPages(ctx, -100, 6), j.DropPages(ctx, -1, 5)); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false, false} {
		if kept, err := j.HasPage(ctx, pages[i]); err != nil || kept != want {
			t.Errorf("HasPage of page %d = %t, %v; want %t", i, kept, err, want)
		}
	}
	clock.pass(24 * time.Hour)
	due(pages[0])
	if err := j.KeepPage(ctx, page(7, "https://"+strings.Repeat("x", maxURL), 0)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("an address that is too long: %v", err)
	}
	if _, err := j.exec(ctx, fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO link SELECT -200, i, 'https://a.example/', 0, 1, 0 FROM n`, MaxPages-1)); err != nil {
		t.Fatal(err)
	}
	if err := j.KeepPage(ctx, page(8, "https://a.example/", 0)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("one page too many: %v", err)
	}
	if err := j.KeepPage(ctx, pages[0]); err != nil {
		t.Errorf("a page that is known: %v", err)
	}
}
