package bot

import "testing"

func TestBusy(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		w := newWorld(t)
		w.lang = lang
		message, press := w.event(reader, "/help"), w.pressed(reader, "s:1")
		message.Message, press.Message = 31, 32
		if r := w.Busy(t.Context(), press, false); r.Notice != "" { // which is for its answer
			t.Errorf("a press that waits gets the notice %q", r.Notice)
		}
		for name, r := range map[string]Reply{
			"busy":         w.Busy(t.Context(), message, false),
			"busy-refused": w.Busy(t.Context(), message, true),
			"busy-pressed": w.Busy(t.Context(), press, true),
		} {
			checkReply(t, r)
			golden(t, "html/"+name+"."+lang+".html", show(r))
			if r.Notice == "" && r.Messages[0].ReplyTo != map[string]int{"busy-refused": 31}[name] {
				t.Errorf("%s is a reply to message %d", name, r.Messages[0].ReplyTo)
			}
		}
	}
}

// A question is spoken of in its language, like its answer.
func TestBusyLanguage(t *testing.T) {
	w := newWorld(t)
	w.lang = "en"
	saysAll(t, w.Busy(t.Context(), w.event(reader, "من فاز؟"), false), "انتظر لحظة")
	saysAll(t, w.Busy(t.Context(), w.event(reader, "Who won?"), true), "Too many messages")
	w.lang = "ar"
	saysAll(t, w.Busy(t.Context(), w.event(reader, "Who won?"), false), "Please wait")
	saysAll(t, w.Busy(t.Context(), w.event(reader, "…"), false), "انتظر لحظة")
}
