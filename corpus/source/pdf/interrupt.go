package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// interruptName is the name of the global that ends a module: each of its loops looks at it, and traps when it is not 0.
//
// wazero can end modules by itself (WithCloseOnContextDone), but leaves the compiled code in every turn of every loop
// for that, which is three quarters of the time that PDFium takes to read text. To read a global and to branch is
// hardly more than nothing. It is only written when the context is done, so that a module cannot run on for ever: what
// does not loop ends, and what recurs comes to the end of its stack.
const interruptName = "interrupt"

var errModule = errors.New("not a WebAssembly module of the kind that is known")

// The sections of a module that matter here, see WebAssembly's specification 5.5.
const (
	importSection = 2
	globalSection = 6
	exportSection = 7
	codeSection   = 10
)

// interruptible returns the module with the global interruptName, exported, and with a look at it in each loop. The
// module must have globals and exports.
func interruptible(module []byte) ([]byte, error) {
	const header = 8
	if len(module) < header {
		return nil, errModule
	}
	c := &cursor{b: module[header:]}
	out := append(make([]byte, 0, len(module)*5/4), module[:header]...)
	global, found := uint64(0), 0
	for len(c.b) > 0 && !c.bad {
		id, content := c.one(), c.bytes()
		s := &cursor{b: content}
		switch id {
		case importSection:
			global += s.importedGlobals()
		case globalSection:
			n := s.number()
			global += n
			content = append(binary.AppendUvarint(nil, n+1), s.b...)
			content = append(content, i32, 1, constant, 0, end) // mutable, 0
			found++
		case exportSection:
			content = append(binary.AppendUvarint(nil, s.number()+1), s.b...)
			content = append(append(content, counted([]byte(interruptName))...), 3)
			content = binary.AppendUvarint(content, global)
			found++
		case codeSection:
			content = s.watched(global)
			found++
		}
		c.bad = c.bad || s.bad
		out = append(out, section(id, content)...)
	}
	if c.bad || found != 3 {
		return nil, errModule
	}
	return out, nil
}

// A cursor reads a module. It is bad when there is less than was asked for, or something that is not known.
type cursor struct {
	b   []byte
	bad bool
}

func (c *cursor) take(n uint64) []byte {
	if n > uint64(len(c.b)) {
		c.b, c.bad = nil, true
		return nil
	}
	taken := c.b[:n]
	c.b = c.b[n:]
	return taken
}

func (c *cursor) one() byte {
	b := c.take(1)
	if c.bad {
		return 0
	}
	return b[0]
}

// number reads an unsigned number.
func (c *cursor) number() uint64 {
	v, n := binary.Uvarint(c.b)
	if n <= 0 {
		c.b, c.bad = nil, true
		return 0
	}
	c.b = c.b[n:]
	return v
}

// numbers passes over n numbers, which may be signed.
func (c *cursor) numbers(n uint64) {
	for ; n > 0 && !c.bad; n-- {
		for c.one() >= 0x80 {
		}
	}
}

// bytes reads what is counted.
func (c *cursor) bytes() []byte { return c.take(c.number()) }

// importedGlobals counts the globals among the imports.
func (c *cursor) importedGlobals() (globals uint64) {
	for n := c.number(); n > 0 && !c.bad; n-- {
		c.bytes()
		c.bytes()
		switch c.one() {
		case 0: // a function
			c.number()
		case 2: // a memory
			c.numbers(1 + c.number()&1)
		case 3:
			c.take(2)
			globals++
		default:
			c.bad = true
		}
	}
	return globals
}

// watched returns the code section with a look at the global in each loop.
func (c *cursor) watched(global uint64) []byte {
	const globalGet, unreachable = 0x23, 0
	look := binary.AppendUvarint([]byte{globalGet}, global)
	look = append(look, cond, noResult, unreachable, end)
	n := c.number()
	out := binary.AppendUvarint(make([]byte, 0, len(c.b)*5/4), n)
	var code bytes.Buffer
	for ; n > 0 && !c.bad; n-- {
		f := &cursor{b: c.bytes()}
		code.Reset()
		f.function(&code, look)
		c.bad = c.bad || f.bad
		out = append(binary.AppendUvarint(out, uint64(code.Len())), code.Bytes()...)
	}
	return out
}

// function writes the function with look behind the head of each loop.
func (c *cursor) function(to *bytes.Buffer, look []byte) {
	start := c.b
	for n := c.number(); n > 0 && !c.bad; n-- {
		c.numbers(1)
		c.one()
	}
	for len(c.b) > 0 && !c.bad {
		if c.instruction() == loop {
			to.Write(start[:len(start)-len(c.b)])
			to.Write(look)
			start = c.b
		}
	}
	to.Write(start[:len(start)-len(c.b)])
}

// instruction passes over an instruction and what belongs to it, see WebAssembly's specification 5.4.
func (c *cursor) instruction() byte {
	op := c.one()
	switch {
	case op == 0x0e: // br_table
		c.numbers(c.number() + 1)
	case op == 0x11, op >= 0x28 && op <= 0x3e: // call_indirect, memory
		c.numbers(2)
	case op == 0x1c: // select
		c.numbers(c.number())
	case op == 0x1f: // try_table
		c.numbers(1)
		for n := c.number(); n > 0 && !c.bad; n-- {
			c.numbers(2 - uint64(c.one())>>1)
		}
	case op == 0x43: // f32.const
		c.take(4)
	case op == 0x44: // f64.const
		c.take(8)
	case op >= 0x02 && op <= 0x04, op == 0x08, op == 0x0c, op == 0x0d, op == 0x10, // blocks, throw, branches, call
		op >= 0x20 && op <= 0x26, op >= 0x3f && op <= 0x42, op == 0xd0, op == 0xd2: // variables, memory, constants, references
		c.numbers(1)
	case op == 0xfc:
		c.extended()
	case op == 0xfd:
		c.vector()
	case op <= 0x01, op == 0x05, op == 0x0a, op == end, op == 0x0f, op == drop, op == 0x1b,
		op >= 0x45 && op <= 0xc4, op == 0xd1:
	default:
		c.bad = true
	}
	return op
}

// extended passes over what belongs to an instruction of two parts.
func (c *cursor) extended() {
	switch op := c.number(); {
	case op <= 7: // truncation
	case op == 8, op == 10, op == 12, op == 14:
		c.numbers(2)
	case op <= 17:
		c.number()
	default:
		c.bad = true
	}
}

// vector passes over what belongs to an instruction for vectors.
func (c *cursor) vector() {
	switch op := c.number(); {
	case op <= 11, op == 92, op == 93: // memory
		c.numbers(2)
	case op == 12, op == 13: // a constant, the order of a shuffle
		c.take(16)
	case op >= 21 && op <= 34: // a lane
		c.take(1)
	case op >= 84 && op <= 91: // memory and a lane
		c.numbers(2)
		c.take(1)
	case op > 275:
		c.bad = true
	}
}
