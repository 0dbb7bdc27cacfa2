package fetch

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// rules are what a robots.txt says to this program, after RFC 9309. The zero
// value allows everything.
type rules struct {
	rules []rule
	delay time.Duration // between two visits
	size  int           // bytes that the rules take, about
}

// A rule allows or forbids the addresses that its pattern matches.
type rule struct {
	pattern string
	allow   bool
}

// parseRobots reads a robots.txt. What it does not understand it skips. The
// groups that name the program count; those for everybody count when there are none.
func parseRobots(text string) rules {
	var ours, everybodys rules
	var known bool                     // a group names the program
	var naming, toUs, toEverybody bool // of the group being read
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := directive(line)
		switch {
		case !ok:
		case key == "user-agent":
			if !naming {
				naming, toUs, toEverybody = true, false, false
			}
			toUs = toUs || strings.EqualFold(token(value), product)
			toEverybody = toEverybody || value == "*"
			known = known || toUs
		case key == "allow", key == "disallow", key == "crawl-delay":
			naming = false
			if toUs {
				ours.add(key, value)
			}
			if toEverybody {
				everybodys.add(key, value)
			}
		}
	}
	if known {
		return ours
	}
	return everybodys
}

// directive reads a line: "Key: value # comment".
func directive(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok = strings.Cut(line, ":")
	key = strings.TrimPrefix(key, "\ufeff")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value), ok
}

// token is the name of a program without its version.
func token(agent string) string {
	end := strings.IndexAny(agent, "/ ")
	if end < 0 {
		return agent
	}
	return agent[:end]
}

func (r *rules) add(key, value string) {
	switch {
	case key == "crawl-delay":
		seconds, err := strconv.ParseFloat(value, 64)
		if err == nil && seconds > 0 { // NaN is not
			r.delay = time.Duration(min(seconds, maxDelay.Seconds()) * float64(time.Second))
		}
	case value != "": // an empty one forbids nothing
		one := rule{pattern: normal(value), allow: key == "allow"}
		r.rules = append(r.rules, one)
		r.size += len(one.pattern) + int(unsafe.Sizeof(one))
	}
}

// allow tells whether an address may be visited: as the rule with the longest
// pattern says, and of several the kindest.
func (r *rules) allow(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = normal(path)
	best := rule{allow: true}
	for _, rule := range r.rules {
		longer := len(rule.pattern) > len(best.pattern)
		kinder := len(rule.pattern) == len(best.pattern) && rule.allow
		if (longer || kinder) && matches(rule.pattern, path) {
			best = rule
		}
	}
	return best.allow
}

// matches tells whether a pattern matches the beginning of a path. A * stands
// for anything, and a $ at the end for the end of the path.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, pieces[0])
	if !ok {
		return false
	}
	last := len(pieces) - 1
	for _, piece := range pieces[1:max(last, 1)] {
		if _, rest, ok = strings.Cut(rest, piece); !ok {
			return false
		}
	}
	switch {
	case last == 0:
		return !whole || rest == ""
	case whole:
		return strings.HasSuffix(rest, pieces[last])
	}
	return strings.Contains(rest, pieces[last])
}

// normal writes a path so that equal ones look equal: letters beyond ASCII are
// escaped, plain ones are not, and escapes are in capitals.
func normal(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		escaped := false
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(n), true
				i += 2
			}
		}
		if escaped && !unreserved(c) || c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unreserved tells whether a character means the same escaped and plain.
func unreserved(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || slices.Contains([]byte("-._~"), c)
}
