package telegramtest

import (
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// A Fault is a kind of trouble.
type Fault string

// The kinds of trouble. After the last three a bot cannot know whether what it
// sent has arrived.
const (
	FaultFlood     Fault = "flood"      // 429 with a wait of one to three seconds
	FaultServer    Fault = "server"     // 500, 502 or 503 as the Bot API says it
	FaultSlow      Fault = "slow"       // an answer that takes Chaos.Slow
	FaultProxy     Fault = "proxy"      // 502 in HTML, carried out or not
	FaultCutBefore Fault = "cut before" // a connection cut before delivery
	FaultCutAfter  Fault = "cut after"  // a connection cut after delivery
)

// allFaults are the kinds of trouble in a fixed order.
var allFaults = []Fault{FaultFlood, FaultServer, FaultSlow, FaultProxy, FaultCutBefore, FaultCutAfter}

// Doubtful reports whether the bot cannot know what became of a request.
func (f Fault) Doubtful() bool {
	return f == FaultProxy || f == FaultCutBefore || f == FaultCutAfter
}

// Chaos injects faults at random into requests about messages: those that send,
// edit and delete, chat actions and answers to buttons. The same seed and the
// same order of requests give the same faults. Use it as
//
//	chaos := &telegramtest.Chaos{Seed: 1, Rate: 0.1}
//	s.Fail(chaos.Hook())
type Chaos struct {
	Seed uint64
	// Rate is the share of requests that meet trouble, from 0 to 1.
	Rate float64
	// Faults are the kinds of trouble; nil means all.
	Faults []Fault
	// Polls says that getUpdates meets trouble too.
	Polls bool
	// Slow is how long a slow answer takes; 0 means a second.
	Slow time.Duration

	mu     sync.Mutex
	counts map[Fault]int
	doubts []Doubt
}

// A Doubt is a request whose fate the bot cannot know.
type Doubt struct {
	Request Request
	Fault   Fault
	// Delivered says whether it was carried out: then sending it again doubles
	// it, else not sending it again loses it.
	Delivered bool
}

// Hook returns the hook for [Server.Fail].
func (c *Chaos) Hook() func(Request) *Failure {
	random := rand.New(rand.NewPCG(c.Seed, c.Seed)) //nolint:gosec // it must be the same each time
	kinds := c.Faults
	if kinds == nil {
		kinds = allFaults
	}
	return func(r Request) *Failure {
		counts, _ := limited(r.Method)
		if !counts && (!c.Polls || r.Method != "getUpdates") {
			return nil
		}
		if random.Float64() >= c.Rate {
			return nil
		}
		kind := kinds[random.IntN(len(kinds))]
		f := c.failure(kind, random)
		c.note(kind, r, f)
		return f
	}
}

// failure makes trouble of a kind.
func (c *Chaos) failure(kind Fault, random *rand.Rand) *Failure {
	switch kind {
	case FaultFlood:
		wait := 1 + random.IntN(3)
		return &Failure{
			Code: http.StatusTooManyRequests, RetryAfter: wait,
			Description: "Too Many Requests: retry after " + strconv.Itoa(wait),
		}
	case FaultServer:
		codes := []int{http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable}
		code := codes[random.IntN(len(codes))]
		return &Failure{Code: code, Description: http.StatusText(code)}
	case FaultSlow:
		slow := c.Slow
		if slow == 0 {
			slow = time.Second
		}
		return &Failure{Delay: slow}
	case FaultProxy:
		return &Failure{
			Status: http.StatusBadGateway, Late: random.IntN(2) == 0,
			Body: "<html><body><h1>502 Bad Gateway</h1></body></html>",
		}
	case FaultCutBefore:
		return &Failure{Cut: CutBefore}
	}
	return &Failure{Cut: CutAfter}
}

// note counts a fault, and remembers one that leaves a doubt.
func (c *Chaos) note(kind Fault, r Request, f *Failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = map[Fault]int{}
	}
	c.counts[kind]++
	if kind.Doubtful() && r.Method != "getUpdates" {
		c.doubts = append(c.doubts, Doubt{r, kind, f.Late || f.Cut == CutAfter})
	}
}

// Counts says how often each kind of trouble was met.
func (c *Chaos) Counts() map[Fault]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.counts)
}

// Doubts lists the requests whose fate the bot cannot know, in order.
func (c *Chaos) Doubts() []Doubt {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.doubts)
}

// Lost lists the messages to a chat, as the bot sent their texts, that were in
// doubt and never delivered: a bot that does not double loses them.
func (c *Chaos) Lost(chat int64) []string { return c.sent(chat, false) }

// Doubled lists the messages to a chat, as the bot sent their texts, that were in
// doubt and delivered: a bot that was killed may double them.
func (c *Chaos) Doubled(chat int64) []string { return c.sent(chat, true) }

func (c *Chaos) sent(chat int64, delivered bool) []string {
	var out []string
	for _, d := range c.Doubts() {
		if d.Delivered == delivered && d.Request.Method == "sendMessage" && d.Request.Params["chat_id"] == chat {
			text, _ := d.Request.Params["text"].(string)
			out = append(out, text)
		}
	}
	return out
}
