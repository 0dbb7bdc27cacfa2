// A Bot API server that others wrote, npm's telegram-test-api, for a test that
// speaks to it over standard input and output, an object of JSON on each line.
// The first that it writes tells the port. Then it answers each of
//
//   {"do": "say", "user": 7, "text": "…"}    a person writes; commands too
//   {"do": "press", "user": 7, "message": 2, "data": "…"}
//   {"do": "wait", "user": 7, "messages": 2, "edits": 1}
//
// the last when there are so many of them, with the messages of that chat and
// the methods that the server does not know but was asked for. It ends with its
// input.
//
//   node server.mjs FOLDER    the folder where the packages are installed
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(join(process.argv[2], "package.json"));
const express = require("express");
const multer = require("multer");
const TelegramServer = require("telegram-test-api");

const token = process.env.TELEGRAM_BOT_TOKEN;
const app = express();
const http = createServer(app);
await new Promise((done) => http.listen(0, "127.0.0.1", done));
const { port } = http.address();
const server = new TelegramServer({ port, host: "127.0.0.1", storeTimeout: 600 });

const known = ["getMe", "getUpdates", "sendMessage", "editMessageText", "editMessageReplyMarkup",
  "deleteMessage", "answerCallbackQuery", "setWebhook", "deleteWebhook"];
const unknown = new Set();
const edits = new Map(); // by chat
const called = (request) => request.path.match(/^\/bot[^/]+\/(\w+)$/)?.[1];

// The server itself reads no multipart forms, and does not wait for updates: a
// bot would ask it thousands of times a second.
const forms = multer().any();
app.use((request, response, next) => forms(request, response, () => next()));
app.use(async (request, response, next) => {
  const method = called(request);
  if (method && !known.includes(method)) unknown.add(method);
  if (method === "editMessageText") {
    const chat = Number(request.body.chat_id);
    edits.set(chat, (edits.get(chat) ?? 0) + 1);
  }
  if (method === "getUpdates" && !server.storage.userMessages.some((update) => !update.isRead)) {
    await Promise.race([server.waitUserMessage(), new Promise((done) => setTimeout(done, 1000))]);
  }
  next();
});
app.use(server.webServer);

const clientOf = (user) => server.getClient(token, { userId: user, chatId: user, firstName: "Person" });

function messagesTo(chat) {
  return server.getUpdatesHistory(token)
    .filter(({ message }) => message && Number(message.chat_id) === chat)
    .map(({ messageId, message }) => ({
      id: messageId,
      text: message.text,
      data: (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.callback_data ?? ""),
    }));
}

const commands = {
  async say({ user, text }) {
    const client = clientOf(user);
    const from = { from: { language_code: "ar" } };
    if (text.startsWith("/")) await client.sendCommand(client.makeCommand(text, from));
    else await client.sendMessage(client.makeMessage(text, from));
  },
  async press({ user, message, data }) {
    const client = clientOf(user);
    const on = { message_id: message, date: Math.floor(Date.now() / 1000) };
    await client.sendCallback(client.makeCallbackQuery(data, { message: on }));
  },
  async wait({ user, messages, edits: wanted = 0 }) {
    const enough = () => messagesTo(user).length >= messages && (edits.get(user) ?? 0) >= wanted;
    while (!enough()) await Promise.race([server.waitBotMessage(), server.waitBotEdits()]);
    return { messages: messagesTo(user), unknown: [...unknown] };
  },
};

const tell = (object) => process.stdout.write(JSON.stringify(object) + "\n");
tell({ port });
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  tell((await commands[command.do](command)) ?? {});
}
process.exit();
