package telegram

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const testCode = "K7MPX2QW"

func TestClaim(t *testing.T) {
	d := newDesk(t)
	d.config.Confirmation = "You are <the> admin & more."
	stranger, owner := d.server.Person(1, "en"), d.server.Person(2, "ar")
	stranger.Send(secret)
	stranger.Send(testCode + "x")
	stranger.Send("it is " + testCode)
	d.server.Update(map[string]any{"message": map[string]any{
		"message_id": 1, "date": 1700000000, "chat": map[string]any{"id": -5, "type": "group", "title": "x"},
		"from": map[string]any{"id": 3, "is_bot": false, "first_name": "x"}, "text": testCode,
	}})
	owner.Send("/start " + secret)
	owner.Send("\u200f " + testCode + " \n")
	owner.Send("later " + secret)
	person, err := Claim(t.Context(), d.config, testCode)
	if err != nil || person != 2 {
		t.Fatalf("Claim = %d, %v, want 2", person, err)
	}
	if diff := cmp.Diff([]string{d.config.Confirmation}, texts(owner.Received())); diff != "" || len(stranger.Received()) > 0 {
		t.Errorf("messages to the owner -want +got:\n%s\nand to a stranger: %v", diff, texts(stranger.Received()))
	}
	d.run()
	want := []string{d.config.Confirmation, "re /start " + secret, "re later " + secret}
	if diff := cmp.Diff(want, texts(owner.Wait(3))); diff != "" {
		t.Errorf("messages afterwards -want +got:\n%s", diff)
	}
	if got := texts(stranger.Wait(3)); len(got) != 3 || got[0] != "re "+secret {
		t.Errorf("messages to a stranger afterwards: %v", got)
	}
}

// What people say to each other in a group meanwhile is not kept.
func TestClaimUnheard(t *testing.T) {
	d := newDesk(t)
	d.server.Group(testGroup, false)
	d.server.Person(7, "ar").Say(testGroup, "بيننا "+secret)
	asked := d.server.Person(7, "ar").Say(testGroup, d.ask("من فاز؟"))
	d.server.Person(2, "ar").Send(testCode)
	if _, err := Claim(t.Context(), d.config, testCode); err != nil {
		t.Fatal(err)
	}
	d.keepsNo(secret)
	d.run()
	d.done(asked)
	if e := d.handled(); len(e) != 1 || e[0].Text != "من فاز؟" {
		t.Errorf("events %+v, want the question", e)
	}
}

// The code may come in letters of any case, and through a link.
func TestSameCode(t *testing.T) {
	tests := []struct {
		sent string
		want bool
	}{
		{testCode, true},
		{strings.ToLower(testCode), true},
		{"\u200f " + testCode + " \n", true},
		{testCode + "x", false},
		{testCode[1:], false},
		{"", false},
	}
	for _, tt := range tests {
		if got := sameCode(tt.sent, testCode); got != tt.want {
			t.Errorf("sameCode(%q) = %v, want %v", tt.sent, got, tt.want)
		}
	}
}

func TestClaimByLink(t *testing.T) {
	d := newDesk(t)
	owner := d.server.Person(2, "ar")
	owner.Send("/help " + testCode)
	owner.Send("/start " + testCode)
	if person, err := Claim(t.Context(), d.config, testCode); err != nil || person != 2 {
		t.Errorf("Claim = %d, %v, want 2", person, err)
	}
}

// A journal that cannot be written is waited for.
func TestClaimWithoutJournal(t *testing.T) {
	d := newDesk(t)
	db := sabotage(t, d.dir)
	db.exec("ALTER TABLE inbox RENAME TO away")
	owner := d.server.Person(2, "ar")
	owner.Send(testCode)
	type result struct {
		person int64
		err    error
	}
	done := make(chan result)
	go func() {
		person, err := Claim(t.Context(), d.config, testCode)
		done <- result{person, err}
	}()
	d.until("a commit has failed", func() bool { return d.log.count("updates cannot be received") > 0 })
	db.exec("ALTER TABLE away RENAME TO inbox")
	if got := <-done; got != (result{person: 2}) {
		t.Errorf("Claim = %+v, want 2", got)
	}
}

// A claim that nobody makes loses nothing either.
func TestClaimGivenUp(t *testing.T) {
	d := newDesk(t)
	p := d.server.Person(1, "en")
	id := p.Send(secret)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := Claim(ctx, d.config, testCode)
		done <- err
	}()
	d.server.WaitConfirmed(id)
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Claim = %v", err)
	}
	d.run()
	p.Wait(1)
}

func TestClaimRefused(t *testing.T) {
	d := newDesk(t)
	d.server.AllowRefusals(true)
	d.config.Token = "1:wrong"
	if _, err := Claim(t.Context(), d.config, testCode); !errors.Is(err, ErrUnauthorized) {
		t.Errorf("Claim = %v", err)
	}
	if _, err := Claim(t.Context(), d.config, ""); err == nil || strings.Contains(err.Error(), "1:wrong") {
		t.Errorf("Claim without a code = %v", err)
	}
}
