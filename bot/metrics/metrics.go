package metrics

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// other is the label of what has no name here.
const other = "other"

// buckets are upper bounds of the time that an answer takes, in seconds. The
// times that the program promises are among them.
var buckets = []float64{.005, .01, .02, .035, .06, .1, .2, .3, .5, 1, 2.5, 5, 10}

// Metrics are the numbers of one bot. A nil Metrics counts nothing. Its methods
// are safe for concurrent use.
type Metrics struct {
	updates, answers, durations, sends     *family
	written, removed, firsts, translations *family
	floods                                 *metrics.Counter

	mu       sync.Mutex // guards families
	families []*family  // in the order of their names
}

// A family is a metric with all its labels. The library is left the counting;
// what it says of a metric has no help in it, and is a matter of the whole
// program.
type family struct {
	name, kind, help string
	set              *metrics.Set
}

// New returns metrics that stand at zero.
func New() *Metrics {
	m := &Metrics{}
	m.updates = m.family("newsbot_updates_total", "counter", "Updates received from Telegram, by kind.")
	m.answers = m.family("newsbot_answers_total", "counter", "Questions answered, by verdict and language of the answer.")
	m.durations = m.family("newsbot_answer_duration_seconds", "histogram", "Time from a question to its answer, without sending it.")
	m.sends = m.family("newsbot_sends_total", "counter", "Calls that show something to people, by method and outcome; each attempt counts.")
	floods := m.family("newsbot_floods_total", "counter", "Calls that Telegram put off because there were too many (429).")
	m.floods = floods.set.NewCounter(floods.name)
	m.durations.set.NewPrometheusHistogramExt(m.durations.name, buckets)
	m.addWriting()
	return m
}

// family adds a family, in place of one of the same name.
func (m *Metrics) family(name, kind, help string) *family {
	f := &family{name: name, kind: kind, help: help, set: metrics.NewSet()}
	m.mu.Lock()
	defer m.mu.Unlock()
	i, found := slices.BinarySearchFunc(m.families, name, func(f *family, name string) int { return strings.Compare(f.name, name) })
	if found {
		m.families[i] = f
	} else {
		m.families = slices.Insert(m.families, i, f)
	}
	return f
}

// kinds are those of updates that Update tells apart.
var kinds = []string{"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}

// Update counts an update that has arrived: "message", "edited_message",
// "callback_query", "inline_query" or "my_chat_member"; all others are "other".
func (m *Metrics) Update(kind string) {
	if m == nil {
		return
	}
	if !slices.Contains(kinds, kind) {
		kind = other
	}
	m.updates.count("kind", kind)
}

// Answer counts an answer to a question and the time that it took.
func (m *Metrics) Answer(verdict, language string, took time.Duration) {
	if m == nil {
		return
	}
	m.answers.count("verdict", verdict, "language", language)
	m.durations.set.GetOrCreatePrometheusHistogramExt(m.durations.name, buckets).Update(took.Seconds())
}

// Send counts an attempt to call a method of the Bot API, and what became of it:
// "delivered", "unknown" and so on.
func (m *Metrics) Send(method, outcome string) {
	if m == nil {
		return
	}
	m.sends.count("method", method, "outcome", outcome)
}

// Flood counts a call that Telegram put off with a 429.
func (m *Metrics) Flood() {
	if m == nil {
		return
	}
	m.floods.Inc()
}

// Gauge adds a number that value knows, in place of one of the same name. It is
// asked for whenever the metrics are written; what is unknown is NaN.
func (m *Metrics) Gauge(name, help string, value func() float64) {
	if m == nil {
		return
	}
	f := m.family(name, "gauge", help)
	f.set.NewGauge(f.name, value)
}

// Build says which version of the program this is.
func (m *Metrics) Build(version string) {
	if m == nil {
		return
	}
	f := m.family("newsbot_build_info", "gauge", "Which newsbot this is; the value is always 1.")
	version = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(version)
	f.set.NewGauge(f.name+`{version="`+version+`"}`, func() float64 { return 1 })
}

// WriteTo writes the metrics in Prometheus' text format, version 0.0.4.
func (m *Metrics) WriteTo(w io.Writer) (int64, error) {
	if m == nil {
		return 0, nil
	}
	m.mu.Lock()
	families := slices.Clone(m.families)
	m.mu.Unlock()
	var b bytes.Buffer // a slow reader must not keep anybody from counting
	for _, f := range families {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", f.name, f.help, f.name, f.kind)
		f.set.WritePrometheus(&b)
	}
	return b.WriteTo(w)
}

// count adds one to the counter with these labels, which are names and values in
// turn.
func (f *family) count(labels ...string) { f.add(1, labels...) }

// add adds n to the counter with these labels.
func (f *family) add(n int, labels ...string) {
	var b strings.Builder
	b.WriteString(f.name)
	for i := 0; i < len(labels); i += 2 {
		fmt.Fprintf(&b, `%c%s="%s"`, "{,"[min(i, 1)], labels[i], word(labels[i+1]))
	}
	b.WriteByte('}')
	f.set.GetOrCreateCounter(b.String()).Add(n)
}

// maxWord is how long a label may be; those of the Bot API's methods are longer
// than ours.
const maxWord = 40

// word is a label's value: one word of letters, or "other". So what comes from
// outside by mistake can break nothing.
func word(s string) string {
	letter := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' }
	if s == "" || len(s) > maxWord || strings.ContainsFunc(s, func(r rune) bool { return !letter(r) }) {
		return other
	}
	return s
}
