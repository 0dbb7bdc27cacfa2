package bot

import (
	"maps"
	"sync"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// mostInline is how many questions are remembered, at some kilobytes each.
const mostInline = 500

// An inlines remembers what was found for questions that people have typed in other chats, for inlineFor and until the
// collection changes. It is kept in memory alone. Its methods are safe for concurrent use.
type inlines struct {
	mu    sync.Mutex
	state string // of the collection
	found map[inlineKey]inlineFound
}

// An inlineKey is what somebody has asked.
type inlineKey struct {
	person   int64
	question string
	lang     text.Language // of the frame
}

type inlineFound struct {
	citations []retrieval.Citation // nobody changes them
	until     time.Time
}

// find returns what was found; ok is false when that is not known, or no longer.
func (m *inlines) find(k inlineKey, state string, now time.Time) (citations []retrieval.Citation, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sweep(state, now)
	f, ok := m.found[k]
	return f.citations, ok
}

// keep remembers what was found. When there is no room, all else is forgotten.
func (m *inlines) keep(k inlineKey, state string, citations []retrieval.Citation, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sweep(state, now)
	if m.found == nil || len(m.found) >= mostInline {
		m.found = map[inlineKey]inlineFound{}
	}
	m.found[k] = inlineFound{citations, now.Add(inlineFor)}
}

// forget drops what a person has asked.
func (m *inlines) forget(person int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.found, func(k inlineKey, _ inlineFound) bool { return k.person == person })
}

// sweep drops what is no longer true.
func (m *inlines) sweep(state string, now time.Time) {
	if m.state != state {
		m.state, m.found = state, nil
	}
	maps.DeleteFunc(m.found, func(_ inlineKey, f inlineFound) bool { return !f.until.After(now) })
}
