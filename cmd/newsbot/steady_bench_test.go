package main

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
	"newsbot/retrieval"
)

var steadyRate = flag.Int("steady.rate", 20, "questions a second of BenchmarkSteady; 0 asks the next one when the last is answered")

// steadyChats is how many people ask in BenchmarkSteady, one after the other.
const steadyChats = 200

// BenchmarkSteady is the time from an update at the Bot API server to the answer
// there over a large collection, such as one that the benchmarks of package
// retrieval have made, while questions of different people come at a steady rate,
// whether those before are answered or not:
//
//	NEWSBOT_COLLECTION=DIR/10000 go test -run '^$' -bench Steady -benchtime 1000x ./cmd/newsbot
//	NEWSBOT_COLLECTION=DIR/10000 go test -run '^$' -bench Steady -benchtime 300x ./cmd/newsbot -steady.rate 0
func BenchmarkSteady(b *testing.B) {
	collection := os.Getenv(collectionEnv)
	if collection == "" {
		b.Skipf("%s names no data folder", collectionEnv)
	}
	encoder, err := newEncoder()
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir() // what is asked is kept in the data folder
	if err := os.CopyFS(dir, os.DirFS(collection)); err != nil {
		b.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "bot.db")); err != nil && !os.IsNotExist(err) {
		b.Fatal(err)
	}
	s := telegramtest.New(b)
	stop := serveInside(b, s, dir, func() (retrieval.Encoder, error) { return encoder, nil })
	defer stop()
	w := newSteadyWatch(s)
	questions := sampleQuestions(b)
	for i := range 20 { // the first questions find everything cold
		w.ask(i, questions[i%len(questions)].text)
		w.wait(i + 1)
	}
	w.forget()
	asked := 0
	b.ResetTimer()
	for b.Loop() {
		w.pace(*steadyRate)
		w.ask(asked, questions[asked%len(questions)].text)
		if asked++; *steadyRate == 0 {
			w.wait(asked)
		}
	}
	w.wait(asked)
	b.StopTimer()
	reportTimes(b, w.took)
}

// A steadyWatch is people who ask, and the times until they were answered.
type steadyWatch struct {
	server *telegramtest.Server
	people []*telegramtest.Person
	asked  map[int64][]time.Time // by chat, what is not answered
	seen   int                   // requests
	took   []time.Duration
	next   time.Time // when the next question comes, at a pace
}

func newSteadyWatch(s *telegramtest.Server) *steadyWatch {
	w := &steadyWatch{server: s, asked: map[int64][]time.Time{}}
	for i := range steadyChats {
		w.people = append(w.people, s.Person(int64(1000+i), cmp.Or(map[int]string{0: "ar"}[i%2], "en")))
	}
	return w
}

// pace waits until the next question is to come at a rate a second; 0 is at once.
// Questions that are late make up for it.
func (w *steadyWatch) pace(rate int) {
	if rate == 0 {
		return
	}
	if w.next.IsZero() {
		w.next = time.Now()
	}
	time.Sleep(time.Until(w.next))
	w.next = w.next.Add(time.Second / time.Duration(rate))
}

// ask asks the nth question.
func (w *steadyWatch) ask(n int, question string) {
	p := w.people[n%len(w.people)]
	w.asked[p.ID] = append(w.asked[p.ID], time.Now())
	p.Send(question)
}

// wait waits until n questions have been answered.
func (w *steadyWatch) wait(n int) {
	w.server.WaitRequests(func(rs []telegramtest.Request) bool {
		for ; w.seen < len(rs); w.seen++ {
			w.note(rs[w.seen])
		}
		return len(w.took) >= n
	})
}

// note takes the time of a request that is an answer.
func (w *steadyWatch) note(r telegramtest.Request) {
	chat, _ := r.Params["chat_id"].(int64)
	if r.Method != "sendMessage" || len(w.asked[chat]) == 0 {
		return
	}
	w.took = append(w.took, r.Time.Sub(w.asked[chat][0]))
	w.asked[chat] = w.asked[chat][1:]
}

func (w *steadyWatch) forget() { w.took = nil }
