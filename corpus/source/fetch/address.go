package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"syscall"

	"newsbot/corpus/source"
)

// maxAddress is how long an address may be: Arabic ones need six characters a
// letter.
const maxAddress = 8 << 10

// parseAddress reads an address. The error is a [*source.Refusal].
func parseAddress(s string) (*url.URL, error) {
	if len(s) > maxAddress {
		return nil, bad("it is too long")
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return nil, &source.Refusal{Reason: source.BadAddress} // err would repeat the address
	}
	return checkAddress(u)
}

// checkAddress returns an address as it is to be asked for. The error is a
// [*source.Refusal].
func checkAddress(u *url.URL) (*url.URL, error) {
	switch {
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return nil, &source.Refusal{Reason: source.BadAddress}
	case u.User != nil:
		return nil, bad("it holds a name or a password")
	case disguised(u.Hostname()):
		return nil, bad("its host is a number")
	}
	own := *u
	own.Fragment, own.RawFragment = "", ""
	own.RawQuery = escape(u.RawQuery)
	return &own, nil
}

// bad refuses an address for what is wrong with it.
func bad(why string) error {
	return &source.Refusal{Reason: source.BadAddress, Err: errors.New(why)}
}

// disguised tells whether a host is an IP address in a form that only some
// resolvers read, like 2130706433, 0x7f.1 and 0177.0.0.1.
func disguised(host string) bool {
	host = strings.TrimSuffix(host, ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	last := strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])
	hex, isHex := strings.CutPrefix(last, "0x")
	return strings.Trim(last, "0123456789") == "" || isHex && strings.Trim(hex, "0123456789abcdef") == ""
}

// escape escapes what must not stand in the first line of a request.
func escape(query string) string {
	var b strings.Builder
	for _, c := range []byte(query) {
		if c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// A privateError says why an address must not be connected to.
type privateError struct {
	address netip.Addr
	kind    string
	never   bool // whatever is permitted
}

func (e *privateError) Error() string { return fmt.Sprintf("%s is %s", e.address, e.kind) }

// control is called by the dialer for each address it is about to connect to.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("read the address %q: %w", address, err)
	}
	return c.judge(a)
}

// A block is a range of addresses that are not of the public internet.
type block struct {
	prefix netip.Prefix
	kind   string
}

func blocks(kind string, prefixes ...string) []block {
	var list []block
	for _, p := range prefixes {
		list = append(list, block{netip.MustParsePrefix(p), kind})
	}
	return list
}

// private are the blocks that Config.AllowPrivate permits.
var private = concat(
	blocks("the machine itself", "127.0.0.0/8", "::1/128"),
	blocks("in a private network", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
)

// never are the blocks that nothing permits.
var never = concat(
	blocks("a cloud's metadata service", "169.254.169.254/32", "fd00:ec2::254/128", "fd20:ce::254/128",
		"fd00:c1::a9fe:a9fe/128", "100.100.100.200/32",
		"168.63.129.16/32", "192.0.0.192/32"),
	blocks("link-local", "169.254.0.0/16", "fe80::/10"),
	blocks("no address of a host", "0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8"),
	blocks("reserved", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
		"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"),
)

// global is all of IPv6 that is the public internet, but for what never holds.
var global = netip.MustParsePrefix("2000::/3")

// embedding are the blocks of IPv6 addresses that stand for one of IPv4, with
// the place of its four bytes.
var embedding = []struct {
	prefix netip.Prefix
	at     int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12}, // NAT64
	{netip.MustParsePrefix("2002::/16"), 2},     // 6to4
}

func concat(lists ...[]block) (all []block) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// judge returns why an address must not be connected to, as a [*privateError].
func judge(a netip.Addr, allowPrivate bool) error {
	inner := embedded(a.Unmap().WithZone(""))
	for _, b := range never {
		if b.prefix.Contains(inner) {
			return &privateError{a, b.kind, true}
		}
	}
	for _, b := range private {
		if !b.prefix.Contains(inner) {
			continue
		}
		if allowPrivate {
			return nil
		}
		return &privateError{a, b.kind, false}
	}
	if inner.Is6() && !global.Contains(inner) {
		return &privateError{a, "reserved", true}
	}
	return nil
}

// embedded returns the IPv4 address that an IPv6 address stands for, or a.
func embedded(a netip.Addr) netip.Addr {
	for _, e := range embedding {
		if e.prefix.Contains(a) {
			b := a.As16()
			return netip.AddrFrom4([4]byte(b[e.at : e.at+4]))
		}
	}
	return a
}
