package source

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// SameSite tells whether two addresses are of one owner: under one name that can be registered, such as bbc.co.uk.
func SameSite(a, b string) bool {
	one, other := siteOf(a), siteOf(b)
	return one != "" && one == other
}

// siteOf returns that name; for a host without one the host with its port, and "" for what is no address.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return u.Host
	}
	name, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return strings.ToLower(u.Host)
	}
	return name
}
