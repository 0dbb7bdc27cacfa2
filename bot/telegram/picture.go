package telegram

import (
	"bytes"
	"context"
	"errors"
	"unicode/utf16"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsbot/bot"
)

// maxCaption is how long a caption may be without its markup, in UTF-16 code units.
const maxCaption = 1024

// maxPicture is how large a picture may be, in bytes (https://core.telegram.org/bots/api#sendphoto).
const maxPicture = 10 << 20

// withPicture puts the picture of a message above its words: one message with them when they fit in a caption, and else one
// before them.
func withPicture(words []message, o bot.Outgoing) []message {
	if o.Picture == nil || len(o.Picture.PNG) > maxPicture {
		return words
	}
	if len(words) == 1 && len(utf16.Encode([]rune(words[0].withoutTags()))) <= maxCaption {
		words[0].picture = o.Picture
		return words
	}
	return append([]message{{chat: o.Chat, picture: o.Picture}}, words...)
}

// sendPicture sends a message with a picture: without its markup if Telegram does not take that, and without the picture if
// it does not take that.
func (g *gateway) sendPicture(ctx context.Context, j job, thread int, m message) (chat int64, err error) {
	p := tg.SendPhotoParams{
		MessageThreadID: thread, Caption: m.html, ParseMode: models.ParseModeHTML, ReplyMarkup: m.markup, ReplyParameters: m.repliesTo(),
	}
	if m.html == "" {
		p.ParseMode = ""
	}
	j.method = photoMethod
	j.try = func(ctx context.Context, chat int64) (int, error) {
		p.ChatID = chat
		p.Photo = &models.InputFileUpload{Filename: m.picture.Name, Data: bytes.NewReader(m.picture.PNG)} // it is read each time
		sent, err := g.bot.SendPhoto(ctx, &p)
		if err != nil {
			return 0, err
		}
		return sent.ID, nil
	}
	j.chat, err = g.carry(ctx, j)
	if errors.Is(err, errUnparsed) {
		p.Caption, p.ParseMode = m.unformatted(), ""
		j.chat, err = g.carry(ctx, j)
	}
	if errors.Is(err, errRefused) && m.html != "" {
		m.picture = nil
		return g.sendAs(ctx, j, thread, m)
	}
	return j.chat, err
}
