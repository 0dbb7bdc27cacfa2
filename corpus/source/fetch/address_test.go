package fetch

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"newsbot/corpus/source"
)

func TestBadAddresses(t *testing.T) {
	c := New(Config{AllowPrivate: true})
	defer c.Close()
	for _, address := range []string{
		"", "x", "news.example/1", "file:///etc/passwd", "ftp://news.example/", "gopher://news.example", "javascript:alert(1)",
		"http:", "http://", "http:///path", "https://:80/", "http://[::1", "http://a b/", "http://news.example:port/",
		"http://user@news.example/", "http://user:pw@news.example/", "http://news.example/%zz", "http://news.example/\r\nX: 1",
		"http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://1.2.3.4.5/",
		"http://2130706433./", "http://news.example/" + strings.Repeat("x", maxAddress),
	} {
		_, err := c.Get(t.Context(), Request{URL: address})
		_ = checkRefused(t, err, source.BadAddress, "is not an http or https address")
	}
}

func TestParseAddress(t *testing.T) {
	for address, want := range map[string]string{
		"HTTP://News.Example/a#b":         "http://News.Example/a",
		"https://news.example/?q=أ ب\"":   "https://news.example/?q=%D8%A3%20%D8%A8\"",
		"http://8.8.8.8:8080/":            "http://8.8.8.8:8080/",
		"http://[2606:4700::1]/":          "http://[2606:4700::1]/",
		"http://مثال.example/أخبار":       "http://%D9%85%D8%AB%D8%A7%D9%84.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
		"http://1.fm/":                    "http://1.fm/",
		"http://0xcafe.example/":          "http://0xcafe.example/",
		"http://news.example/a?b=c%20d&e": "http://news.example/a?b=c%20d&e",
	} {
		if u, err := parseAddress(address); err != nil || u.String() != want {
			t.Errorf("parseAddress(%q) = %v, %v; want %s", address, u, err, want)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"http://news.example/a?b#c", "https://[::1]:80", "http://0x7f.1", "file:///", "http://é/ ?é ", "http://a@b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := parseAddress(s)
		if err != nil {
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Hostname() == "" || strings.ContainsAny(u.RequestURI(), " \r\n") {
			t.Errorf("parseAddress(%q) = %q", s, u)
		}
		if hostName(u) == "" {
			t.Errorf("%q has no host", u)
		}
	})
}

func TestJudge(t *testing.T) {
	for _, test := range []struct{ addresses, kind string }{
		{"8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 192.169.0.1 2606:4700::1 2a00:1450::1", ""},
		{"::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1", ""},
		{"127.0.0.1 127.255.255.255 ::1 ::ffff:127.0.0.1 64:ff9b::127.0.0.1 2002:7f00:1::", "the machine itself"},
		{"10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.255 fc00::1 fd12::1", "in a private network"},
		{"::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1::1", "in a private network"},
		{"169.254.169.254 fd00:ec2::254 ::ffff:169.254.169.254 64:ff9b::169.254.169.254 fd20:ce::254 fd00:c1::a9fe:a9fe 100.100.100.200 168.63.129.16",
			"a cloud's metadata service"},
		{"169.254.0.1 fe80::1 fe80::1%eth0 ::ffff:169.254.0.1", "link-local"},
		{"0.0.0.0 0.1.2.3 :: ::ffff:0.0.0.0 224.0.0.1 239.1.1.1 255.255.255.255 240.0.0.1 ff02::1", "no address of a host"},
		{"192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 198.19.255.255 192.0.0.1 2001:db8::1 3fff::1 2001::1 100::1 fec0::1 5f00::1 64:ff9b:1::1 ::127.0.0.1 192.31.196.1 192.52.193.1 192.175.48.1 2620:4f:8000::1",
			"reserved"},
	} {
		for s := range strings.FieldsSeq(test.addresses) {
			for _, allowPrivate := range []bool{false, true} {
				kind := test.kind
				if allowPrivate && (kind == "the machine itself" || kind == "in a private network") {
					kind = ""
				}
				var got string
				if err := judge(netip.MustParseAddr(s), allowPrivate); err != nil {
					got = err.Error()
				}
				if (got == "") != (kind == "") || !strings.HasSuffix(got, kind) {
					t.Errorf("judge(%s, %v) = %q; want %q", s, allowPrivate, got, kind)
				}
			}
		}
	}
}

func TestPrivateAddresses(t *testing.T) {
	s := newSite(t, func(http.ResponseWriter, *http.Request) { t.Error("it was connected to") })
	_, port, _ := strings.Cut(strings.TrimPrefix(s.URL, "http://"), ":")
	c := New(Config{}) // without the site's permit
	defer c.Close()
	for _, host := range []string{
		"127.0.0.1", "127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]",
		"[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost", "10.1.2.3", "192.168.0.1",
	} {
		_, err := c.Get(t.Context(), Request{URL: "http://" + host + ":" + port + "/"})
		_ = checkRefused(t, err, source.Private, "ALLOW_PRIVATE_FETCH")
	}
}

// What nothing permits is refused without a word of the setting.
func TestForbiddenAddresses(t *testing.T) {
	for _, allowPrivate := range []bool{false, true} {
		c := New(Config{AllowPrivate: allowPrivate})
		for _, host := range []string{"0.0.0.0", "[::]", "169.254.169.254", "[fd00:ec2::254]", "[fd20:ce::254]", "[fe80::1%25lo]"} {
			_, err := c.Get(t.Context(), Request{URL: "http://" + host + ":1/"})
			r := checkRefused(t, err, source.Forbidden, "never fetched")
			if strings.Contains(r.Error(), "ALLOW_PRIVATE_FETCH") {
				t.Errorf("%s: %v", host, r)
			}
		}
		c.Close()
	}
}

// names is a DNS server that says for each name what answer returns: IPv4
// addresses. It returns a resolver that asks it.
func names(t *testing.T, answer func(name string) []string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		buffer := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buffer)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if err := m.Unpack(buffer[:n]); err != nil {
				t.Errorf("read a question: %v", err)
				return
			}
			reply, err := resolved(m, answer)
			if err != nil {
				t.Errorf("write an answer: %v", err)
				return
			}
			_, _ = conn.WriteTo(reply, from)
		}
	}()
	t.Cleanup(func() { _ = conn.Close(); <-ended })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func resolved(m dnsmessage.Message, answer func(name string) []string) ([]byte, error) {
	q := m.Questions[0]
	reply := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: m.ID, Response: true, Authoritative: true, RecursionDesired: m.RecursionDesired, RecursionAvailable: true},
		Questions: m.Questions[:1],
	}
	if q.Type == dnsmessage.TypeA {
		for _, a := range answer(q.Name.String()) {
			reply.Answers = append(reply.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
				Body:   &dnsmessage.AResource{A: netip.MustParseAddr(a).As4()},
			})
		}
	}
	return reply.Pack()
}

// A name that first leads to a permitted address, and then to a private one, is
// refused the second time, be that within one visit.
func TestRebinding(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		if r.URL.Path == "/again" {
			http.Redirect(w, r, "/there", http.StatusFound)
		}
	})
	asked := map[string]int{}
	s.client.transport = s.client.newTransport(names(t, func(name string) []string {
		asked[name]++
		if asked[name] == 1 {
			return []string{"127.0.0.1"} // of the server, which is permitted with its port alone
		}
		return []string{"127.0.0.2"}
	}))
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.mustGet(t, Request{URL: "http://news.example:" + u.Port() + "/"})
	_, err = s.client.Get(t.Context(), Request{URL: "http://news.example:" + u.Port() + "/"})
	_ = checkRefused(t, err, source.Private, "127.0.0.2 is the machine itself")
	_, err = s.client.Get(t.Context(), Request{URL: "http://other.example:" + u.Port() + "/again"})
	_ = checkRefused(t, err, source.Private, "127.0.0.2 is the machine itself")
	_, err = s.client.Get(t.Context(), Request{URL: "http://new.example:1/"})
	_ = checkRefused(t, err, source.Private, "127.0.0.1 is the machine itself")
}

// Of several addresses that a name has, no private one is tried.
func TestMixedAddresses(t *testing.T) {
	s := newSite(t, func(http.ResponseWriter, *http.Request) {})
	s.client.transport = s.client.newTransport(names(t, func(string) []string { return []string{"10.0.0.1", "127.0.0.1"} }))
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.mustGet(t, Request{URL: "http://news.example:" + u.Port() + "/"})
}
