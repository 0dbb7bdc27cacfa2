package eval

import "math"

// bins is how many a calibration has, all of the same width.
const bins = 10

// Calibration says how far the probabilities can be believed: it compares them with
// how often a question is answerable, which is that a document relevant to it stands
// in the index. It is over all questions of a cell that have or had such a document,
// and those of other sets.
type Calibration struct {
	Questions int `json:"questions"`
	// ECE is the expected calibration error, the mean over the questions of how far
	// predicted and observed are apart in their bins; Brier is the mean of the squared
	// difference between a probability and 1 for what is answerable, 0 for what is not.
	// Both are from 0, which is best, to 1.
	ECE   float64 `json:"ece"`
	Brier float64 `json:"brier"`
	Bins  []Bin   `json:"bins"` // those that have questions, by probability
}

// A Bin holds the questions whose probability is at least From and below To; the last
// one those of 1, too.
type Bin struct {
	From      float64 `json:"from"`
	To        float64 `json:"to"`
	Questions int     `json:"questions"`
	Predicted float64 `json:"predicted"` // the mean probability
	Observed  float64 `json:"observed"`  // the share that is answerable
	// Low and High are the bounds of Observed at 95 % (Wilson 1927).
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// calibration is nil of no questions.
func calibration(answerable, unanswerable []outcome) *Calibration {
	out := &Calibration{Questions: len(answerable) + len(unanswerable)}
	if out.Questions == 0 {
		return nil
	}
	var all [bins]Bin
	count := func(outcomes []outcome, truth float64) {
		for _, o := range outcomes {
			b := &all[min(int(o.probability*bins), bins-1)]
			b.Questions++
			b.Predicted += o.probability
			b.Observed += truth
			out.Brier += (o.probability - truth) * (o.probability - truth) / float64(out.Questions)
		}
	}
	count(answerable, 1)
	count(unanswerable, 0)
	for i, b := range all {
		if b.Questions == 0 {
			continue
		}
		n := float64(b.Questions)
		b.From, b.To = float64(i)/bins, float64(i+1)/bins
		b.Predicted, b.Observed = b.Predicted/n, b.Observed/n
		b.Low, b.High = wilson(b.Observed, n)
		out.ECE += math.Abs(b.Predicted-b.Observed) * n / float64(out.Questions)
		out.Bins = append(out.Bins, b)
	}
	return out
}

// wilson is the interval in which a share lies at 95 % that was observed of n.
func wilson(share, n float64) (low, high float64) {
	const z = 1.959964
	middle := (share + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
	return max(middle-half, 0), min(middle+half, 1)
}
