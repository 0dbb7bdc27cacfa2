package telegramtest

import (
	"context"
	"net"
	"sync"
)

// A Pipe is a network of one address in memory: a listener for [NewAt], and what
// dials it. Nothing in it waits for the kernel, so that a server and its bot can
// live in a bubble of testing/synctest, where time passes only when all wait.
type Pipe struct {
	dialed chan net.Conn
	closed chan struct{}
	once   sync.Once
}

// NewPipe returns a pipe.
func NewPipe() *Pipe {
	return &Pipe{dialed: make(chan net.Conn), closed: make(chan struct{})}
}

// Dial connects to the listener, whatever the network and the address, as the
// DialContext of an http.Transport.
func (p *Pipe) Dial(ctx context.Context, network, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	var err error
	select {
	case p.dialed <- server:
		return client, nil
	case <-p.closed:
		err = net.ErrClosed
	case <-ctx.Done():
		err = ctx.Err()
	}
	_, _ = client.Close(), server.Close() // a net.Pipe does not fail to
	return nil, &net.OpError{Op: "dial", Net: network, Addr: p.Addr(), Err: err}
}

// Accept waits for the next connection.
func (p *Pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.dialed:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close refuses new connections. It may be called more than once.
func (p *Pipe) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr is the address that nobody listens at but the pipe.
func (p *Pipe) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "telegram.test:80" }
