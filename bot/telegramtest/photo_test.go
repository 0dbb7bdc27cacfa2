package telegramtest

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"strings"
	"testing"
)

// pngOf is a PNG of a size.
func pngOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// photoForm is a request of sendPhoto.
func photoForm(t testing.TB, photo []byte, params map[string]string) (contentType, body string) {
	t.Helper()
	var b strings.Builder
	w := multipart.NewWriter(&b)
	for name, value := range params {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if photo != nil {
		part, err := w.CreateFormFile("photo", "stats.png")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(photo)
	}
	_ = w.Close()
	return w.FormDataContentType(), b.String()
}

func TestSendPhoto(t *testing.T) {
	s := New(t)
	p := s.Person(reader, "en")
	p.Send("x")
	kind, body := photoForm(t, pngOf(t, 4, 3), map[string]string{
		"chat_id": "7", "caption": "<b>" + strings.Repeat("ج", maxCaption) + "</b>", "parse_mode": "HTML",
		"reply_markup": `{"inline_keyboard":[[{"text":"x","callback_data":"y"}]]}`,
	})
	r, err := newBot(t, s).post(t.Context(), "/bot"+s.Token()+"/sendPhoto", kind, strings.NewReader(body))
	if err != nil || !r.OK {
		t.Fatalf("%+v %v", r, err)
	}
	for _, want := range []string{`"photo":[{`, `"width":4`, `"caption":"ج`, `"caption_entities":[{`} {
		if !strings.Contains(string(r.Result), want) {
			t.Errorf("the message lacks %s: %.300s", want, r.Result)
		}
	}
	all := p.Messages()
	m := all[len(all)-1]
	if len(m.Photo) == 0 || m.Text != strings.Repeat("ج", maxCaption) || len(m.Buttons) != 1 || !m.FromBot {
		t.Errorf("the chat shows %+v", m)
	}
}

func TestSendPhotoRefused(t *testing.T) {
	small := pngOf(t, 4, 3)
	tests := []struct {
		name   string
		photo  []byte
		params map[string]string
		want   string
	}{
		{"none", nil, nil, "there is no photo in the request"},
		{"no file", nil, map[string]string{"photo": "AgACAgQAAxkBAAI000001"}, "photo is not a file"},
		{"no picture", []byte("GIF89a"), nil, "IMAGE_PROCESS_FAILED"},
		{"large", pngOf(t, 9000, 1001), nil, "PHOTO_INVALID_DIMENSIONS"},
		{"narrow", pngOf(t, 42, 2), nil, "PHOTO_INVALID_DIMENSIONS"},
		{"long caption", small, map[string]string{"caption": strings.Repeat("x", maxCaption+1)}, "message caption is too long"},
		{"broken caption", small, map[string]string{"caption": "<b>x", "parse_mode": "HTML"}, "can't parse entities"},
		{"text", small, map[string]string{"text": "x"}, `unknown parameter "text"`},
		{"stranger", small, map[string]string{"chat_id": "99"}, "chat not found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := newRecorded(t)
			s.Person(reader, "en").Send("x")
			params := map[string]string{"chat_id": "7"}
			for k, v := range tt.params {
				params[k] = v
			}
			kind, body := photoForm(t, tt.photo, params)
			r, err := newBot(t, s).post(t.Context(), "/bot"+s.Token()+"/sendPhoto", kind, strings.NewReader(body))
			if err != nil || r.OK || !strings.Contains(r.Description, tt.want) {
				t.Errorf("sendPhoto = %+v %v, want %q", r, err, tt.want)
			}
		})
	}
}
