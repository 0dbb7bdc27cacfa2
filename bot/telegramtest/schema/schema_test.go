package schema

import (
	"fmt"
	"strings"
	"testing"
)

func message(changed map[string]any) map[string]any {
	out := map[string]any{"chat_id": int64(7), "text": "x"}
	for k, v := range changed {
		out[k] = v
	}
	return out
}

func keyboard(button map[string]any) map[string]any {
	return message(map[string]any{"reply_markup": map[string]any{"inline_keyboard": []any{[]any{button}}}})
}

func TestRequest(t *testing.T) {
	long := func(n int) string { return strings.Repeat("س", n) }
	command := func(name, description string) map[string]any {
		return map[string]any{"commands": []any{map[string]any{"command": name, "description": description}}}
	}
	tests := []struct {
		name, method string
		params       map[string]any
		wrong        string // a part of the error; "" for none
	}{
		{"no parameters", "getMe", nil, ""},
		{"parameters of none", "getMe", map[string]any{"x": "y"}, "GetMeParams"},
		{"unknown method", "sendNothing", nil, "SendNothingParams"},
		{"message", "sendMessage", message(nil), ""},
		{"channel", "sendMessage", message(map[string]any{"chat_id": "@news"}), ""},
		{"all that we send", "sendMessage", message(map[string]any{
			"parse_mode": "HTML", "link_preview_options": map[string]any{"is_disabled": true}, "message_thread_id": int64(3),
			"reply_parameters": map[string]any{"message_id": int64(3), "allow_sending_without_reply": true},
			"reply_markup":     map[string]any{"force_reply": true, "input_field_placeholder": "2025-08-01"},
		}), ""},
		{"no chat", "sendMessage", map[string]any{"text": "x"}, "chat_id"},
		{"no text", "sendMessage", map[string]any{"chat_id": int64(7)}, "text"},
		{"number as text", "sendMessage", message(map[string]any{"text": int64(7)}), "/text"},
		{"unknown parameter", "sendMessage", message(map[string]any{"photo": "x"}), "photo"},
		{"longest text", "sendMessage", message(map[string]any{"text": long(4096)}), ""},
		{"too long a text", "sendMessage", message(map[string]any{"text": long(4097)}), "/text"},
		{"empty text", "editMessageText", message(map[string]any{"message_id": int64(1), "text": ""}), "/text"},
		{"unknown parse mode", "sendMessage", message(map[string]any{"parse_mode": "TeX"}), "parse_mode"},
		{"markup of no kind", "sendMessage", message(map[string]any{"reply_markup": map[string]any{"x": 1}}), "reply_markup"},
		{"markup null", "sendMessage", message(map[string]any{"reply_markup": nil}), "reply_markup"},
		{"button", "sendMessage", keyboard(map[string]any{"text": "x", "callback_data": strings.Repeat("x", 64)}), ""},
		{"button data too long in bytes", "sendMessage", keyboard(map[string]any{"text": "x", "callback_data": long(33)}), "64 bytes"},
		{"button data empty", "sendMessage", keyboard(map[string]any{"text": "x", "callback_data": ""}), "64 bytes"},
		{"button without text", "sendMessage", keyboard(map[string]any{"callback_data": "x"}), "text"},
		{"button of unknown style", "sendMessage", keyboard(map[string]any{"text": "x", "url": "https://example.com/", "style": "gold"}), "style"},
		{"copied text too long", "sendMessage", keyboard(map[string]any{"text": "x", "copy_text": map[string]any{"text": long(257)}}), "copy_text"},
		{"keyboard null", "sendMessage", message(map[string]any{"reply_markup": map[string]any{"inline_keyboard": nil}}), "inline_keyboard"},
		{"placeholder too long", "sendMessage", message(map[string]any{"reply_markup": map[string]any{"force_reply": true, "input_field_placeholder": long(65)}}), "input_field_placeholder"},
		{"callback answer", "answerCallbackQuery", map[string]any{"callback_query_id": "1", "text": long(200)}, ""},
		{"callback answer too long", "answerCallbackQuery", map[string]any{"callback_query_id": "1", "text": long(201)}, "/text"},
		{"callback as number", "answerCallbackQuery", map[string]any{"callback_query_id": int64(1)}, "callback_query_id"},
		{"typing", "sendChatAction", map[string]any{"chat_id": int64(7), "action": "typing"}, ""},
		{"unknown action", "sendChatAction", map[string]any{"chat_id": int64(7), "action": "thinking"}, "action"},
		{"poll", "getUpdates", map[string]any{"offset": int64(1), "timeout": int64(50), "limit": int64(100), "allowed_updates": []any{"message"}}, ""},
		{"unknown update", "getUpdates", map[string]any{"allowed_updates": []any{"news"}}, "allowed_updates"},
		{"limit", "getUpdates", map[string]any{"limit": int64(101)}, "limit"},
		{"commands", "setMyCommands", command("start", long(256)), ""},
		{"command too long", "setMyCommands", command(strings.Repeat("x", 33), "x"), "command"},
		{"description of a command too long", "setMyCommands", command("start", long(257)), "description"},
		{"too many commands", "setMyCommands", map[string]any{"commands": make([]any, 101)}, "101"},
		{"unknown scope", "getMyCommands", map[string]any{"scope": map[string]any{"type": "world"}}, "scope"},
		{"name too long", "setMyName", map[string]any{"name": long(65)}, "name"},
		{"description too long", "setMyDescription", map[string]any{"description": long(513)}, "description"},
		{"short description too long", "setMyShortDescription", map[string]any{"short_description": long(121)}, "short_description"},
		{"secret of a webhook too long", "setWebhook", map[string]any{"url": "https://example.com/", "secret_token": long(257)}, "secret_token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := Request(tt.method, tt.params)
			if (err == nil) != (tt.wrong == "") || !strings.Contains(fmt.Sprint(err), tt.wrong) && err != nil {
				t.Errorf("Request(%s, %v) = %v, want %q", tt.method, tt.params, err, tt.wrong)
			}
		})
	}
}

func TestUpdate(t *testing.T) {
	const chat = `"chat":{"id":7,"type":"private","first_name":"P"}`
	tests := []struct {
		name, update, wrong string
	}{
		{"message", `{"update_id":1,"message":{"message_id":1,"date":1,` + chat + `,"text":"x"}}`, ""},
		{"no date", `{"update_id":1,"message":{"message_id":1,` + chat + `}}`, "date"},
		{"no identifier", `{}`, "update_id"},
		{"unknown kind", `{"update_id":1,"news":{}}`, "news"},
		{"unknown field", `{"update_id":1,"message":{"message_id":1,"date":1,` + chat + `,"tone":"x"}}`, "tone"},
		{"no JSON", `{`, "decode"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := Update([]byte(tt.update))
			if (err == nil) != (tt.wrong == "") || !strings.Contains(fmt.Sprint(err), tt.wrong) && err != nil {
				t.Errorf("Update(%s) = %v, want %q", tt.update, err, tt.wrong)
			}
		})
	}
}

// Checking a request costs no more than microseconds, or load could not be tested.
func BenchmarkRequest(b *testing.B) {
	p := keyboard(map[string]any{"text": "x", "callback_data": "s:1:abcdefgh"})
	for b.Loop() {
		if err := Request("sendMessage", p); err != nil {
			b.Fatal(err)
		}
	}
}
