package corpus

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxURL is the length in bytes of the longest link accepted; Arabic paths are long once escaped.
const maxURL = 4096

// CanonicalURL returns one form for the many ways to write the link to an article: scheme and host in lower case, no
// default port, fragment, tracking parameters or trailing slash, the path escaped in one way, the query sorted.
// A host is kept in the script it came in. The error names the input.
func CanonicalURL(raw string) (string, error) {
	bad := func(why string) (string, error) {
		return "", fmt.Errorf("link %q %s", shorten(raw, 120), why)
	}
	raw = strings.TrimSpace(raw)
	if len(raw) > maxURL {
		return bad(fmt.Sprintf("is longer than %d bytes", maxURL))
	}
	u, err := url.Parse(raw)
	if err != nil {
		return bad("is not a valid address")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return bad("does not start with http:// or https://")
	case host == "" || strings.ContainsAny(host, " \t\"<>\\^`{|}"):
		return bad("names no website")
	case u.User != nil:
		return bad("holds a user name or password")
	}
	port, ok := canonicalPort(u)
	if !ok {
		return bad("has a port that cannot be")
	}
	if strings.Contains(host, ":") { // IPv6
		host = "[" + host + "]"
	}
	return u.Scheme + "://" + host + port + canonicalPath(u) + canonicalQuery(u.RawQuery), nil
}

// RedactURL returns an address for logs and the audit: without its query, which may hold a secret, and its fragment.
func RedactURL(raw string) string {
	raw, _, _ = strings.Cut(raw, "#")
	if address, _, ok := strings.Cut(raw, "?"); ok {
		return address + "?…"
	}
	return raw
}

// canonicalPort returns ":port", or "" for the scheme's own.
func canonicalPort(u *url.URL) (string, bool) {
	port := u.Port()
	if port == "" || (u.Scheme == "http" && port == "80") || (u.Scheme == "https" && port == "443") {
		return "", true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return ":" + strconv.FormatUint(n, 10), err == nil && n > 0
}

func canonicalPath(u *url.URL) string {
	p := (&url.URL{Path: u.Path}).EscapedPath()
	if strings.Contains(strings.ToLower(u.RawPath), "%2f") {
		p = u.EscapedPath() // an escaped slash is not a slash: leave this path as it was written
	}
	return cmp.Or(strings.TrimRight(p, "/"), "/")
}

func canonicalQuery(raw string) string {
	var kept []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, hasValue := strings.Cut(pair, "=")
		name = escapeAnew(name)
		if pair == "" || isTracking(strings.ToLower(name)) {
			continue
		}
		pair = name
		if hasValue {
			pair += "=" + escapeAnew(value)
		}
		kept = append(kept, pair)
	}
	if len(kept) == 0 {
		return ""
	}
	slices.Sort(kept)
	return "?" + strings.Join(kept, "&")
}

// escapeAnew writes a part of a query in the one way this program escapes.
func escapeAnew(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		s = plain
	}
	return url.QueryEscape(s)
}

// isTracking reports whether a query parameter only says how the reader came to the page.
func isTracking(name string) bool {
	switch name {
	case "fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "twclid", "ttclid", "li_fat_id",
		"igshid", "igsh", "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "mkt_tok", "ref_src", "ref_url",
		"cmpid", "ocid", "smid", "ncid", "xtor", "vero_id", "wickedid", "s_cid":
		return true
	}
	return strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "at_") || strings.HasPrefix(name, "pk_")
}
