package telegramtest

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestUpdatesAreDeliveredUntilConfirmed(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	var sent []int64
	for _, text := range []string{"a", "b", "c"} {
		sent = append(sent, p.Send(text))
	}
	steps := []struct {
		name      string
		p         params
		want      []int64
		confirmed int64
	}{
		{"first", nil, sent, 0},
		{"again", nil, sent, 0},
		{"limited", params{"limit": 2}, sent[:2], 0},
		{"more than there are from the end", params{"offset": -9}, sent, 0},
		{"first confirmed", params{"offset": sent[1]}, sent[1:], sent[0]},
		{"for ever", nil, sent[1:], sent[0]},
		{"for ever, whatever the offset", params{"offset": 1}, sent[1:], sent[0]},
		{"last one", params{"offset": -1}, sent[2:], sent[1]},
		{"all", params{"offset": sent[2] + 1}, nil, sent[2]},
		{"nothing left", params{"offset": -1}, nil, sent[2]},
	}
	for _, step := range steps {
		got, _ := b.updates(step.p)
		if !slices.Equal(got, step.want) {
			t.Errorf("%s: getUpdates = %v, want %v", step.name, got, step.want)
		}
		if got := s.Confirmed(); got != step.confirmed {
			t.Errorf("%s: Confirmed = %d, want %d", step.name, got, step.confirmed)
		}
	}
	s.WaitConfirmed(sent[2])
}

// A poll gets nothing below its offset, whenever it comes.
func TestUpdateBelowTheOffset(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	done := b.poll(t.Context(), params{"timeout": 50, "offset": 800000000})
	polling(s)
	s.Update(`{"update_id":799999999,"message":{}}`)
	s.Update(`{"update_id":800000000,"message":{}}`)
	if ids, _ := decodeUpdates(t, (<-done).Result); !slices.Equal(ids, []int64{800000000}) {
		t.Errorf("poll = %v, want 800000000", ids)
	}
}

// polling waits until a long poll is in progress.
func polling(s *Server) {
	s.wait("a poll", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.queue.poll != nil
	})
}

// poll starts a long poll; the channel gives its response, a zero one when the
// connection broke.
func (b *bot) poll(ctx context.Context, p params) <-chan response {
	out := make(chan response, 1)
	go func() {
		r, _ := b.try(ctx, "getUpdates", p)
		out <- r
	}()
	return out
}

func TestLongPollReturnsWithAnUpdate(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	done := b.poll(t.Context(), params{"timeout": 50})
	polling(s)
	want := s.Person(reader, "ar").Send("x")
	ids, kinds := decodeUpdates(t, (<-done).Result)
	if !slices.Equal(ids, []int64{want}) || !slices.Equal(kinds, []string{"message"}) {
		t.Errorf("poll = %v %v, want message %d", ids, kinds, want)
	}
}

func TestLongPollTimesOut(t *testing.T) {
	s := New(t)
	if r := newBot(t, s).call("getUpdates", params{"timeout": 1}); !r.OK || string(r.Result) != "[]" {
		t.Errorf("poll = %+v, want no update", r)
	}
}

func TestLongPollEndsWhenTheServerCloses(t *testing.T) {
	s := New(t)
	done := newBot(t, s).poll(t.Context(), params{"timeout": 50})
	polling(s)
	s.Close()
	<-done // or the test hangs
}

func TestLongPollEndsWhenTheClientGoes(t *testing.T) {
	s := New(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := newBot(t, s).poll(ctx, params{"timeout": 50})
	polling(s)
	cancel()
	<-done
	s.WaitRequests(func(r []Request) bool { return len(r) == 1 && r[0].Answered })
}

func TestTwoPolls(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	older := b.poll(t.Context(), params{"timeout": 50})
	polling(s)
	if r := b.call("getUpdates", nil); !r.OK {
		t.Errorf("younger poll: %s", r.Description)
	}
	want := "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	if r := <-older; r.ErrorCode != 409 || r.Description != want {
		t.Errorf("older poll = %d %q, want 409 %q", r.ErrorCode, r.Description, want)
	}
}

func TestWebhook(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	poll := b.poll(t.Context(), params{"timeout": 50})
	polling(s)
	s.SetWebhook("https://example.com/hook")
	if r := <-poll; r.Description != "Conflict: terminated by setWebhook request" {
		t.Errorf("poll when a webhook is set: %q", r.Description)
	}
	want := "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
	if r := b.call("getUpdates", nil); r.ErrorCode != 409 || r.Description != want {
		t.Errorf("getUpdates = %d %q, want 409 %q", r.ErrorCode, r.Description, want)
	}
	if r := b.call("getWebhookInfo", nil); !strings.Contains(string(r.Result), "https://example.com/hook") {
		t.Errorf("getWebhookInfo = %s", r.Result)
	}
	s.Person(reader, "ar").Send("x")
	b.call("deleteWebhook", params{"drop_pending_updates": false})
	if ids, _ := b.updates(nil); len(ids) != 1 {
		t.Errorf("getUpdates after deleteWebhook = %v, want one", ids)
	}
	b.call("setWebhook", params{"url": "https://example.com/", "allowed_updates": `["message"]`})
	if r := b.call("getUpdates", nil); r.ErrorCode != 409 {
		t.Errorf("getUpdates after setWebhook = %+v, want 409", r)
	}
}

func TestDroppingPeoplesMessagesBreaksARule(t *testing.T) {
	s, rec := newRecorded(t)
	b := newBot(t, s)
	b.call("deleteWebhook", params{"drop_pending_updates": true})
	s.Person(reader, "ar").Send("x")
	b.call("deleteWebhook", params{"drop_pending_updates": true})
	if got := rec.end(); len(got) != 1 || !contains(got, "pending updates of people were dropped") {
		t.Errorf("broken rules: %q", got)
	}
}

func TestAllowedUpdates(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	queue := func() {
		for _, kind := range []string{"message", "message_reaction", "inline_query"} {
			s.Update(map[string]any{kind: map[string]any{"x": 1}})
		}
	}
	kinds := func(p params) []string {
		ids, got := b.updates(p)
		if len(ids) > 0 {
			b.updates(params{"offset": ids[len(ids)-1] + 1})
		}
		return got
	}
	queue()
	if diff := cmp.Diff([]string{"message", "inline_query"}, kinds(nil)); diff != "" {
		t.Errorf("by default (-want +got):\n%s", diff)
	}
	kinds(params{"allowed_updates": `["message_reaction"]`})
	queue()
	if diff := cmp.Diff([]string{"message_reaction"}, kinds(nil)); diff != "" {
		t.Errorf("remembered (-want +got):\n%s", diff)
	}
	queue() // before the list is emptied, which does not bring back what was dropped
	if diff := cmp.Diff([]string{"message_reaction"}, kinds(params{"allowed_updates": `[]`})); diff != "" {
		t.Errorf("after a change (-want +got):\n%s", diff)
	}
	queue()
	if diff := cmp.Diff([]string{"message", "inline_query"}, kinds(nil)); diff != "" {
		t.Errorf("emptied (-want +got):\n%s", diff)
	}
}

func TestRawUpdates(t *testing.T) {
	s := New(t)
	b := newBot(t, s)
	first := s.Update(`{"message":{"forward_origin":{"type":"from the future"},"chat":{"id":-5,"type":"group","title":"G"}}}`)
	if got := s.Update(json.RawMessage(`{"update_id":900000000,"channel_post":{}}`)); got != 900000000 {
		t.Errorf("update with its own identifier = %d", got)
	}
	if got := s.Update(map[string]any{"callback_query": map[string]any{"message": map[string]any{"chat": map[string]any{"id": 9}}}}); got != 900000001 {
		t.Errorf("update after it = %d", got)
	}
	r := b.call("getUpdates", nil)
	ids, _ := decodeUpdates(t, r.Result)
	if !slices.Equal(ids, []int64{first, 900000000, 900000001}) || !strings.Contains(string(r.Result), "from the future") {
		t.Errorf("getUpdates = %s", r.Result)
	}
	for _, chat := range []int64{-5, 9} { // known now
		if b.send(chat, params{"text": "x"}); len(s.Messages(chat)) != 1 {
			t.Errorf("chat %d shows %v", chat, s.Messages(chat))
		}
	}
}

// Who only changed the bot's membership did not write; a group that took it in
// may be written to.
func TestMembershipUpdates(t *testing.T) {
	s, _ := newRecorded(t)
	b := newBot(t, s)
	s.Update(`{"my_chat_member":{"chat":{"id":7,"type":"private"}}}`)
	if r := b.call("sendMessage", params{"chat_id": 7, "text": "x"}); r.ErrorCode != 403 {
		t.Errorf("sendMessage to a person = %+v, want 403", r)
	}
	s.Update(`{"my_chat_member":{"chat":{"id":-5,"type":"group"}}}`)
	b.send(-5, params{"text": "x"})
}

func TestUpdateThatIsNoObject(t *testing.T) {
	s, _ := newRecorded(t)
	if got := fatalOf(func() { s.Update(`[1]`) }); !strings.Contains(got, "not a JSON object") {
		t.Errorf("Update fails the test with %q", got)
	}
}

func TestUpdatesExpire(t *testing.T) {
	s := New(t)
	now := time.Date(2025, 8, 1, 12, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	b := newBot(t, s)
	p := s.Person(reader, "ar")
	message := p.Send("x")
	press := p.PressForeign(1, "x")
	steps := []struct {
		after time.Duration
		want  []int64
	}{
		{150 * time.Second, []int64{message, press.Update}},
		{time.Second, []int64{message}},
		{24 * time.Hour, nil},
	}
	for _, step := range steps {
		now = now.Add(step.after)
		if got, _ := b.updates(nil); !slices.Equal(got, step.want) {
			t.Errorf("%v later: getUpdates = %v, want %v", step.after, got, step.want)
		}
	}
}

// A server that many talk to for long keeps only the last requests.
func TestKeep(t *testing.T) {
	s := New(t)
	s.Keep = 10
	b := newBot(t, s)
	for i := range 35 {
		b.call("getUpdates", params{"offset": i + 1})
	}
	got := s.Requests()
	if n := len(got); n < 10 || n > 20 || got[n-1].Params["offset"] != int64(35) || !got[n-1].Answered {
		t.Errorf("%d requests are kept, the last %+v", n, got[n-1])
	}
}
