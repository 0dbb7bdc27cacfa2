package pdf

import (
	"bytes"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// spin is a module with a global and a function that loops for ever.
//
//	(module (global i32 (i32.const 7)) (func (export "spin") (loop (br 0))))
var spin = []byte("\x00asm\x01\x00\x00\x00" +
	"\x01\x04\x01\x60\x00\x00" +
	"\x03\x02\x01\x00" +
	"\x06\x06\x01\x7f\x00\x41\x07\x0b" +
	"\x07\x08\x01\x04spin\x00\x00" +
	"\x0a\x09\x01\x07\x00\x03\x40\x0c\x00\x0b\x0b")

func TestInterruptible(t *testing.T) {
	module, err := interruptible(spin)
	if err != nil {
		t.Fatal(err)
	}
	r := wazero.NewRuntime(t.Context())
	defer func() { _ = r.Close(t.Context()) }()
	m, err := r.Instantiate(t.Context(), module)
	if err != nil {
		t.Fatal(err)
	}
	m.ExportedGlobal(interruptName).(api.MutableGlobal).Set(1)
	if _, err := m.ExportedFunction("spin").Call(t.Context()); err == nil {
		t.Error("the loop ended by itself")
	}
}

func TestInterruptibleRefuses(t *testing.T) {
	for name, module := range map[string][]byte{
		"nothing":          nil,
		"no sections":      spin[:8],
		"cut off":          spin[:len(spin)-3],
		"no code":          spin[:bytes.LastIndex(spin, []byte("\x0a\x09"))],
		"unknown code":     bytes.Replace(spin, []byte("\x03\x40\x0c\x00"), []byte("\x03\x40\xff\x00"), 1),
		"unending numbers": append(bytes.Clone(spin[:8]), bytes.Repeat([]byte{0xff}, 20)...),
	} {
		if out, err := interruptible(module); err == nil {
			t.Errorf("%s: got %d bytes, want an error", name, len(out))
		}
	}
}

func FuzzInterruptible(f *testing.F) {
	f.Add(spin)
	f.Add(glyphLoop)
	f.Fuzz(func(t *testing.T, module []byte) {
		if out, err := interruptible(module); err == nil && len(out) <= len(module) {
			t.Errorf("nothing was added to %x", module)
		}
	})
}
