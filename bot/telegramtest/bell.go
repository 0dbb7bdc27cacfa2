package telegramtest

// A bell tells those who wait that something happened. The zero value is ready;
// its methods need the server's lock.
type bell struct{ rung chan struct{} }

// listen returns a channel that closes when the bell rings next.
func (b *bell) listen() <-chan struct{} {
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung
}

func (b *bell) ring() {
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}
