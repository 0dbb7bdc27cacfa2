package bot

import "testing"

func TestAside(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		w := newWorld(t)
		w.lang = lang
		message, press := w.event(reader, "/help"), w.pressed(reader, "s:1")
		message.Message, press.Message = 31, 32
		if r := w.Aside(t.Context(), press, Waiting); r.Notice != "" { // which is for its answer
			t.Errorf("a press that waits gets the notice %q", r.Notice)
		}
		for name, r := range map[string]Reply{
			"aside-waiting":        w.Aside(t.Context(), message, Waiting),
			"aside-refused":        w.Aside(t.Context(), message, Refused),
			"aside-refused-press":  w.Aside(t.Context(), press, Refused),
			"aside-doubtful":       w.Aside(t.Context(), message, Doubtful),
			"aside-doubtful-press": w.Aside(t.Context(), press, Doubtful),
		} {
			checkReply(t, r)
			golden(t, "html/"+name+"."+lang+".html", show(r))
			if r.Notice == "" && r.Messages[0].ReplyTo != map[string]int{"aside-refused": 31, "aside-doubtful": 31}[name] {
				t.Errorf("%s is a reply to message %d", name, r.Messages[0].ReplyTo)
			}
		}
	}
}

// A question is spoken of in its language, like its answer.
func TestAsideLanguage(t *testing.T) {
	w := newWorld(t)
	w.lang = "en"
	saysAll(t, w.Aside(t.Context(), w.event(reader, "من فاز؟"), Waiting), "انتظر لحظة")
	saysAll(t, w.Aside(t.Context(), w.event(reader, "Who won?"), Refused), "Too many messages")
	w.lang = "ar"
	saysAll(t, w.Aside(t.Context(), w.event(reader, "Who won?"), Waiting), "Please wait")
	saysAll(t, w.Aside(t.Context(), w.event(reader, "…"), Waiting), "انتظر لحظة")
}
