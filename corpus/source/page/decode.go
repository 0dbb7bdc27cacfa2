package page

// Decode returns the characters of a page or another text from the web; contentType is what the server called it, ""
// for nothing. It believes the bytes before any declaration. ok is false when no character set makes sense of them.
func Decode(contentType string, body []byte) (s string, ok bool) { return decode(contentType, body) }
