package telegram

import (
	"context"
	"database/sql"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/bot"
)

// What is being answered when the program is to stop is sent before it does.
func TestStopInMidAnswer(t *testing.T) {
	d := newDesk(t)
	begun, release := make(chan struct{}), make(chan struct{})
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		close(begun)
		<-release
		return says(e.Text, e.Text), nil
	}
	stop := d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	p.Send("later " + secret)
	<-begun
	d.cancel()
	close(release)
	if err := stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	if n := len(p.Received()); n != 2 {
		t.Errorf("%d messages, want the 2 of the reply that was begun", n)
	}
	if n, err := d.journal.Backlog(t.Context()); err != nil || n > 1 {
		t.Errorf("%d updates are unfinished, %v; want at most the later one", n, err)
	}
}

// What takes too long is cut, and begun again at the next start.
func TestDrainIsLimited(t *testing.T) {
	d := newDesk(t)
	d.config.Drain = 10 * time.Millisecond
	begun := d.stall()
	stop := d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	<-begun
	if err := stop(); err != nil || len(p.Received()) != 0 {
		t.Errorf("Run = %v, with %d messages", err, len(p.Received()))
	}
	if d.log.has("left behind") {
		t.Error("a handler that was cut did not end")
	}
	d.run()
	p.Wait(1)
}

// A commit that cannot be made does not hold up the stop: the message is sent
// again at the next start.
func TestStopWhileJournalIsLocked(t *testing.T) {
	d := newDesk(t)
	db := sabotage(t, d.dir)
	d.config.Drain = time.Millisecond
	var locked *sql.Tx
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if locked == nil {
			locked = db.lock()
		}
		return says(e.Text), nil
	}
	stop := d.run()
	p := d.server.Person(7, "en")
	p.Send(secret)
	p.Wait(1)
	if err := stop(); err != nil || d.log.has("left behind") {
		t.Errorf("Run = %v; log:\n%s", err, d.log.text())
	}
	if err := locked.Rollback(); err != nil {
		t.Fatal(err)
	}
	d.run()
	p.Wait(2)
	d.settled()
}

// A call may outlast the end of its context by lastTime, and no call takes longer
// than commitTime.
func TestFinish(t *testing.T) {
	tests := []struct {
		name string
		end  time.Duration // when the context ends
		want time.Duration
	}{
		{"ended before", 0, lastTime},
		{"ends meanwhile", time.Second, time.Second + lastTime},
		{"ends late", time.Hour, commitTime},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), tt.end)
				defer cancel()
				begun := time.Now()
				err := finish(ctx, func(ctx context.Context) error {
					<-ctx.Done()
					return ctx.Err()
				})
				if got := time.Since(begun); err == nil || got != tt.want {
					t.Errorf("finish = %v after %v, want it to be cut after %v", err, got, tt.want)
				}
			})
		})
	}
}

// All that is waited for at a stop fits into the 10 seconds that a program has.
func TestStopTimes(t *testing.T) {
	if lastTime >= cutTime || defaultDrain+cutTime > 8*time.Second {
		t.Errorf("a stop waits %v and %v, a commit %v", defaultDrain, cutTime, lastTime)
	}
}

// A handler that does not even notice that it is cut is left behind.
func TestStuckHandler(t *testing.T) {
	d := newDesk(t)
	d.config.Drain = time.Millisecond
	begun, release, gone := make(chan struct{}), make(chan struct{}), make(chan struct{})
	d.respond = func(context.Context, bot.Event) (reply, error) {
		defer close(gone)
		close(begun)
		<-release
		return reply{}, nil
	}
	stop := d.run()
	d.server.Person(7, "en").Send(secret)
	<-begun
	if err := stop(); err != nil {
		t.Errorf("Run = %v", err)
	}
	close(release)
	<-gone
	d.settled()
}
