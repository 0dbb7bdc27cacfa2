package writer

import (
	"container/list"
	"crypto/sha256"
	"fmt"
	"sync"
)

// maxCached is how many translations are remembered.
const maxCached = 256

// A cacheKey stands for a model, two languages and a text.
type cacheKey [sha256.Size]byte

func keyOf(parts ...string) cacheKey {
	return sha256.Sum256(fmt.Appendf(nil, "%q", parts))
}

// A cache has the translations asked for last. It is safe for concurrent use.
type cache struct {
	mu    sync.Mutex
	order list.List // of cached, the latest first
	found map[cacheKey]*list.Element
}

type cached struct {
	key  cacheKey
	text string
}

func (c *cache) get(key cacheKey) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.found[key]
	if !ok {
		return "", false
	}
	c.order.MoveToFront(e)
	return e.Value.(cached).text, true
}

func (c *cache) put(key cacheKey, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.found == nil {
		c.found = map[cacheKey]*list.Element{}
	}
	if old, ok := c.found[key]; ok {
		c.order.Remove(old)
	}
	c.found[key] = c.order.PushFront(cached{key, text})
	if c.order.Len() > maxCached {
		last := c.order.Remove(c.order.Back()).(cached)
		delete(c.found, last.key)
	}
}
