package telegramtest

import (
	"fmt"
	"net/netip"
	"net/url"
	"reflect"
	"strings"
)

// A Button is a button of an inline keyboard.
type Button struct {
	Text string
	Data string // what a press sends to the bot; "" for a button of another kind
	URL  string // what a press opens; "" for a button of another kind
}

// replyMarkup is one of InlineKeyboardMarkup, ReplyKeyboardMarkup,
// ReplyKeyboardRemove and ForceReply.
type replyMarkup struct{}

func (m replyMarkup) parse(at, raw string) (any, *Refusal) {
	v, err := decodeJSON(raw)
	if err != nil {
		return nil, misuse("can't parse reply keyboard markup JSON object")
	}
	return v, m.check(at, v)
}

func (replyMarkup) check(at string, v any) *Refusal {
	m, ok := v.(map[string]any)
	if !ok {
		return misuse("object expected as reply markup")
	}
	for name, markup := range markups {
		if _, ok := m[name]; ok {
			return markup.check(at, v)
		}
	}
	return misuse("%s is no reply markup", at)
}

// inlineOnly is an InlineKeyboardMarkup: edits take no other.
type inlineOnly struct{ replyMarkup }

func (m inlineOnly) parse(at, raw string) (any, *Refusal) {
	v, r := m.replyMarkup.parse(at, raw)
	if r != nil {
		return v, r
	}
	return v, markups["inline_keyboard"].check(at, v)
}

// markups are the markups by the field that tells them apart.
var markups = map[string]shape{
	"inline_keyboard": object{fields{
		"inline_keyboard": {shape: list{of: list{of: inlineButton{}}}, required: true},
	}},
	"force_reply": object{fields{
		"force_reply":             {shape: always{}, required: true},
		"input_field_placeholder": {shape: text{min: 1, max: 64}},
		"selective":               {shape: boolean{}},
	}},
	"remove_keyboard": object{fields{
		"remove_keyboard": {shape: always{}, required: true},
		"selective":       {shape: boolean{}},
	}},
	"keyboard": object{fields{
		"keyboard":                {shape: list{of: list{of: keyboardButton}}, required: true},
		"is_persistent":           {shape: boolean{}},
		"resize_keyboard":         {shape: boolean{}},
		"one_time_keyboard":       {shape: boolean{}},
		"input_field_placeholder": {shape: text{min: 1, max: 64}},
		"selective":               {shape: boolean{}},
	}},
}

// always is a Boolean that must be true.
type always struct{ boolean }

func (a always) check(at string, v any) *Refusal {
	if v != true {
		return misuse("%s must be true", at)
	}
	return nil
}

var keyboardButton = object{fields{
	"text":             {shape: text{min: 1}, required: true},
	"style":            {shape: buttonStyle},
	"request_contact":  {shape: boolean{}},
	"request_location": {shape: boolean{}},
}}

// inlineButton is an InlineKeyboardButton: a label and exactly one action.
type inlineButton struct{}

func (inlineButton) parse(at, raw string) (any, *Refusal) { return parseJSON(inlineButton{}, at, raw) }

func (inlineButton) check(at string, v any) *Refusal {
	if r := inlineButtonFields.check(at, v); r != nil {
		return r
	}
	actions := 0
	for name := range v.(map[string]any) { // an object, or it had been refused
		if name != "text" && name != "style" && name != "icon_custom_emoji_id" {
			actions++
		}
	}
	switch {
	case actions == 0:
		return misuse("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case actions > 1:
		return misuse("%s has %d actions, not one", at, actions)
	}
	return nil
}

var inlineButtonFields = object{fields{
	"text":                             {shape: text{min: 1}, required: true},
	"icon_custom_emoji_id":             {shape: text{}},
	"style":                            {shape: buttonStyle},
	"url":                              {shape: buttonURL{}},
	"callback_data":                    {shape: text{min: 1, max: 64, bytes: true, refusal: "BUTTON_DATA_INVALID"}},
	"web_app":                          {shape: object{fields{"url": {shape: text{min: 1}, required: true}}}},
	"switch_inline_query":              {shape: text{}},
	"switch_inline_query_current_chat": {shape: text{}},
	"copy_text":                        {shape: object{fields{"text": {shape: text{min: 1, max: 256}, required: true}}}},
	"pay":                              {shape: always{}},
	"disabled":                         {shape: object{}},
}}

var buttonStyle = text{oneOf: []string{"danger", "success", "primary"}}

// buttonURL is the address of a button.
type buttonURL struct{}

func (b buttonURL) parse(at, raw string) (any, *Refusal) { return raw, b.check(at, raw) }

func (buttonURL) check(at string, v any) *Refusal {
	s, ok := v.(string)
	if !ok {
		return misuse("%s must be a String, not %s", at, kindOf(v))
	}
	if wrong := linkFault(s); wrong != "" {
		return badRequest("inline keyboard button URL '%s' is invalid: %s", s, wrong)
	}
	return nil
}

// linkFault says what Telegram finds wrong with the address of a link or a
// button; "" for nothing. An address without a scheme is an HTTP one.
func linkFault(link string) string {
	if strings.HasPrefix(link, "tg://") && len(link) > len("tg://") {
		return ""
	}
	if !strings.Contains(link, "://") {
		link = "http://" + link
	}
	u, err := url.Parse(link)
	switch {
	case err != nil || strings.ContainsAny(link, " \n\t"):
		return "Wrong HTTP URL"
	case u.Scheme != "http" && u.Scheme != "https":
		return "Unsupported URL protocol"
	case u.Hostname() == "":
		return "URL host is empty"
	}
	if _, err := netip.ParseAddr(u.Hostname()); err != nil && !strings.Contains(u.Hostname(), ".") {
		return "Wrong HTTP URL"
	}
	return ""
}

// A markup is the reply markup of a message as it was sent; nil for none.
type markup map[string]any

// rows returns the buttons of an inline keyboard; nil for another markup.
func (m markup) rows() [][]Button {
	keyboard, _ := m["inline_keyboard"].([]any)
	var rows [][]Button
	for _, row := range keyboard {
		var buttons []Button
		for _, b := range row.([]any) { // shapes were checked
			b := b.(map[string]any)
			data, _ := b["callback_data"].(string)
			address, _ := b["url"].(string)
			buttons = append(buttons, Button{Text: b["text"].(string), Data: data, URL: address})
		}
		rows = append(rows, buttons)
	}
	return rows
}

func (m markup) inline() bool {
	_, ok := m["inline_keyboard"]
	return ok
}

// Telegram's clients show no more than this many buttons in a row, and its
// servers take no more than this many in all.
const (
	maxRow     = 8
	maxButtons = 100
)

// notes says which rules of the house a keyboard breaks.
func (m markup) notes() []string {
	rows := m.rows()
	var notes []string
	if m.inline() && len(rows) == 0 {
		notes = append(notes, "keyboard without a row")
	}
	n := 0
	for i, row := range rows {
		n += len(row)
		if len(row) == 0 || len(row) > maxRow {
			notes = append(notes, fmt.Sprintf("row %d of the keyboard has %d buttons, not 1 to %d", i, len(row), maxRow))
		}
	}
	if n > maxButtons {
		notes = append(notes, fmt.Sprintf("keyboard has %d buttons, more than %d", n, maxButtons))
	}
	return notes
}

// sameMarkup reports whether an edit leaves the keyboard as it is.
func sameMarkup(a, b markup) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}
