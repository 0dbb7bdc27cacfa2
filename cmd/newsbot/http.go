package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"
)

// settingHTTPAddr is the name of the setting.
const settingHTTPAddr = "HTTP_ADDR"

// What one request may cost. The answers are short, and whoever asks is on this
// machine.
const (
	headerTime  = 5 * time.Second
	requestTime = 20 * time.Second // until the answer is written
	idleTime    = time.Minute
	maxHeader   = 16 << 10
	// lastRequests is how long requests under way may take when the program stops.
	lastRequests = 2 * time.Second
)

// setHTTPAddr keeps an address that only this machine reaches: what is to be seen
// there is not for everybody, and the server is none for the open network.
func (c *config) setHTTPAddr(s string) error {
	const hint = "it is like 127.0.0.1:8081; to reach it from elsewhere, put a proxy in front of it"
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		return withHint(fmt.Errorf("%q is no address with a port", hidden(s)), hint)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(n, 10) != port {
		return withHint(fmt.Errorf("the port of %q is none", hidden(s)), hint)
	}
	if !isLoopback(host) {
		return withHint(fmt.Errorf("%q is not on this machine alone", hidden(s)), hint)
	}
	c.httpAddr = s
	return nil
}

// isLoopback tells whether a host is this machine as it knows itself.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// listen opens the address of the setting; the listener is nil when there is
// none. Whoever asks before it is served waits.
func (c config) listen(ctx context.Context) (net.Listener, error) {
	if c.httpAddr == "" {
		return nil, nil
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", c.httpAddr)
	if err != nil {
		err = fmt.Errorf("%s: listening on %s: %w", settingHTTPAddr, c.httpAddr, systemCause(err))
		if errors.Is(err, syscall.EADDRINUSE) {
			return nil, withHint(err, "another program has this port, perhaps another newsbot: choose another one")
		}
		return nil, err
	}
	// localhost is whatever the machine's files say.
	if a, ok := l.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		_ = l.Close()
		return nil, withHint(fmt.Errorf("%s: %s is not on this machine alone", settingHTTPAddr, c.httpAddr), "it is like 127.0.0.1:8081")
	}
	return l, nil
}

// systemCause is an error of the network without the address, which its caller
// gives.
func systemCause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// serveHTTP serves h until stop is called, which waits for the end.
func serveHTTP(l net.Listener, h http.Handler, log *slog.Logger) (stop func()) {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       requestTime,
		WriteTimeout:      requestTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("health and metrics are no longer served", "error", err)
		}
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), lastRequests)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			_ = s.Close() // who is still asking gets no answer
		}
		<-done
	}
}
