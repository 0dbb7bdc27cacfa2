package retrieval

import (
	"sync"

	"newsbot/corpus/text"
)

// cachedWords is the size of one of the two generations of translated words that
// are remembered, of about a kilobyte each.
const cachedWords = 2048

// translated remembers translations as long as the vocabulary stays as it is: what
// it returns is what would be found again. The zero value is ready; it is safe for
// concurrent use.
type translated struct {
	mu         sync.Mutex
	version    int // of the vocabulary
	young, old map[translatedWord][]translation
}

type translatedWord struct {
	from, to text.Language
	questionWord
}

// get returns the translations of a word, and whether they are remembered.
func (t *translated) get(version int, w translatedWord) ([]translation, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.version != version {
		return nil, false
	}
	list, ok := t.young[w]
	if !ok {
		list, ok = t.old[w]
	}
	return list, ok
}

// put remembers those of a word, and forgets the older generation when the younger
// one is full.
func (t *translated) put(version int, w translatedWord, list []translation) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.version != version {
		t.version, t.young, t.old = version, nil, nil
	}
	if t.young == nil || len(t.young) >= cachedWords {
		t.old, t.young = t.young, make(map[translatedWord][]translation)
	}
	t.young[w] = list
}
