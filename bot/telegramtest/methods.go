package telegramtest

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A method is a method of the Bot API.
type method struct {
	params fields
	run    func(*Server, *call) (any, *Refusal)
	// waits says that run takes the server's lock itself, since it may wait.
	waits bool
}

// do carries a call out.
func (m method) do(c *call) (any, *Refusal) {
	if m.waits {
		return m.run(c.s, c)
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return m.run(c.s, c)
}

// decode decodes parameters by their declared types. What could be decoded is
// returned with a refusal too.
func (m method) decode(raw rawParams) (map[string]any, *Refusal) {
	out := make(map[string]any, len(raw))
	var first *Refusal
	refuse := func(r *Refusal) {
		if first == nil {
			first = r
		}
	}
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		f, ok := m.params[name]
		if _, upload := f.shape.(photoFile); !upload && strings.HasPrefix(raw[name], fileMark) {
			refuse(misuse("parameter %q is a file", name))
			continue
		}
		if !ok {
			refuse(misuse("unknown parameter %q", name))
			out[name] = raw[name]
			continue
		}
		if raw[name] == "" && f.absent != "" {
			continue // as good as not sent
		}
		v, r := f.shape.parse(name, raw[name])
		if r != nil {
			refuse(r)
			v = raw[name]
		}
		out[name] = v
	}
	if first == nil {
		first = m.params.missing("parameter ", out)
	}
	return out, first
}

// methods are the methods that the server knows, with the parameters of Bot API
// 10.1 and what 10.3 adds to them.
var methods = map[string]method{
	"getMe": {run: (*Server).getMe},
	"getUpdates": {waits: true, run: (*Server).getUpdates, params: fields{
		"offset":          {shape: integer{}},
		"limit":           {shape: integer{min: 1, max: 100}},
		"timeout":         {shape: integer{min: 0, max: 3600}},
		"allowed_updates": {shape: list{of: text{min: 1}}},
	}},
	"deleteWebhook":  {run: (*Server).deleteWebhook, params: fields{"drop_pending_updates": {shape: boolean{}}}},
	"getWebhookInfo": {run: (*Server).getWebhookInfo},
	"setWebhook": {run: (*Server).setWebhook, params: fields{
		"url":                  {shape: text{}, required: true},
		"ip_address":           {shape: text{}},
		"max_connections":      {shape: integer{min: 1, max: 100}},
		"allowed_updates":      {shape: list{of: text{min: 1}}},
		"drop_pending_updates": {shape: boolean{}},
		"secret_token":         {shape: text{min: 1, max: 256, pattern: regexp.MustCompile(`^[A-Za-z0-9_-]+$`)}},
	}},

	"sendMessage": {run: (*Server).sendMessage, params: with(formattedText, fields{
		"business_connection_id":       {shape: text{}},
		"chat_id":                      {shape: chatID{}, required: true, absent: "chat_id is empty"},
		"message_thread_id":            {shape: integer{}},
		"direct_messages_topic_id":     {shape: integer{}},
		"ephemeral_message_parameters": {shape: ephemeral},
		"disable_notification":         {shape: boolean{}},
		"protect_content":              {shape: boolean{}},
		"allow_paid_broadcast":         {shape: boolean{}},
		"message_effect_id":            {shape: text{}},
		"reply_parameters":             {shape: replyParameters},
		"reply_markup":                 {shape: replyMarkup{}},
	})},
	"sendMessageDraft": {run: (*Server).sendMessageDraft, params: fields{
		"chat_id":           {shape: integer{}, required: true, absent: "chat_id is empty"},
		"message_thread_id": {shape: integer{}},
		"draft_id":          {shape: integer{}, required: true},
		"text":              {shape: text{}},
		"parse_mode":        {shape: text{}},
		"entities":          {shape: list{of: entityShape}},
		"can_stop":          {shape: boolean{}},
		"keep_on_stop":      {shape: boolean{}},
	}},
	"sendPhoto": {run: (*Server).sendPhoto, params: fields{
		"business_connection_id":       {shape: text{}},
		"chat_id":                      {shape: chatID{}, required: true, absent: "chat_id is empty"},
		"message_thread_id":            {shape: integer{}},
		"direct_messages_topic_id":     {shape: integer{}},
		"ephemeral_message_parameters": {shape: ephemeral},
		"photo":                        {shape: photoFile{}, required: true, absent: "there is no photo in the request"},
		"caption":                      {shape: text{}},
		"parse_mode":                   {shape: text{}},
		"caption_entities":             {shape: list{of: entityShape}},
		"show_caption_above_media":     {shape: boolean{}},
		"has_spoiler":                  {shape: boolean{}},
		"disable_notification":         {shape: boolean{}},
		"protect_content":              {shape: boolean{}},
		"allow_paid_broadcast":         {shape: boolean{}},
		"message_effect_id":            {shape: text{}},
		"suggested_post_parameters":    {shape: object{}},
		"reply_parameters":             {shape: replyParameters},
		"reply_markup":                 {shape: replyMarkup{}},
	}},
	"editMessageText":        {run: (*Server).editMessageText, params: with(formattedText, target, inlineMarkup)},
	"editMessageReplyMarkup": {run: (*Server).editMessageReplyMarkup, params: with(target, inlineMarkup)},
	"deleteMessage": {run: (*Server).deleteMessage, params: fields{
		"chat_id":    {shape: chatID{}, required: true, absent: "chat_id is empty"},
		"message_id": {shape: integer{}, required: true, absent: "message identifier is not specified"},
	}},
	"answerCallbackQuery": {run: (*Server).answerCallbackQuery, params: fields{
		"callback_query_id": {shape: text{min: 1}, required: true},
		"text":              {shape: text{max: 200, refusal: "MESSAGE_TOO_LONG"}},
		"show_alert":        {shape: boolean{}},
		"url":               {shape: text{}},
		"cache_time":        {shape: integer{min: 0, max: 1 << 31}},
	}},
	"answerInlineQuery": {run: (*Server).answerInlineQuery, params: inlineAnswer},
	"sendChatAction": {run: (*Server).sendChatAction, params: fields{
		"business_connection_id": {shape: text{}},
		"chat_id":                {shape: chatID{}, required: true, absent: "chat_id is empty"},
		"message_thread_id":      {shape: integer{}},
		"action":                 {shape: chatAction, required: true, absent: wrongAction},
	}},
	"getFile": {run: (*Server).getFile, params: fields{"file_id": {shape: text{min: 1}, required: true}}},
	"getChat": {run: (*Server).getChat, params: fields{
		"chat_id": {shape: chatID{}, required: true, absent: "chat_id is empty"},
	}},

	"getChatMember": {run: (*Server).getChatMember, params: fields{
		"chat_id": {shape: chatID{}, required: true, absent: "chat_id is empty"},
		"user_id": {shape: integer{}, required: true, absent: "invalid user_id specified"},
	}},

	"setMyCommands":         {run: (*Server).setMyCommands, params: with(scoped, fields{"commands": {shape: commandList, required: true}})},
	"getMyCommands":         {run: (*Server).getMyCommands, params: scoped},
	"deleteMyCommands":      {run: (*Server).deleteMyCommands, params: scoped},
	"setMyName":             {run: setAbout("name"), params: with(inLanguage, fields{"name": {shape: text{max: 64}}})},
	"getMyName":             {run: getAbout("name"), params: inLanguage},
	"setMyDescription":      {run: setAbout("description"), params: with(inLanguage, fields{"description": {shape: text{max: 512}}})},
	"getMyDescription":      {run: getAbout("description"), params: inLanguage},
	"setMyShortDescription": {run: setAbout("short_description"), params: with(inLanguage, fields{"short_description": {shape: text{max: 120}}})},
	"getMyShortDescription": {run: getAbout("short_description"), params: inLanguage},
}

// with joins tables of parameters.
func with(tables ...fields) fields {
	out := fields{}
	for _, t := range tables {
		maps.Copy(out, t)
	}
	return out
}

// Tables that several methods share.
var (
	// formattedText is the text of a message. Its length counts after parsing.
	formattedText = fields{
		"text":                 {shape: text{min: 1}, required: true, absent: "message text is empty"},
		"parse_mode":           {shape: text{}},
		"entities":             {shape: list{of: entityShape}},
		"link_preview_options": {shape: linkPreview},
	}
	// target is the message to edit.
	target = fields{
		"business_connection_id": {shape: text{}},
		"chat_id":                {shape: chatID{}, required: true, absent: "chat_id is empty"},
		"message_id":             {shape: integer{}, required: true, absent: "message identifier is not specified"},
	}
	inlineMarkup = fields{"reply_markup": {shape: inlineOnly{}}}
	inLanguage   = fields{"language_code": {shape: languageCode}}
	scoped       = fields{"language_code": {shape: languageCode}, "scope": {shape: commandScope{}}}
	languageCode = text{pattern: regexp.MustCompile(`^([a-z]{2})?$`), refusal: "invalid language code specified"}
)

const wrongAction = "wrong parameter action in request"

var chatAction = text{
	oneOf: []string{
		"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
		"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
	},
	refusal: wrongAction,
}

// Objects of the Bot API.
var (
	linkPreview = object{fields{
		"is_disabled":        {shape: boolean{}},
		"url":                {shape: text{}},
		"prefer_small_media": {shape: boolean{}},
		"prefer_large_media": {shape: boolean{}},
		"show_above_text":    {shape: boolean{}},
	}}
	replyParameters = object{fields{
		"message_id":                  {shape: integer{}, required: true},
		"chat_id":                     {shape: chatID{}},
		"allow_sending_without_reply": {shape: boolean{}},
		"quote":                       {shape: text{max: 1024}},
		"quote_parse_mode":            {shape: text{}},
		"quote_entities":              {shape: list{of: entityShape}},
		"quote_position":              {shape: integer{}},
		"checklist_task_id":           {shape: integer{}},
		"poll_option_id":              {shape: text{}},
	}}
	ephemeral = object{fields{
		"receiver_user_id":               {shape: integer{}, required: true},
		"callback_query_id":              {shape: text{}},
		"replace_callback_query_message": {shape: boolean{}},
	}}
	entityShape = object{fields{
		"type":             {shape: text{oneOf: entityTypes}, required: true},
		"offset":           {shape: integer{min: 0, max: 1 << 20}, required: true},
		"length":           {shape: integer{min: 1, max: 1 << 20}, required: true},
		"url":              {shape: text{}},
		"language":         {shape: text{}},
		"custom_emoji_id":  {shape: text{}},
		"unix_time":        {shape: integer{}},
		"date_time_format": {shape: text{}},
	}}
	entityTypes = []string{
		"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic",
		"underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
		"text_link", "custom_emoji", "date_time",
	}
)
