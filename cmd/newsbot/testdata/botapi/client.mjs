// A bot with a library that others wrote, npm's grammy, for a test of the server
// that the other tests use. It answers every text with the same text in bold and
// a button, and tells of its edits, of buttons and of the errors it meets.
//
//   node client.mjs FOLDER URL    the folder where the packages are installed
//
// It ends with its input.
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, apiRoot] = process.argv.slice(2);
const { Bot, GrammyError, InlineKeyboard } = createRequire(join(folder, "package.json"))("grammy");

const bot = new Bot(process.env.TELEGRAM_BOT_TOKEN, { client: { apiRoot } });
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const bold = (text) => `<b>${escaped(text)}</b>`;

// Every kind of error is told as its parts.
bot.command("try", async (ctx) => {
  try {
    await ctx.reply(ctx.match);
    await ctx.reply("no error");
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    const { method, error_code: code, description, parameters } = error;
    await ctx.reply(JSON.stringify({ method, code, description, parameters }));
  }
});
bot.on("message:text", async (ctx) => {
  await ctx.replyWithChatAction("typing");
  await ctx.reply(bold(ctx.msg.text), {
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
    reply_parameters: { message_id: ctx.msg.message_id },
    reply_markup: new InlineKeyboard().text("more", "m:1"),
  });
});
bot.on("edited_message:text", (ctx) => ctx.reply(bold(`edited: ${ctx.editedMessage.text}`), { parse_mode: "HTML" }));
bot.callbackQuery("m:1", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "pressed", show_alert: true });
  await ctx.editMessageText(`${ctx.callbackQuery.message.text} by ${ctx.from.id}`);
});
bot.catch((error) => {
  console.error(error.error);
  process.exit(1);
});

process.stdin.resume().on("end", () => bot.stop());
await bot.api.setMyCommands([{ command: "try", description: "Try" }], { scope: { type: "all_private_chats" } });
await bot.start({ allowed_updates: ["message", "edited_message", "callback_query"] });
process.exit();
