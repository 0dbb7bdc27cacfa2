package telegram

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
)

// A callError is a call that did not come to an end.
type callError struct {
	text    string // without the token
	err     error  // nil when nobody may test for it
	written bool   // the request may have reached the server
}

func (e *callError) Error() string { return e.text }
func (e *callError) Unwrap() error { return e.err }

// An unreadableError is a response that is none of the Bot API.
type unreadableError struct {
	status int
	size   int64 // in bytes
}

func (e *unreadableError) Error() string {
	return fmt.Sprintf("unreadable response: HTTP status %d, %d bytes", e.status, e.size)
}

// An apiError is a refusal that the library has no type for.
type apiError struct {
	code        int
	description string
}

func (e *apiError) Error() string {
	return fmt.Sprintf("telegram answered with error %d: %s", e.code, e.description)
}

// A fate is what became of a call.
type fate int

const (
	delivered    fate = iota
	unknown           // it may have been carried out
	undelivered       // it was surely not carried out, and may be later
	postponed         // the same, not before some time
	moved             // the chat has another ID
	blocked           // the chat does not want the bot
	closed            // the bot may not write in the group, or in the topic
	unauthorized      // the token is no longer good
	unparsed          // the markup was refused
	refused           // it will never be carried out
)

// A verdict is what became of a call, and what to do about it.
type verdict struct {
	fate fate
	wait time.Duration // when postponed
	chat int64         // when moved
	why  string        // when refused, for the log
}

// judge says what became of a call that returned err.
func judge(err error) verdict {
	var (
		flood    *tg.TooManyRequestsError
		migrated *tg.MigrateError
	)
	switch {
	case err == nil, unchanged(err):
		return verdict{fate: delivered}
	case errors.As(err, &flood):
		return verdict{fate: postponed, wait: max(time.Duration(flood.RetryAfter)*time.Second, time.Second)}
	case errors.As(err, &migrated):
		return verdict{fate: moved, chat: int64(migrated.MigrateToChatID)}
	case errors.Is(err, tg.ErrorForbidden):
		return verdict{fate: blocked, why: shorten(err.Error())}
	case errors.Is(err, tg.ErrorUnauthorized):
		return verdict{fate: unauthorized}
	case errors.Is(err, tg.ErrorBadRequest) && strings.Contains(err.Error(), unparsableText):
		return verdict{fate: unparsed, why: shorten(err.Error())}
	case errors.Is(err, tg.ErrorBadRequest) && isClosing(err.Error()):
		return verdict{fate: closed, why: shorten(err.Error())}
	}
	return judgeTransport(err)
}

// closings are in what Telegram says where the bot may not write: in a group whose administrators do not let it, and in a
// topic that was closed or deleted.
var closings = [...]string{
	"not enough rights", "no rights to send", "need administrator rights", "CHAT_WRITE_FORBIDDEN", "CHAT_SEND_", "CHAT_RESTRICTED",
	"CHAT_GUEST_SEND_FORBIDDEN", "CHAT_ADMIN_REQUIRED", "TOPIC_CLOSED", "TOPIC_DELETED", "message thread not found",
}

// isClosing tells whether a refusal says that the bot may not write in a chat.
func isClosing(why string) bool {
	return slices.ContainsFunc(closings[:], func(s string) bool { return strings.Contains(why, s) })
}

// unchanged tells whether err says that a message is as it was to become: it was
// edited before, and the answer got lost, or somebody pressed twice.
func unchanged(err error) bool {
	return errors.Is(err, tg.ErrorBadRequest) && strings.Contains(err.Error(), "message is not modified")
}

// judgeTransport says what became of a call that Telegram gave no typed answer to.
func judgeTransport(err error) verdict {
	var (
		call       *callError
		unreadable *unreadableError
		api        *apiError
	)
	why := shorten(err.Error())
	switch {
	case errors.As(err, &api) && api.code >= 500:
		return verdict{fate: undelivered, why: why}
	case errors.As(err, &call) && !call.written:
		return verdict{fate: undelivered, why: why}
	case errors.As(err, &call), errors.As(err, &unreadable):
		return verdict{fate: unknown, why: why}
	}
	return verdict{fate: refused, why: why}
}

// stale tells whether a refusal is in the nature of things: buttons are pressed
// twice, late, and under messages that are gone.
func (v verdict) stale() bool { return v.uneditable() || strings.Contains(v.why, "query is too old") }

// uneditable tells whether an edit was refused because the message is gone or too
// old for it.
func (v verdict) uneditable() bool {
	return strings.Contains(v.why, "message to edit not found") || strings.Contains(v.why, "message can't be edited")
}

// unparsableText begins what Telegram says of markup that it cannot read.
const unparsableText = "can't parse entities"

// What a description may hold of a message. Nobody escapes what is quoted, so that
// a quotation goes to the last mark, or to the end where there is no other; an
// apostrophe inside a word is none. What is wrong with markup is said with parts of
// it that need no marks at all.
var (
	quotedDouble = regexp.MustCompile(`(?s)"(?:.*"|.*$)`)
	quotedSingle = regexp.MustCompile(`(?s)(^|[^\pL\pN])'(?:.*'|.*$)`)
	unparsable   = regexp.MustCompile(`(?is)` + unparsableText + `.*`)
	atOffset     = regexp.MustCompile(`(?i)at byte offset [0-9]{1,9}`)
)

// shorten makes a description fit for a log: at most 200 characters, and none
// of what it quotes.
func shorten(s string) string {
	s = unparsable.ReplaceAllStringFunc(s, func(what string) string {
		if at := atOffset.FindString(what); at != "" {
			return unparsableText + ": " + at
		}
		return unparsableText
	})
	s = quotedDouble.ReplaceAllLiteralString(s, `"…"`)
	r := []rune(quotedSingle.ReplaceAllString(s, `${1}'…'`))
	if len(r) > 200 {
		r = append(r[:199], '…')
	}
	return string(r)
}

// refusesToken tells whether getMe's error says that there is no such bot.
// Telegram answers 404 when the token has not even the form of one.
func refusesToken(err error) bool {
	return errors.Is(err, tg.ErrorUnauthorized) || errors.Is(err, tg.ErrorNotFound)
}

// ended tells whether ctx has ended, which is then why a call failed.
func ended(ctx context.Context) bool { return ctx.Err() != nil }
