package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"newsbot/corpus/database"
)

// PostURL is the address of a post: of a public channel https://t.me/name/message, else the one that only its members
// can open, https://t.me/c/number/message (https://core.telegram.org/api/links#private-message-links).
func PostURL(channel int64, name string, message int) string {
	if name != "" {
		return fmt.Sprintf("https://t.me/%s/%d", name, message)
	}
	number := strings.TrimPrefix(strconv.FormatInt(channel, 10), "-100")
	return fmt.Sprintf("https://t.me/c/%s/%d", number, message)
}

// A postLink is what a link to a post says: which channel, by its name or its number, and which message.
type postLink struct {
	name    string // in lower case; "" for a private channel
	channel int64
	message int
}

// String is the one form for the many ways to write it.
func (l postLink) String() string { return PostURL(l.channel, l.name, l.message) }

// telegramHosts are the websites of Telegram that lead to posts. A channel's name may stand before the first.
var telegramHosts = []string{"t.me", "telegram.me", "telegram.dog"}

// parsePostLink reads the links to a post that people copy: t.me/name/12, t.me/c/34/12, the preview t.me/s/name/12,
// name.t.me/12, one of a topic, t.me/name/5/12, with a query that names the piece of an album or a comment, with and
// without a scheme (https://core.telegram.org/api/links#message-links).
func parsePostLink(raw string) (l postLink, ok bool) {
	raw = strings.TrimSpace(raw)
	if len(raw) > maxURL {
		return postLink{}, false
	}
	if !strings.Contains(raw, "://") {
		raw = "https://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil || (!strings.EqualFold(u.Scheme, "https") && !strings.EqualFold(u.Scheme, "http")) {
		return postLink{}, false
	}
	parts, ok := postPath(u)
	if !ok {
		return postLink{}, false
	}
	l.message, ok = postNumber(parts[len(parts)-1])
	if !ok {
		return postLink{}, false
	}
	if len(parts) > 2 && parts[0] == "c" {
		n, err := strconv.ParseInt("-100"+parts[1], 10, 64)
		l.channel = n
		return l, err == nil && strings.Trim(parts[1], "0123456789") == "" && len(parts) <= 4
	}
	l.name = strings.ToLower(parts[0])
	return l, isUsername(l.name) && len(parts) <= 3
}

// postPath returns what stands between the slashes of a link to Telegram: the channel first, two parts at least.
func postPath(u *url.URL) ([]string, bool) {
	host := strings.TrimPrefix(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), "www.")
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	name, rest, _ := strings.Cut(host, ".")
	if rest == telegramHosts[0] {
		parts = append([]string{name}, parts...)
		host = rest
	}
	for _, known := range telegramHosts {
		if host != known {
			continue
		}
		if len(parts) == 3 && parts[0] == "s" {
			parts = parts[1:]
		}
		return parts, len(parts) >= 2
	}
	return nil, false
}

// postNumber reads the number of a message: 31 bits, from 1.
func postNumber(s string) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 31)
	return int(n), err == nil && n > 0
}

// maxUsername is the length of the longest username (https://core.telegram.org/method/account.checkUsername).
const maxUsername = 32

// isUsername tells whether a channel can have a name: letters, digits and underscores, a letter first.
func isUsername(s string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return len(s) > 1 && len(s) <= maxUsername && strings.Contains(letters, s[:1]) && strings.Trim(s, letters+"0123456789_") == ""
}

// PostArticle returns the ID of the article that a link to a post of a channel stands for, hidden or not: the one the post
// is a part of, or was about. Any way to write the link will do, and so will a name that the channel had before. The error
// wraps ErrNotFound when it is none that is known.
func (s *Store) PostArticle(ctx context.Context, url string) (id string, err error) {
	link, ok := parsePostLink(url)
	if !ok {
		return "", fmt.Errorf("find the article of a post: %w", ErrNotFound)
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		id, err = postArticle(ctx, tx, link)
		return err
	})
	return id, wrap(err, "find the article of %s", link)
}

// queryPostArticle finds the article of a post by the channel's number or, when that is 0, by a name of it.
const queryPostArticle = `SELECT p.article FROM post p JOIN article a ON a.id = p.article
	WHERE p.channel = coalesce((SELECT channel FROM channel_name WHERE name = ?2), ?1) AND p.message = ?3`

func postArticle(ctx context.Context, q database.Querier, l postLink) (id string, err error) {
	err = q.QueryRowContext(ctx, queryPostArticle, l.channel, l.name, l.message).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	h := TextHash("url:" + l.String())
	twin, err := twinBy(ctx, q, h[:], nil, 0)
	if err != nil {
		return "", err
	}
	if twin == nil {
		return "", ErrNotFound
	}
	return twin.ID, nil
}

// IsPostURL reports whether an address is that of a post, in one of the forms that [Store.PostArticle] knows.
func IsPostURL(url string) bool {
	_, ok := parsePostLink(url)
	return ok
}
