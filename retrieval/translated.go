package retrieval

import (
	"sync"

	"newsbot/corpus/text"
)

// cachedWords is the size of one of the two generations of words of questions that
// are remembered: about a kilobyte each for its translations, half of one for its
// meaning.
const cachedWords = 2048

// A wordCache remembers what was found of words as long as the vocabulary stays as it
// is: what it returns is what would be found again. The zero value is ready; it is
// safe for concurrent use.
type wordCache[V any] struct {
	mu         sync.Mutex
	version    int // of the vocabulary
	young, old map[translatedWord]V
}

// A translatedWord has no language to translate to when its meaning is all that is
// remembered.
type translatedWord struct {
	from, to text.Language
	questionWord
}

// get returns what was found of a word, and whether it is remembered.
func (t *wordCache[V]) get(version int, w translatedWord) (found V, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.version != version {
		return found, false
	}
	if found, ok = t.young[w]; !ok {
		found, ok = t.old[w]
	}
	return found, ok
}

// put remembers what was found of a word, and forgets the older generation when the younger
// one is full.
func (t *wordCache[V]) put(version int, w translatedWord, found V) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.version != version {
		t.version, t.young, t.old = version, nil, nil
	}
	if t.young == nil || len(t.young) >= cachedWords {
		t.old, t.young = t.young, make(map[translatedWord]V)
	}
	t.young[w] = found
}
