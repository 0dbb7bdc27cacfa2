package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/tetratelabs/wazero/api"
)

// A library is an instance of PDFium: its functions by their C names, see fpdfview.h and fpdf_text.h.
type library struct {
	ctx     context.Context
	module  api.Module
	loop    api.Module // nil until it is started
	memory  api.Memory
	funcs   map[string]api.Function
	scratch uint32          // scratchSize bytes for results
	hidden  map[string]bool // the names of the file's layers that are off
	// actualKey is where "ActualText" stands, for PDFium to look for.
	actualKey uint32
	stack     [8]uint64
	// interrupt ends what the module does, see interruptible.
	interrupt api.MutableGlobal
	ended     sync.Once // sets it
}

// watch has calls end when ctx does, until stop is called.
func (l *library) watch(ctx context.Context) (stop func() bool) {
	l.ctx = ctx
	return context.AfterFunc(ctx, func() { l.ended.Do(func() { l.interrupt.Set(1) }) })
}

// errMemory is the error of a sandbox that has no memory left.
var errMemory = errors.New("no memory left")

// close frees all that the instance has. The modules may be closed already, when the context is done.
func (l *library) close() {
	ctx := context.WithoutCancel(l.ctx)
	if l.loop != nil {
		_ = l.loop.Close(ctx)
	}
	_ = l.module.Close(ctx)
}

// call calls a function of PDFium. It ends when the context does, with its error.
func (l *library) call(name string, args ...uint64) (uint64, error) {
	return l.callIn(l.ctx, l.module, name, args...)
}

func (l *library) callIn(ctx context.Context, m api.Module, name string, args ...uint64) (uint64, error) {
	f := l.funcs[name]
	if f == nil {
		if f = m.ExportedFunction(name); f == nil {
			return 0, fmt.Errorf("PDFium has no %s", name)
		}
		l.funcs[name] = f
	}
	copy(l.stack[:], args)
	if err := f.CallWithStack(ctx, l.stack[:]); err != nil {
		if l.ctx.Err() != nil {
			return 0, l.ctx.Err()
		}
		first, _, _ := strings.Cut(err.Error(), "\n") // without the stack
		return 0, errors.New(first)
	}
	return l.stack[0], nil
}

// alloc returns size bytes of the sandbox. They are never freed: the instance does not live long.
func (l *library) alloc(size int) (uint32, error) {
	p, err := l.call("malloc", uint64(size))
	if err != nil {
		return 0, err
	}
	if uint32(p) == 0 {
		return 0, errMemory
	}
	return uint32(p), nil
}

// write copies data into the sandbox.
func (l *library) write(data []byte) (uint32, error) {
	p, err := l.alloc(max(len(data), 1))
	if err != nil {
		return 0, err
	}
	if !l.memory.Write(p, data) {
		return 0, errMemory
	}
	return p, nil
}

// utf16 reads n units of two bytes.
func (l *library) utf16(p uint32, n int) string {
	b, ok := l.memory.Read(p, uint32(2*n))
	if !ok {
		return ""
	}
	units := make([]uint16, n)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return string(utf16.Decode(units))
}
