package retrieval

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	type sample struct {
		seconds int
		left    float64
	}
	tests := []struct {
		name        string
		samples     []sample
		speed, left float64 // in hundreds of milliseconds' precision
	}{
		{"nothing seen", nil, 0, 0},
		{"one look", []sample{{0, 100}}, 0, 0},
		{"steady", []sample{{0, 100}, {1, 90}, {2, 80}, {4, 60}}, 10, 6},
		{"looks between steps", []sample{{0, 100}, {1, 100}, {2, 80}, {3, 80}, {4, 60}}, 10, 6},
		{"more work comes", []sample{{0, 100}, {1, 90}, {2, 1090}, {3, 1080}}, 10, 108},
		{"the clock stands still", []sample{{0, 100}, {0, 50}, {5, 50}}, 10, 5},
		{"the clock goes back", []sample{{9, 100}, {5, 90}, {10, 90}}, 10, 9},
		{"done", []sample{{0, 100}, {10, 0}}, 10, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var p pace
			for _, s := range test.samples {
				p.observe(start.Add(time.Duration(s.seconds)*time.Second), s.left)
			}
			if diff := p.speed - test.speed; diff < -.01 || diff > .01 {
				t.Errorf("speed = %v, want %v", p.speed, test.speed)
			}
			if got := p.eta().Seconds(); got < test.left-.01 || got > test.left+.01 {
				t.Errorf("eta = %v s, want %v", got, test.left)
			}
		})
	}
}

// TestPaceFollows forgets how fast it was a minute ago.
func TestPaceFollows(t *testing.T) {
	var p pace
	now, left := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 1e6
	for _, speed := range []float64{3000, 200} {
		for range 60 {
			now, left = now.Add(time.Second), left-speed
			p.observe(now, left)
		}
		if p.speed < .95*speed || p.speed > 1.05*speed {
			t.Errorf("speed = %v after a minute of %v", p.speed, speed)
		}
	}
}
