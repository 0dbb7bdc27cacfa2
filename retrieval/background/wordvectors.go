package background

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"

	"newsbot/corpus/text"
)

// WordVectors are an encoder's vectors of the words that are most frequent in a
// language's news, stem by stem, each as it is mostly written. It is immutable.
type WordVectors struct {
	// Centre is the mean of the vectors.
	Centre []float32
	// Word i is Scales[i] times the numbers of Data from i·len(Centre) on.
	Scales []float32
	Data   []int8
}

// HubWords is how many words a language ship. With 3,000 as many words find their
// translation (.491 and .470 instead of .493 and .470), with 9,000 fewer (.488 and
// .466), though a few more names (.578 and .550 instead of .576 and .535).
const HubWords = 2048

// LoadWordVectors reads what ships of Arabic and English for the encoder called
// id, whose vectors have dim numbers; nil when nobody has measured it.
func LoadWordVectors(id string, dim int) (map[text.Language]*WordVectors, error) {
	raw, err := data.ReadFile("data/" + id + ".words.bin")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading vectors of words: %w", err)
	}
	return decodeWords(raw, dim)
}

// EncodeWords writes vectors as [LoadWordVectors] reads them, HubWords a language:
// for Arabic and for English the centre and the scales as float32, little-endian,
// then the numbers.
func EncodeWords(v map[text.Language]*WordVectors) []byte {
	var b bytes.Buffer
	for _, l := range languages {
		for _, part := range []any{v[l].Centre, v[l].Scales, v[l].Data} {
			_ = binary.Write(&b, binary.LittleEndian, part) // a Buffer never fails
		}
	}
	return b.Bytes()
}

func decodeWords(raw []byte, dim int) (map[text.Language]*WordVectors, error) {
	size := 4*dim + HubWords*(4+dim)
	if dim <= 0 || len(raw) != len(languages)*size {
		return nil, fmt.Errorf("vectors of words of %d bytes: %d are wanted", len(raw), len(languages)*size)
	}
	out := map[text.Language]*WordVectors{}
	for i, l := range languages {
		part := raw[i*size:][:size]
		v := &WordVectors{Centre: floats(part[:4*dim]), Scales: floats(part[4*dim:][:4*HubWords])}
		v.Data = make([]int8, dim*HubWords)
		for j, b := range part[4*(dim+HubWords):] {
			v.Data[j] = int8(b)
		}
		out[l] = v
	}
	return out, nil
}

func floats(raw []byte) []float32 {
	out := make([]float32, len(raw)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return out
}
