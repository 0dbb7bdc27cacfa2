package bot

import "sync"

// mostAlbums is how many albums are remembered.
const mostAlbums = 1000

// An albums remembers the albums that came last, so that each is spoken of once.
type albums struct {
	mu   sync.Mutex
	seen map[string]bool
}

// first reports whether an album has not come yet.
func (a *albums) first(id string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.seen[id] {
		return false
	}
	if len(a.seen) >= mostAlbums || a.seen == nil {
		a.seen = map[string]bool{}
	}
	a.seen[id] = true
	return true
}
