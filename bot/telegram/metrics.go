package telegram

// received counts an update that has arrived for the first time.
func (s *service) received(kind string) { s.config.Metrics.Update(kind) }

// measure lets the metrics know how much there is to do.
func (s *service) measure() {
	s.config.Metrics.Gauge("newsbot_queue_length", "Updates that wait for their turn.",
		func() float64 { return float64(s.boxes.waiting()) })
	s.config.Metrics.Gauge("newsbot_sends_waiting", "Calls that wait for their turn within Telegram's limits.",
		func() float64 { return float64(s.gateway.schedule.length()) })
}

// outcomes names the fates of calls for the metrics.
var outcomes = map[fate]string{
	delivered:    "delivered",
	unknown:      "unknown",
	undelivered:  "undelivered",
	postponed:    "postponed",
	moved:        "moved",
	blocked:      "blocked",
	closed:       "closed",
	unauthorized: "unauthorized",
	unparsed:     "unparsed",
	refused:      "refused",
}

// outcome counts an attempt to call a method.
func (g *gateway) outcome(method string, v verdict) {
	g.metrics.Send(method, outcomes[v.fate])
	if v.fate == postponed {
		g.metrics.Flood()
	}
}
