package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"path"
	"strings"
	"time"

	"newsbot/corpus"
)

// backupFormat is the number of the form that backups have.
const backupFormat = 1

// manifestName is the manifest's name in a backup.
const manifestName = "manifest.json"

// A manifest says what a backup holds.
type manifest struct {
	Format   int          `json:"format"`
	Version  string       `json:"version"` // of the program
	Schema   int          `json:"schema"`  // of the collection
	Created  time.Time    `json:"created"`
	Articles int          `json:"articles"`
	Files    []packedFile `json:"files"`
}

// A packedFile is a file in a backup.
type packedFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func (m *manifest) write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "\t")
	return e.Encode(m)
}

// isList tells whether a name is that of a list in the folder lexicon.
func isList(name string) bool {
	return path.Ext(name) == ".tsv" && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, `/\:`+"\x00")
}

// isPacked tells whether a name is one that a file in a backup may have.
func isPacked(name string) bool {
	list, ok := strings.CutPrefix(name, lexiconDir+"/")
	return name == corpus.FileName || ok && isList(list)
}

// A summer counts and sums up what is written through it.
type summer struct {
	io.Writer
	hash hash.Hash
	size int64
}

func newSummer(w io.Writer) *summer {
	h := sha256.New()
	return &summer{Writer: io.MultiWriter(w, h), hash: h}
}

// Write implements [io.Writer].
func (s *summer) Write(p []byte) (int, error) {
	n, err := s.Writer.Write(p)
	s.size += int64(n)
	return n, err
}

// file is what was written, as a manifest has it.
func (s *summer) file(name string) packedFile {
	return packedFile{Name: name, Size: s.size, SHA256: hex.EncodeToString(s.hash.Sum(nil))}
}
