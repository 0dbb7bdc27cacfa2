package main

import (
	"encoding/binary"
	"errors"
	"math"
)

// piece is an entry of the tokenizer's vocabulary.
type piece struct {
	text  string
	score float32
}

// Fields of a SentencePiece model, which is a protocol buffer.
const (
	fieldPiece = 1 // of the model
	fieldText  = 1 // of a piece
	fieldScore = 2
)

// Wire types of protocol buffers.
const (
	wireVarint  = 0
	wireFixed64 = 1
	wireBytes   = 2
	wireFixed32 = 5
)

// parsePieces reads the pieces of a SentencePiece model.
func parsePieces(model []byte) ([]piece, error) {
	var pieces []piece
	err := eachField(model, func(number uint64, value []byte) error {
		if number != fieldPiece {
			return nil
		}
		var p piece
		err := eachField(value, func(number uint64, value []byte) error {
			switch {
			case number == fieldText:
				p.text = string(value)
			case number == fieldScore && len(value) == 4:
				p.score = math.Float32frombits(binary.LittleEndian.Uint32(value))
			}
			return nil
		})
		pieces = append(pieces, p)
		return err
	})
	return pieces, err
}

var errMessage = errors.New("tokenizer model is damaged")

// eachField calls visit for every field of a message with its bytes; a varint
// has none.
func eachField(message []byte, visit func(number uint64, value []byte) error) error {
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		if n <= 0 {
			return errMessage
		}
		value, size := fieldValue(message[n:], tag&7)
		if size < 0 {
			return errMessage
		}
		message = message[n+size:]
		if err := visit(tag>>3, value); err != nil {
			return err
		}
	}
	return nil
}

// fieldValue returns the value at the front of b and how much of b it takes, -1
// when there is none.
func fieldValue(b []byte, wire uint64) (value []byte, size int) {
	length, n := uint64(0), 0
	switch wire {
	case wireVarint:
		if _, n = binary.Uvarint(b); n <= 0 {
			return nil, -1
		}
	case wireFixed64:
		length = 8
	case wireFixed32:
		length = 4
	case wireBytes:
		if length, n = binary.Uvarint(b); n <= 0 {
			return nil, -1
		}
	default:
		return nil, -1
	}
	if length > uint64(len(b)-n) {
		return nil, -1
	}
	return b[n:][:length], n + int(length)
}
