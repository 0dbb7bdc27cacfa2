package remote

import (
	"math"
	"testing"
)

// FuzzDecode checks that no answer makes a vector that is none.
func FuzzDecode(f *testing.F) {
	for _, body := range []string{
		`{"data":[{"index":1,"embedding":[1,2]},{"index":0,"embedding":[-1,1e-9]}]}`,
		`{"data":[{"embedding":"AACAPwAAAEA="},{"embedding":[1e308,1e308]}]}`,
		`{"embeddings":[[1,2],[0.1,3]]}`,
		`{"embeddings":[[1e-320,0],[1,1]]}`,
		`{"data":[{"index":0,"embedding":"AADAfw=="}]}`,
		`{"data":null,"embeddings":[null,[]]}`,
		`<html>`, ``,
	} {
		f.Add([]byte(body), true, uint8(2), uint8(2))
		f.Add([]byte(body), false, uint8(2), uint8(0))
	}
	f.Fuzz(func(t *testing.T, body []byte, openAI bool, n, dim uint8) {
		p := Ollama
		if openAI {
			p = OpenAI
		}
		vectors, err := decode(p, body, int(n), int(dim))
		if err != nil {
			if vectors != nil {
				t.Errorf("%d vectors and %v", len(vectors), err)
			}
			return
		}
		if len(vectors) != int(n) {
			t.Errorf("%d vectors, want %d", len(vectors), n)
		}
		for _, v := range vectors {
			if dim != 0 && len(v) != int(dim) {
				t.Errorf("%d numbers, want %d", len(v), dim)
			}
			if length := math.Sqrt(float64(dot(v, v))); !(math.Abs(length-1) < 1e-3) {
				t.Errorf("a vector of length %v", length)
			}
		}
	})
}
