package metrics

import "time"

// done is the outcome of what a model was asked for and has given.
const done = "written"

// firstBuckets are upper bounds of the time that a model takes for its first
// sentence that stands, in seconds. The least of its limits and the highest are
// among them.
var firstBuckets = []float64{.25, .5, 1, 2, 3, 5, 8, 12, 20, 30, 45}

// addWriting adds what is counted of a model that writes.
func (m *Metrics) addWriting() {
	m.written = m.family("newsbot_written_answers_total", "counter", "Answers that a model was to write, by outcome.")
	m.removed = m.family("newsbot_removed_sentences_total", "counter", "Sentences of a model that did not stand, by what was wrong.")
	m.firsts = m.family("newsbot_first_sentence_seconds", "histogram", "Time until a model's first sentence that stands.")
	m.translations = m.family("newsbot_translations_total", "counter", "Quotes that a model was to translate, by outcome.")
}

// Written counts an answer that a model was to write. reason is why there is
// none, "" when there is one; removed is how many sentences did not stand, by
// what was wrong.
func (m *Metrics) Written(reason string, removed map[string]int) {
	if m == nil {
		return
	}
	m.written.count("outcome", outcome(reason))
	for kind, n := range removed {
		if n > 0 {
			m.removed.add(n, "kind", kind)
		}
	}
}

// FirstSentence counts the time until the first sentence of a model that stands.
func (m *Metrics) FirstSentence(took time.Duration) {
	if m == nil {
		return
	}
	m.firsts.set.GetOrCreatePrometheusHistogramExt(m.firsts.name, firstBuckets).Update(took.Seconds())
}

// Translated counts a quote that a model was to translate. reason is why there is
// no translation, "" when there is one.
func (m *Metrics) Translated(reason string) {
	if m == nil {
		return
	}
	m.translations.count("outcome", outcome(reason))
}

// outcome names a reason, and that there was none.
func outcome(reason string) string {
	if reason == "" {
		return done
	}
	return reason
}
