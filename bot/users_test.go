package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/bot/journal"
)

// A press leaves everybody where he was, and says what became of the one it was
// about; when the page is turned, the list is in order again.
func TestUsersStayInPlace(t *testing.T) {
	w := invited(newWorld(t))
	for i, name := range []string{"Omar", "ليلى", "", "Salma"} {
		w.handle(w.named(int64(100+i), "?", name, ""))
		w.now = w.now.Add(time.Second)
	}
	list := w.send(admin, "/users")
	if got, want := bare(rowsOf(list)), "Allow [1] Omar Deny [1] Omar|Allow [2] ليلى Deny [2] ليلى|Allow [3] 102 Deny [3] 102|Allow [4] Salma Deny [4] Salma"; got != want {
		t.Errorf("the buttons are %s; want %s", got, want)
	}
	w.now = w.now.Add(time.Second)
	deny := w.pressed(admin, list.Messages[0].Buttons[1][1].Data)
	denied := w.handle(deny)
	if again := w.again(deny); show(again) != show(denied) {
		t.Errorf("handled again: %s; want %s", show(again), show(denied))
	}
	w.now = w.now.Add(time.Second)
	allowed := w.press(admin, denied.Edit.Buttons[0][0].Data)
	if got, want := bare(rowsOf(Reply{Edit: allowed.Edit})), "Allowed: [1] Omar|Denied: [2] ليلى|Allow [3] 102 Deny [3] 102|Allow [4] Salma Deny [4] Salma"; got != want {
		t.Errorf("the buttons are %s; want %s", got, want)
	}
	said := bare(allowed.Edit.Document.HTML(testLink))
	for _, s := range []string{"[1] Omar, 100, 20 August 2025, allowed\n", "[2] ليلى, 101, 20 August 2025, denied\n", "[3] 102, 20 August 2025\n"} {
		if !strings.Contains(said, s) {
			t.Errorf("the list lacks %q:\n%s", s, said)
		}
	}
	again := w.press(admin, allowed.Edit.Buttons[1][0].Data)
	if again.Notice != "This was decided already. You have denied this person." || len(again.Messages) > 0 || show(Reply{Edit: again.Edit}) != show(Reply{Edit: allowed.Edit}) {
		t.Errorf("pressed again: %s", show(again))
	}
	turned := w.press(admin, "n:0")
	if got, want := bare(rowsOf(Reply{Edit: turned.Edit})), "Allow [1] 102 Deny [1] 102|Allow [2] Salma Deny [2] Salma"; got != want {
		t.Errorf("when the page is turned, the buttons are %s; want %s", got, want)
	}
}

// Nobody is passed over when a page is turned after decisions.
func TestUsersNextPage(t *testing.T) {
	w := invited(newWorld(t))
	for i := range 15 {
		w.handle(w.named(int64(100+i), "?", "", ""))
		w.now = w.now.Add(time.Second)
	}
	r := w.press(admin, "n:0")
	for i := range 4 {
		w.now = w.now.Add(time.Second)
		r = w.press(admin, r.Edit.Buttons[i][0].Data)
	}
	next := w.press(admin, button(t, Reply{Edit: r.Edit}, "Next"))
	for i := range 5 {
		if got, want := bare(next.Edit.Buttons[i][0].Label), fmt.Sprintf("Allow [%d] %d", i+1, 110+i); got != want {
			t.Errorf("row %d begins with %q; want %q", i, got, want)
		}
	}
	if first := w.press(admin, button(t, next, "Previous")); bare(first.Edit.Buttons[0][0].Label) != "Allow [1] 104" {
		t.Errorf("the first page: %s", show(first))
	}
}

// A label shows whose it is, whatever he calls himself, and data are bounded.
func TestUserLabels(t *testing.T) {
	for name, hostile := range hostileTexts() {
		got := shortName(journal.Access{Person: 1<<52 - 1, Name: called(hostile), Username: called(hostile)})
		if n := utf8.RuneCountInString(got); n < 3 || n > 20 || !strings.HasPrefix(got, fsi) || !strings.HasSuffix(got, pdi) {
			t.Errorf("%s: %q", name, got)
		}
	}
	long := journal.Access{Person: 1, Name: strings.Repeat("Salma ", 10)}
	if got := bare(shortName(long)); got != "Salma…" {
		t.Errorf("a long name is shown as %q", got)
	}
	p := usersPage{1 << 30, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
	data := decision(1<<52-1, journal.Allowed) + ":" + p.String()
	w := newWorld(t)
	got, ok := turn{Dialogue: w.Dialogue}.usersPage(strings.Split(p.String(), ":"))
	if len(data) > 64 || !ok || got.from != p.from || !got.since.Equal(p.since) {
		t.Errorf("%q has %d bytes and means %+v, %t", data, len(data), got, ok)
	}
	if !slices.Equal(strings.Split(data, ":")[3:], strings.Split(p.String(), ":")) {
		t.Errorf("the data are %q", data)
	}
}
