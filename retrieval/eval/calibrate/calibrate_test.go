package main

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"newsbot/retrieval"
	"newsbot/retrieval/eval"
)

// samples are drawn from a logistic model: the first signal tells, the second a little,
// those given what they are given, the rest nothing, and questions in the other language begin lower.
func samples(n int) []sample {
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]sample, n)
	for i := range all {
		evidence := make([]float64, len(retrieval.EvidenceNames()))
		for k := range evidence {
			evidence[k] = r.NormFloat64()
		}
		query, logit := "en", 2*evidence[0]-evidence[1]
		for k, name := range retrieval.EvidenceNames() {
			logit += given[name] * evidence[k]
		}
		if i%2 == 1 {
			query, logit = "ar", logit-1
		}
		all[i] = sample{Collection: "alone", Kind: "topic", WeighedQuestion: eval.WeighedQuestion{
			Set: "city", Article: string(rune('a' + i%50)), Gold: true, Answerable: r.Float64() < sigmoid(logit),
			QueryLang: query, CorpusLang: "en", Evidence: evidence,
		}}
	}
	return all
}

// The weights that samples were drawn by are found again, but for the bias, which says
// that answerable questions count as much as the others.
func TestFit(t *testing.T) {
	rows := rowsOf(samples(20000))
	signals := len(retrieval.EvidenceNames())
	w, err := fit(rows, signals, func(*row) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, signals)
	want[0], want[1] = 2, -1
	for i := range want {
		if math.Abs(w[i]-want[i]) > 0.15 {
			t.Errorf("weight %d = %.2f, want %.2f", i, w[i], want[i])
		}
	}
	for i, d := range directions {
		if used := strings.HasSuffix(d, "->en"); used != (w[signals+i] != 0) {
			t.Errorf("bias of %s = %g", d, w[signals+i])
		}
	}
}

func TestReport(t *testing.T) {
	var out strings.Builder
	if err := report(&out, samples(4000)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"weights: asked", "thresholds en->en: low 0.", "thresholds ar->en: low 0.", "| alone | topic | city | en->en | 2000 |"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "thresholds ar->ar") {
		t.Error("there are thresholds of a direction that nothing was asked in")
	}
	if err := report(&out, nil); err == nil {
		t.Error("nothing was fitted to nothing")
	}
	few := samples(10)
	few[0].Evidence = few[0].Evidence[:1]
	if err := report(&out, few); err == nil || !strings.Contains(err.Error(), "gather") {
		t.Errorf("of samples with other signals: %v", err)
	}
}

// Thresholds refuse the share that they are to refuse.
func TestThresholds(t *testing.T) {
	rows := rowsOf(samples(4000))
	for i := range rows {
		rows[i].logit = rows[i].Evidence[0]
	}
	p := printer{out: &strings.Builder{}}
	at := p.thresholds(rows)["en->en"]
	var kept []float64
	for i := range rows {
		if r := &rows[i]; r.Answerable && r.direction() == "en->en" {
			kept = append(kept, r.logit)
		}
	}
	for i, share := range refusals {
		if got := 1 - from(kept, at[i]); math.Abs(got-share) > 0.002 {
			t.Errorf("threshold %d refuses %.3f, want %.3f", i, got, share)
		}
	}
}

func TestAUROC(t *testing.T) {
	for _, tt := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{2, 3}, []float64{1, 0}, 1},
		{[]float64{1}, []float64{1}, 0.5},
		{[]float64{0, 3}, []float64{2, 1}, 0.5},
	} {
		if got := auroc(tt.a, tt.b); got != tt.want {
			t.Errorf("auroc(%v, %v) = %g, want %g", tt.a, tt.b, got, tt.want)
		}
	}
}
