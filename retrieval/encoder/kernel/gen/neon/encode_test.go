package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// wordLine is an instruction written as a word, with what it is meant to be.
var wordLine = regexp.MustCompile(`^\tWORD \$(0x[0-9a-f]{8}) // (.+)$`)

// words returns the instructions that Go's assembler does not know, in order and
// once each: their codes and what the comments say.
func words(t *testing.T) (codes []uint32, comments []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range kernels().functions {
		for _, line := range f.lines {
			m := wordLine.FindStringSubmatch(line)
			if m == nil || seen[line] {
				if strings.Contains(line, "WORD") && m == nil {
					t.Fatalf("%s: line %q", f.name, line)
				}
				continue
			}
			seen[line] = true
			var code uint32
			if _, err := fmt.Sscan(m[1], &code); err != nil {
				t.Fatal(err)
			}
			codes, comments = append(codes, code), append(comments, m[2])
		}
	}
	return codes, comments
}

// TestWords has a disassembler read every word, and wants it to say what the
// comment says.
func TestWords(t *testing.T) {
	objdump, err := exec.LookPath("aarch64-linux-gnu-objdump")
	if err != nil {
		t.Skip("no aarch64-linux-gnu-objdump (Debian has it in binutils-aarch64-linux-gnu)")
	}
	codes, comments := words(t)
	if len(codes) < 100 {
		t.Fatalf("%d different words: this test looks in the wrong place", len(codes))
	}
	image := filepath.Join(t.TempDir(), "words")
	var bytes []byte
	for _, c := range codes {
		bytes = binary.LittleEndian.AppendUint32(bytes, c)
	}
	if err := os.WriteFile(image, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), objdump, "-D", "-b", "binary", "-m", "aarch64", image).Output()
	if err != nil {
		t.Fatal(err)
	}
	read := regexp.MustCompile(`(?m)^ *[0-9a-f]+:\t[0-9a-f]{8} \t(\S+)\t(.+)$`).FindAllStringSubmatch(string(out), -1)
	if len(read) != len(codes) {
		t.Fatalf("the disassembler read %d of %d words", len(read), len(codes))
	}
	for i, m := range read {
		if got := m[1] + " " + m[2]; got != comments[i] {
			t.Errorf("%#08x is %q, want %q", codes[i], got, comments[i])
		}
	}
}

// TestUpToDate wants the files of the package to be what this generator writes.
func TestUpToDate(t *testing.T) {
	p := kernels()
	for name, want := range map[string]string{"asm_arm64.s": p.assembly(), "asm_arm64.go": p.stubs("kernel")} {
		got, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is not what the generator writes: go generate in the kernel folder", name)
		}
	}
}
