package telegramtest

import (
	"net/http"
	"strings"
	"testing"
)

const reader = 7

// conversation starts a server with a person who has written and a message of the
// bot, which it returns.
func conversation(t *testing.T) (*Server, *recorder, *bot, int) {
	t.Helper()
	s, r := newRecorded(t)
	s.Person(reader, "en").Send("hello")
	b := newBot(t, s)
	return s, r, b, b.send(reader, params{"text": "hi", "reply_markup": keyboard("a")})
}

// A refused is a request that is refused.
type refused struct {
	name, method string
	p            params
	code         int
	want         string
	always       bool // broken even when refusals are expected
}

// checkRefusals sends requests, with refusals expected and not.
func checkRefusals(t *testing.T, tests []refused) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _, b, _ := conversation(t)
			s.Person(8, "en")
			for _, allowed := range []bool{false, true} {
				s.AllowRefusals(allowed)
				before := len(s.Broken())
				r := b.call(tt.method, tt.p)
				if r.OK || r.ErrorCode != tt.code || r.status != tt.code || r.Description != tt.want {
					t.Errorf("%s = %d %d %q, want %d %q", tt.method, r.status, r.ErrorCode, r.Description, tt.code, tt.want)
				}
				got, want := len(s.Broken())-before, 0
				if !allowed || tt.always {
					want = 1
				}
				if got != want {
					t.Errorf("with refusals allowed %t: %d rules broken, want %d", allowed, got, want)
				}
			}
		})
	}
}

func TestSendRefusals(t *testing.T) {
	checkRefusals(t, []refused{
		{"no chat", "sendMessage", params{"text": "x"}, 400, "Bad Request: chat_id is empty", false},
		{"unknown chat", "sendMessage", params{"chat_id": 99, "text": "x"}, 400, "Bad Request: chat not found", false},
		{"unknown channel", "sendMessage", params{"chat_id": "@nobody", "text": "x"}, 400, "Bad Request: chat not found", false},
		{"never wrote", "sendMessage", params{"chat_id": 8, "text": "x"}, 403, "Forbidden: bot can't initiate conversation with a user", true},
		{"no text", "sendMessage", params{"chat_id": reader}, 400, "Bad Request: message text is empty", false},
		{"empty text", "sendMessage", params{"chat_id": reader, "text": ""}, 400, "Bad Request: message text is empty", false},
		{"blank text", "sendMessage", params{"chat_id": reader, "text": " \n\u200f\u2068\u2069"}, 400, "Bad Request: message text is empty", false},
		{"text of deleted characters", "sendMessage", params{"chat_id": reader, "text": "\u202e\u2028"}, 400, "Bad Request: message text is empty", false},
		{"empty after parsing", "sendMessage", params{"chat_id": reader, "text": "<b></b>", "parse_mode": "HTML"}, 400, "Bad Request: message text is empty", false},
		{"too long", "sendMessage", params{"chat_id": reader, "text": strings.Repeat("x", 4097)}, 400, "Bad Request: message is too long", false},
		{"not UTF-8", "sendMessage", params{"chat_id": reader, "text": "\xff"}, 400, "Bad Request: strings must be encoded in UTF-8", false},
		{"broken HTML", "sendMessage", params{"chat_id": reader, "text": "<x>", "parse_mode": "HTML"}, 400, `Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 0`, false},
		{"unknown parse mode", "sendMessage", params{"chat_id": reader, "text": "x", "parse_mode": "TeX"}, 400, "Bad Request: unsupported parse_mode", true},
		{"Markdown", "sendMessage", params{"chat_id": reader, "text": "x", "parse_mode": "MarkdownV2"}, 400, "Bad Request: this server does not support parse mode markdownv2", true},
		{"wrong type", "sendMessage", params{"chat_id": reader, "text": "x", "protect_content": "yes"}, 400, `Bad Request: protect_content must be a Boolean, not "yes"`, true},
		{"parse mode and entities", "sendMessage", params{"chat_id": reader, "text": "x", "parse_mode": "HTML", "entities": "[]"}, 400, "Bad Request: both parse_mode and entities", true},
		{"JSON twice", "sendMessage", params{"chat_id": reader, "text": "x", "entities": "[] []"}, 400, "Bad Request: can't parse entities JSON object: more than one value", true},
		{"entities of wrong type", "sendMessage", params{"chat_id": reader, "text": "x", "entities": `{}`}, 400, "Bad Request: entities must be an Array, not an Object", true},
		{"fraction", "sendMessage", params{"chat_id": reader, "text": "x", "reply_parameters": `{"message_id":1.5}`}, 400, "Bad Request: reply_parameters.message_id must be an Integer, not a Number", true},
		{"reply to another chat", "sendMessage", params{"chat_id": reader, "text": "x", "reply_parameters": `{"message_id":1,"chat_id":8}`}, 400, "Bad Request: this server does not support replies to other chats", true},
		{"topic", "sendMessage", params{"chat_id": reader, "text": "x", "message_thread_id": 3}, 400, "Bad Request: message thread not found", false},
		{"reply to nothing", "sendMessage", params{"chat_id": reader, "text": "x", "reply_parameters": `{"message_id":99}`}, 400, "Bad Request: message to be replied not found", false},
		{"quote not found", "sendMessage", params{"chat_id": reader, "text": "x", "reply_parameters": `{"message_id":1,"quote":"bye"}`}, 400, "Bad Request: QUOTE_TEXT_INVALID", false},
		{"preview of wrong type", "sendMessage", params{"chat_id": reader, "text": "x", "link_preview_options": `{"is_disabled":1}`}, 400, "Bad Request: link_preview_options.is_disabled must be a Boolean, not a Number", true},
		{"entity without length", "sendMessage", params{"chat_id": reader, "text": "x", "entities": `[{"type":"bold","offset":0}]`}, 400, "Bad Request: entities[0].length is required", true},
	})
}

// withButton is a message with one button.
func withButton(fields map[string]any) params {
	return params{"chat_id": reader, "text": "x", "reply_markup": map[string]any{
		"inline_keyboard": []any{[]any{fields}},
	}}
}

func TestMarkupRefusals(t *testing.T) {
	checkRefusals(t, []refused{
		{"typed nil markup", "sendMessage", params{"chat_id": reader, "text": "x", "reply_markup": "null"}, 400, "Bad Request: object expected as reply markup", true},
		{"markup without rows", "sendMessage", params{"chat_id": reader, "text": "x", "reply_markup": `{"inline_keyboard":null}`}, 400, "Bad Request: reply_markup.inline_keyboard must be an Array, not null", true},
		{"markup no JSON", "sendMessage", params{"chat_id": reader, "text": "x", "reply_markup": "{"}, 400, "Bad Request: can't parse reply keyboard markup JSON object", true},
		{"no markup", "sendMessage", params{"chat_id": reader, "text": "x", "reply_markup": "{}"}, 400, "Bad Request: reply_markup is no reply markup", true},
		{"button without label", "sendMessage", withButton(map[string]any{"text": "", "callback_data": "x"}), 400, "Bad Request: reply_markup.inline_keyboard[0][0].text has 0 characters or a value that is not allowed", true},
		{"button without action", "sendMessage", withButton(map[string]any{"text": "x"}), 400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", true},
		{"button with two actions", "sendMessage", withButton(map[string]any{"text": "x", "callback_data": "x", "url": "https://example.com"}), 400, "Bad Request: reply_markup.inline_keyboard[0][0] has 2 actions, not one", true},
		{"button with unknown field", "sendMessage", withButton(map[string]any{"text": "x", "colour": "red"}), 400, `Bad Request: reply_markup.inline_keyboard[0][0] has an unknown field "colour"`, true},
		// 33 Arabic letters are 66 bytes.
		{"button with long data", "sendMessage", withButton(map[string]any{"text": "x", "callback_data": strings.Repeat("ش", 33)}), 400, "Bad Request: BUTTON_DATA_INVALID", false},
		{"button with empty data", "sendMessage", withButton(map[string]any{"text": "x", "callback_data": ""}), 400, "Bad Request: BUTTON_DATA_INVALID", false},
		{"button with wrong address", "sendMessage", withButton(map[string]any{"text": "x", "url": "http://localhost/"}), 400, "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL", false},
		{"long placeholder", "sendMessage", params{"chat_id": reader, "text": "x", "reply_markup": map[string]any{"force_reply": true, "input_field_placeholder": strings.Repeat("x", 65)}}, 400, "Bad Request: reply_markup.input_field_placeholder has 65 characters or a value that is not allowed", true},
		{"force reply that does not", "sendMessage", params{"chat_id": reader, "text": "x", "reply_markup": `{"force_reply":false}`}, 400, "Bad Request: reply_markup.force_reply must be true", true},
		{"edit with force reply", "editMessageText", params{"chat_id": reader, "message_id": 2, "text": "x", "reply_markup": `{"force_reply":true}`}, 400, `Bad Request: reply_markup has an unknown field "force_reply"`, true},
	})
}

func TestOtherRefusals(t *testing.T) {
	checkRefusals(t, []refused{
		{"unknown method", "sendPigeon", nil, 404, "Not Found", false},
		{"unknown parameter", "getMe", params{"x": "1"}, 400, `Bad Request: unknown parameter "x"`, true},
		{"chat of wrong type", "setMyCommands", params{"commands": "[]", "scope": `{"type":"chat","chat_id":true}`}, 400, "Bad Request: scope.chat_id must be an Integer or a String, not a Boolean", true},
		{"action for nobody", "sendChatAction", params{"chat_id": 99, "action": "typing"}, 400, "Bad Request: chat not found", false},
		{"commands of nobody", "setMyCommands", params{"commands": strings.Repeat(" ", 9) + "x"}, 400, "Bad Request: can't parse commands JSON object: invalid character 'x' looking for beginning of value", true},
		{"edit without message", "editMessageText", params{"chat_id": reader, "text": "x"}, 400, "Bad Request: message identifier is not specified", false},
		{"edit of nothing", "editMessageText", params{"chat_id": reader, "message_id": 99, "text": "x"}, 400, "Bad Request: message to edit not found", false},
		{"edit of a person's message", "editMessageText", params{"chat_id": reader, "message_id": 1, "text": "x"}, 400, "Bad Request: message can't be edited", false},
		{"deletion of nothing", "deleteMessage", params{"chat_id": reader, "message_id": 99}, 400, "Bad Request: message to delete not found", false},
		{"unknown query", "answerCallbackQuery", params{"callback_query_id": "1"}, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid", false},
		{"long notice", "answerCallbackQuery", params{"callback_query_id": "1", "text": strings.Repeat("x", 201)}, 400, "Bad Request: MESSAGE_TOO_LONG", false},
		{"unknown action", "sendChatAction", params{"chat_id": reader, "action": "dance"}, 400, "Bad Request: wrong parameter action in request", false},
		{"no action", "sendChatAction", params{"chat_id": reader}, 400, "Bad Request: wrong parameter action in request", false},
		{"unknown chat's profile", "getChat", params{"chat_id": 99}, 400, "Bad Request: chat not found", false},
		{"command in capitals", "setMyCommands", params{"commands": `[{"command":"Help","description":"x"}]`}, 400, "Bad Request: BOT_COMMAND_INVALID", false},
		{"command without description", "setMyCommands", params{"commands": `[{"command":"help","description":""}]`}, 400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID", false},
		{"no commands", "setMyCommands", nil, 400, "Bad Request: parameter commands is required", true},
		{"unknown scope", "setMyCommands", params{"commands": "[]", "scope": `{"type":"town"}`}, 400, "Bad Request: unsupported type of scope specified", true},
		{"scope without chat", "setMyCommands", params{"commands": "[]", "scope": `{"type":"chat"}`}, 400, "Bad Request: scope.chat_id is required", true},
		{"unknown language", "getMyName", params{"language_code": "eng"}, 400, "Bad Request: invalid language code specified", false},
		{"long description", "setMyDescription", params{"description": strings.Repeat("x", 513)}, 400, "Bad Request: description has 513 characters or a value that is not allowed", true},
		{"webhook without TLS", "setWebhook", params{"url": "http://example.com"}, 400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook", false},
		{"poll with wrong limit", "getUpdates", params{"limit": 101}, 400, "Bad Request: limit must be from 1 to 100, not 101", true},
	})
}

// What a correct bot may meet is refused, and breaks no rule.
func TestExcusedRefusals(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(s *Server, p *Person, message int)
		method  string
		p       params
		code    int
		want    string
	}{
		{"blocked", func(_ *Server, p *Person, _ int) { p.Block() }, "sendMessage", params{"text": "x"},
			403, "Forbidden: bot was blocked by the user"},
		{"upgraded", func(s *Server, p *Person, _ int) { s.Supergroup(p.ID) }, "sendMessage", params{"text": "x"},
			400, "Bad Request: group chat was upgraded to a supergroup chat"},
		{"not modified", nil, "editMessageText", params{"message_id": 2, "text": "hi", "reply_markup": keyboard("a")},
			400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"},
		{"keyboard not modified", nil, "editMessageReplyMarkup", params{"message_id": 2, "reply_markup": keyboard("a")},
			400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"},
		{"edit of a deleted message", func(_ *Server, p *Person, m int) { p.Delete(m) }, "editMessageText", params{"message_id": 2, "text": "x"},
			400, "Bad Request: message to edit not found"},
		{"reply to a deleted message", func(_ *Server, p *Person, m int) { p.Delete(m) }, "sendMessage", params{"text": "x", "reply_parameters": `{"message_id":2}`},
			400, "Bad Request: message to be replied not found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, rec, b, m := conversation(t)
			if tt.prepare != nil {
				tt.prepare(s, s.Person(reader, "en"), m)
			}
			tt.p["chat_id"] = reader
			r := b.call(tt.method, tt.p)
			if r.ErrorCode != tt.code || r.Description != tt.want {
				t.Errorf("%s = %d %q, want %d %q", tt.method, r.ErrorCode, r.Description, tt.code, tt.want)
			}
			if failures := rec.end(); len(failures) > 0 {
				t.Errorf("broken rules: %q", failures)
			}
		})
	}
}

// What Telegram takes but nobody means is carried out, and breaks a rule.
func TestHouseRules(t *testing.T) {
	nine := make([]string, 9)
	for i := range nine {
		nine[i] = "x"
	}
	tests := []struct {
		name string
		p    params
		want string
	}{
		// A code point of two units.
		{"long in UTF-16", params{"text": strings.Repeat("😀", 2049)}, "text of 4098 UTF-16 units, more than 4096"},
		{"bare ampersand", params{"text": "a & b", "parse_mode": "HTML"}, `bare "&" at byte offset 2`},
		{"unknown reference", params{"text": "a&nbsp;b", "parse_mode": "HTML"}, `bare "&" at byte offset 1`},
		{"many entities", params{"text": strings.Repeat("<b>x</b> ", 101), "parse_mode": "HTML"}, "text with 101 entities, more than 100"},
		{"empty row", params{"text": "x", "reply_markup": `{"inline_keyboard":[[]]}`}, "row 0 of the keyboard has 0 buttons, not 1 to 8"},
		{"no row", params{"text": "x", "reply_markup": `{"inline_keyboard":[]}`}, "keyboard without a row"},
		{"long row", params{"text": "x", "reply_markup": keyboard(nine...)}, "row 0 of the keyboard has 9 buttons, not 1 to 8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, rec, b, _ := conversation(t)
			s.AllowRefusals(true)
			b.send(reader, tt.p)
			if failures := rec.end(); len(failures) != 1 || !strings.Contains(failures[0], "sendMessage: "+tt.want) {
				t.Errorf("broken rules: %q, want one of %q", failures, tt.want)
			}
		})
	}
}

func TestTokenAndPath(t *testing.T) {
	tests := []struct {
		name, path string
		code       int
		want       string
	}{
		{"other token", "/bot1:x/getMe", 401, "Unauthorized"},
		{"no method", "/bot" + botToken, 404, "Not Found"},
		{"elsewhere", "/", 404, "Not Found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := newRecorded(t)
			r, err := newBot(t, s).post(t.Context(), tt.path, "application/json", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			if r.status != tt.code || r.ErrorCode != tt.code || r.Description != tt.want {
				t.Errorf("%s = %d %q, want %d %q", tt.path, r.ErrorCode, r.Description, tt.code, tt.want)
			}
			if len(s.Broken()) != 1 {
				t.Errorf("broken rules: %q, want one", s.Broken())
			}
		})
	}
}
