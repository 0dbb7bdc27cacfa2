package eval

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// Values by hand: the discounts of ranks 1 to 4 are 1, .6309, .5, .4307.
func TestMetrics(t *testing.T) {
	tests := []struct {
		name              string
		ranking, relevant string
		hit1, hit5, hit10 float64
		mrr, ndcg         float64
	}{
		{"first", "a b c", "a", 1, 1, 1, 1, 1},
		{"second", "b a c", "a", 0, 1, 1, .5, .63093},
		{"fourth", "b c d a", "a", 0, 1, 1, .25, .43068},
		{"sixth", "b c d e f a", "a", 0, 0, 1, 1. / 6, .35621},
		{"tenth", "b c d e f g h i j a", "a", 0, 0, 1, .1, .28906},
		{"eleventh", "b c d e f g h i j k a", "a", 0, 0, 0, 0, 0},
		{"not at all", "b c", "a", 0, 0, 0, 0, 0},
		{"nothing found", "", "a", 0, 0, 0, 0, 0},
		{"nothing relevant", "a b", "", 0, 0, 0, 0, 0},
		{"both first", "b a c", "a b", 1, 1, 1, 1, 1},
		{"first and third of two", "a c b", "a b", 1, 1, 1, 1, (1 + .5) / 1.63093},
		{"second and fourth of three", "x a y b", "a b c", 0, 1, 1, .5, (.63093 + .43068) / 2.13093},
		{"twelve relevant, ten of them first", "a b c d e f g h i j", "a b c d e f g h i j k l", 1, 1, 1, 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			relevant := map[string]bool{}
			for _, d := range strings.Fields(tt.relevant) {
				relevant[d] = true
			}
			var got Ranking
			got.add(strings.Fields(tt.ranking), relevant)
			want := Ranking{1, tt.hit1, tt.hit5, tt.hit10, tt.mrr, tt.ndcg}
			if !near(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

// near compares two rankings to four places.
func near(a, b Ranking) bool {
	same := func(x, y float64) bool { return math.Abs(x-y) < 1e-4 }
	return a.Questions == b.Questions && same(a.Hit1, b.Hit1) && same(a.Hit5, b.Hit5) && same(a.Hit10, b.Hit10) &&
		same(a.MRR10, b.MRR10) && same(a.NDCG10, b.NDCG10)
}

func TestRankingMeans(t *testing.T) {
	var sum Ranking
	relevant := map[string]bool{"a": true}
	sum.add([]string{"a"}, relevant)
	sum.add([]string{"b", "a"}, relevant)
	var other Ranking
	other.add(nil, relevant)
	sum.merge(other)
	if got, want := sum.over(sum.Questions), (Ranking{3, 1. / 3, 2. / 3, 2. / 3, .5, 1.63093 / 3}); !near(got, want) {
		t.Errorf("means %+v, want %+v", got, want)
	}
}

func TestPercentile(t *testing.T) {
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(i+1))
	}
	tests := []struct {
		name string
		of   []time.Duration
		p    int
		want time.Duration
	}{
		{"of none", nil, 50, 0},
		{"of one", []time.Duration{7}, 99, 7},
		{"the median of two", []time.Duration{1, 2}, 50, 1},
		{"the median of three", []time.Duration{1, 2, 3}, 50, 2},
		{"95 of a hundred", hundred, 95, 95},
		{"99 of a hundred", hundred, 99, 99},
		{"99 of ten", hundred[:10], 99, 10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := percentile(tt.of, tt.p); got != tt.want {
				t.Errorf("percentile(%d) = %d, want %d", tt.p, got, tt.want)
			}
		})
	}
}

func TestLatencySorts(t *testing.T) {
	got := latency([]time.Duration{3 * time.Millisecond, time.Millisecond, 2500 * time.Microsecond}, 1)
	if want := (Latency{3, 2.5, 3, 3, 1}); got != want {
		t.Errorf("latency = %+v, want %+v", got, want)
	}
}

func TestNormalizedGold(t *testing.T) {
	got := normalized([]string{"الأخضر", " ", "\u200f", "GREEN", "٤٠"})
	if want := []string{"الاخضر", "green", "40"}; !slices.Equal(got, want) {
		t.Errorf("normalized = %q, want %q", got, want)
	}
	if !holds("باللون الأخْضر", got) || !holds("Painted green.", got) || holds("blue", got) {
		t.Error("holds does not compare normalised texts")
	}
}
