package eval

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"newsbot/corpus"
)

// A vectorFile keeps the vectors of one encoder. It begins with a header that
// names the encoder; then come records of one size: the key, the numbers as
// little-endian float32, and a CRC-32C of both. A record is never changed. One
// whose sum is wrong is not there for whoever looks for it, and half a record at
// the end is written over by the next writer, so that a broken-off write costs
// only what it wrote.
//
// Processes take turns at writing by a lock beside the file; each takes in what
// others have appended before it appends. Only keys and places are in memory.
type vectorFile struct {
	dir    string
	lock   string // name of the file in dir
	size   int64  // of a record
	header []byte

	mu     sync.Mutex // guards what follows
	file   *os.File
	places map[corpus.Hash]int64
	end    int64 // of the records that were looked at
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// openVectors opens the file of an encoder in a folder; both are made where there
// are none.
func openVectors(dir, encoder string, dim int) (*vectorFile, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("keeping vectors: %w", err)
	}
	name := vectorsName(encoder)
	file, err := os.OpenFile(filepath.Join(dir, name+".vectors"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keeping vectors: %w", err)
	}
	v := &vectorFile{
		dir: dir, lock: name + ".lock", file: file, places: map[corpus.Hash]int64{},
		size:   int64(len(corpus.Hash{}) + 4*dim + 4),
		header: fmt.Appendf(nil, "newsbot vectors 1 %q %d\n", encoder, dim),
	}
	if err := v.follow(); err != nil {
		return nil, errors.Join(fmt.Errorf("reading kept vectors: %w", err), file.Close())
	}
	return v, nil
}

// vectorsName makes a file's name of an encoder's, another for each.
func vectorsName(encoder string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."
	safe := strings.Map(func(r rune) rune {
		if strings.ContainsRune(plain, r) {
			return r
		}
		return '_'
	}, encoder)
	return fmt.Sprintf("%.60s-%08x", safe, crc32.Checksum([]byte(encoder), castagnoli))
}

func (v *vectorFile) close() error { return v.file.Close() }

// follow takes in the records that were appended since it was called last. A file
// with another header counts as empty, and one that has become shorter is read
// anew.
func (v *vectorFile) follow() error {
	info, err := v.file.Stat()
	if err != nil {
		return err
	}
	header, err := v.hasHeader()
	if err != nil {
		return err
	}
	if !header || info.Size() < v.end {
		v.end = 0
		clear(v.places)
	}
	if !header {
		return nil
	}
	v.end = max(v.end, int64(len(v.header)))
	return v.index((info.Size() - v.end) / v.size)
}

// hasHeader tells whether the file begins as it should.
func (v *vectorFile) hasHeader() (bool, error) {
	begin := make([]byte, len(v.header))
	if _, err := v.file.ReadAt(begin, 0); err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	return bytes.Equal(begin, v.header), nil
}

// index looks at so many records behind those that it knows.
func (v *vectorFile) index(records int64) error {
	r := bufio.NewReaderSize(io.NewSectionReader(v.file, v.end, records*v.size), 1<<20)
	record := make([]byte, v.size)
	for range records {
		_, err := io.ReadFull(r, record) // get finds out whether it is sound
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil // cut off meanwhile
		}
		if err != nil {
			return err
		}
		v.places[corpus.Hash(record)] = v.end
		v.end += v.size
	}
	return nil
}

// sound tells whether a record is as it was written.
func sound(record []byte) bool {
	body := len(record) - 4
	return crc32.Checksum(record[:body], castagnoli) == binary.LittleEndian.Uint32(record[body:])
}

// get returns the vector of a key, nil when it is not there. The caller owns it.
func (v *vectorFile) get(key corpus.Hash) []float32 {
	v.mu.Lock()
	place, ok := v.places[key]
	v.mu.Unlock()
	if !ok {
		return nil
	}
	record := make([]byte, v.size)
	if _, err := v.file.ReadAt(record, place); err != nil || !sound(record) || corpus.Hash(record) != key {
		v.mu.Lock()
		delete(v.places, key) // damaged since: to be put anew
		v.mu.Unlock()
		return nil
	}
	numbers := record[len(key) : v.size-4]
	vector := make([]float32, len(numbers)/4)
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(numbers[4*i:]))
	}
	return vector
}

// put appends vectors, unless others have done so meanwhile. Those of a wrong
// length are left out.
func (v *vectorFile) put(ctx context.Context, keys []corpus.Hash, vectors [][]float32) (err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	lock, err := corpus.WaitLock(ctx, v.dir, v.lock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	if err := v.begin(); err != nil {
		return err
	}
	var records []byte
	var added []corpus.Hash
	for i, key := range keys {
		if _, there := v.places[key]; there || int64(len(key)+4*len(vectors[i])+4) != v.size {
			continue
		}
		v.places[key] = v.end + int64(len(records))
		records, added = appendRecord(records, key, vectors[i]), append(added, key)
	}
	if _, err := v.file.WriteAt(records, v.end); err != nil {
		for _, key := range added {
			delete(v.places, key)
		}
		return err
	}
	v.end += int64(len(records))
	return nil
}

// begin takes in what others have appended, and writes the header of a file that
// is empty or of something else. The lock must be held.
func (v *vectorFile) begin() error {
	if err := v.follow(); err != nil || v.end > 0 {
		return err
	}
	if err := v.file.Truncate(0); err != nil {
		return err
	}
	if _, err := v.file.WriteAt(v.header, 0); err != nil {
		return err
	}
	v.end = int64(len(v.header))
	return nil
}

func appendRecord(b []byte, key corpus.Hash, vector []float32) []byte {
	begin := len(b)
	b = append(b, key[:]...)
	for _, x := range vector {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[begin:], castagnoli))
}
