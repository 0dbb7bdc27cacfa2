package remote

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// An openAIAnswer is what the API of OpenAI answers, as far as it is needed.
type openAIAnswer struct {
	Data []struct {
		Index     *int            `json:"index"` // some leave it out
		Embedding json.RawMessage `json:"embedding"`
	} `json:"data"`
}

// An ollamaAnswer is what Ollama answers.
type ollamaAnswer struct {
	Embeddings []json.RawMessage `json:"embeddings"`
}

// errLength says that vectors have another length than they had.
var errLength = errors.New("the length of the vectors is wrong")

// decode reads the vectors of n texts out of an answer, in the order of the texts and of
// length 1. dim is how many numbers each must have, 0 for as many as the first one.
// The error is errLength, wrapped, or says that the answer is malformed.
func decode(p Provider, body []byte, n, dim int) ([][]float32, error) {
	raw, err := inOrder(p, body)
	if err != nil {
		return nil, err
	}
	if len(raw) != n {
		return nil, fmt.Errorf("there are %d vectors for %d texts", len(raw), n)
	}
	vectors := make([][]float32, n)
	for i := range raw {
		numbers, err := readNumbers(raw[i])
		if err != nil {
			return nil, err
		}
		if dim == 0 {
			dim = len(numbers)
		}
		if len(numbers) != dim {
			return nil, fmt.Errorf("%w: %d numbers, but it was %d", errLength, len(numbers), dim)
		}
		if vectors[i], err = unit(numbers); err != nil {
			return nil, err
		}
	}
	return vectors, nil
}

// inOrder returns the vectors of an answer as they stand there, in the order of the
// texts.
func inOrder(p Provider, body []byte) ([]json.RawMessage, error) {
	if p == Ollama {
		var a ollamaAnswer
		if err := json.Unmarshal(body, &a); err != nil {
			return nil, errMalformed
		}
		return a.Embeddings, nil
	}
	var a openAIAnswer
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, errMalformed
	}
	raw := make([]json.RawMessage, len(a.Data))
	for i, d := range a.Data {
		at := i
		if d.Index != nil {
			at = *d.Index
		}
		if at < 0 || at >= len(raw) || raw[at] != nil || len(d.Embedding) == 0 {
			return nil, errors.New("the vectors of the answer are not numbered as they must be")
		}
		raw[at] = d.Embedding
	}
	return raw, nil
}

// errMalformed says no more: what is wrong may quote the answer, and that the texts.
var errMalformed = errors.New("the answer is not the JSON that it must be")

// readNumbers reads a vector, which is a list of numbers or the base64 of their
// float32, little-endian.
func readNumbers(raw json.RawMessage) ([]float64, error) {
	var numbers []float64
	if len(raw) > 0 && raw[0] != '"' {
		if err := json.Unmarshal(raw, &numbers); err != nil {
			return nil, errMalformed
		}
		return bounded(numbers)
	}
	var coded string
	if err := json.Unmarshal(raw, &coded); err != nil {
		return nil, errMalformed
	}
	data, err := base64.StdEncoding.DecodeString(coded)
	if err != nil || len(data)%4 != 0 {
		return nil, errMalformed
	}
	for ; len(data) > 0; data = data[4:] {
		numbers = append(numbers, float64(math.Float32frombits(binary.LittleEndian.Uint32(data))))
	}
	return bounded(numbers)
}

// bounded refuses a vector that is none.
func bounded(numbers []float64) ([]float64, error) {
	if len(numbers) == 0 || len(numbers) > MaxDim {
		return nil, fmt.Errorf("a vector has %d numbers", len(numbers))
	}
	return numbers, nil
}

// unit makes a vector of length 1. It is first divided by its largest number, so that
// no square is too large or too small.
func unit(numbers []float64) ([]float32, error) {
	largest := 0.0
	for _, x := range numbers {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, errors.New("a vector has something that is no number")
		}
		largest = max(largest, math.Abs(x))
	}
	if largest == 0 {
		return nil, errors.New("a vector is nothing but zeros")
	}
	sum := 0.0
	for _, x := range numbers {
		sum += (x / largest) * (x / largest)
	}
	length := math.Sqrt(sum)
	v := make([]float32, len(numbers))
	for i, x := range numbers {
		v[i] = float32(x / largest / length)
	}
	return v, nil
}
