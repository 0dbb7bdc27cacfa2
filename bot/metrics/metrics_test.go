package metrics

import (
	"bytes"
	"errors"
	"flag"
	"math"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func written(t testing.TB, m *Metrics) string {
	t.Helper()
	var b bytes.Buffer
	n, err := m.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("WriteTo = %d, %v; it wrote %d bytes", n, err, b.Len())
	}
	return b.String()
}

// golden compares what is written with a file, and writes the file with -update.
func golden(t *testing.T, m *Metrics, file string) {
	t.Helper()
	got := written(t, m)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestExposition(t *testing.T) {
	m := New()
	golden(t, m, "testdata/new.prom")
	m.Build(`v1.2.3 "\` + "\n")
	m.Update("message")
	m.Update("message")
	m.Update("edited_message")
	m.Update("callback_query")
	m.Update("my_chat_member")
	m.Update("poll_answer")
	m.Update("other")
	m.Answer("answered", "ar", 4*time.Millisecond)
	m.Answer("answered", "ar", 35*time.Millisecond)
	m.Answer("nearest", "en", 300*time.Millisecond)
	m.Answer("declined", "en", 11*time.Second)
	m.Send("sendMessage", "delivered")
	m.Send("sendMessage", "delivered")
	m.Send("answerCallbackQuery", "unknown")
	m.Flood()
	m.Written("", map[string]int{"number": 2, "meaning": 1, "name": 0})
	m.Written("little", map[string]int{"number": 3})
	m.Written("", nil)
	m.FirstSentence(1700 * time.Millisecond)
	m.Translated("")
	m.Translated("model")
	waiting := 3.0
	m.Gauge("newsbot_queue_length", "Updates that wait.", func() float64 { return waiting })
	m.Gauge("newsbot_newest_article_age_seconds", "Age of the newest article.", func() float64 { return math.NaN() })
	waiting = 4
	golden(t, m, "testdata/used.prom")
}

// Labels from outside break no line and cost no memory.
func TestLabels(t *testing.T) {
	m := New()
	for _, s := range []string{"", "a\"} 1\nb", "سؤال", "12345:ABC", "with space", strings.Repeat("a", maxWord+1)} {
		m.Update(s)
		m.Send(s, s)
		m.Answer(s, s, time.Second)
		m.Written("x"+s, map[string]int{s: 1})
		m.Translated("x" + s)
	}
	got := written(t, m)
	for _, want := range []string{
		`newsbot_updates_total{kind="other"} 6`,
		`newsbot_sends_total{method="other",outcome="other"} 6`,
		`newsbot_answers_total{verdict="other",language="other"} 6`,
		`newsbot_written_answers_total{outcome="other"} 5`,
		`newsbot_removed_sentences_total{kind="other"} 6`,
		`newsbot_translations_total{outcome="other"} 5`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no line %s in\n%s", want, got)
		}
	}
}

// A gauge that is added again is that of the later one: a bot may start twice.
func TestGaugeAgain(t *testing.T) {
	m := New()
	for n := range 3 {
		m.Gauge("newsbot_queue_length", "Updates that wait.", func() float64 { return float64(n) })
	}
	got := written(t, m)
	if strings.Count(got, "\nnewsbot_queue_length ") != 1 || !strings.Contains(got, "\nnewsbot_queue_length 2\n") {
		t.Errorf("not the last gauge alone:\n%s", got)
	}
}

func TestProcess(t *testing.T) {
	m := New()
	m.Process(time.UnixMilli(1755680400500))
	got := written(t, m)
	if !strings.Contains(got, "\nprocess_start_time_seconds 1.7556804005e+09\n") {
		t.Errorf("no start time in\n%s", got)
	}
	for _, p := range process {
		if !strings.Contains(got, "\n"+p.name+" ") || strings.Contains(got, "\n"+p.name+" 0\n") {
			t.Errorf("%s is missing or zero in\n%s", p.name, got)
		}
	}
}

func TestNil(t *testing.T) {
	var m *Metrics
	m.Update("message")
	m.Answer("answered", "ar", time.Second)
	m.Send("sendMessage", "delivered")
	m.Flood()
	m.Written("", map[string]int{"number": 1})
	m.FirstSentence(time.Second)
	m.Translated("")
	m.Gauge("g", "", func() float64 { t.Error("asked"); return 0 })
	m.Build("1")
	m.Process(time.Now())
	if got := written(t, m); got != "" {
		t.Errorf("nothing counts, but it writes %q", got)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("gone") }

func TestReaderGone(t *testing.T) {
	if _, err := New().WriteTo(broken{}); err == nil {
		t.Error("no error from a reader that is gone")
	}
}

// Everybody counts while somebody reads.
func TestConcurrent(t *testing.T) {
	m := New()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				m.Update("message")
				m.Answer("answered", "en", time.Millisecond)
				m.Send("sendMessage", "delivered")
				m.Flood()
				m.Written("", map[string]int{"number": 2})
				m.FirstSentence(time.Millisecond)
				m.Gauge("g", "", func() float64 { return 1 })
				_, _ = m.WriteTo(&bytes.Buffer{})
			}
		})
	}
	all.Wait()
	got := written(t, m)
	for _, want := range []string{
		`newsbot_updates_total{kind="message"} 800`, `newsbot_answers_total{verdict="answered",language="en"} 800`,
		`newsbot_sends_total{method="sendMessage",outcome="delivered"} 800`, "newsbot_floods_total 800",
		`newsbot_answer_duration_seconds_count 800`, `newsbot_written_answers_total{outcome="written"} 800`,
		`newsbot_removed_sentences_total{kind="number"} 1600`, `newsbot_first_sentence_seconds_count 800`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no line %s in\n%s", want, got)
		}
	}
}
