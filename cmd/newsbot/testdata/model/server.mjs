// A server of language models that others wrote, npm's aimock, for a test that speaks
// to it as to any other. It writes an object of JSON to its output that tells the port,
// and ends with its input. Each model does one thing, whatever it is told:
//
//   true             says something in pieces
//   thinking         the same after reasoning about it, which is a field of its own
//   aloud            the same after thinking aloud, between tags
//   empty            says nothing
//   cut              is cut in the middle
//   limited          answers 429 with a time to wait
//   failing          answers 500
//   overloaded       answers 503
//   malformed        sends no JSON
//   gone             closes the connection
//   any other        is not known, for which it answers 503
//
//   node server.mjs FOLDER KEY WORDS    the folder where the packages are installed
import { createRequire } from "node:module";
import { join } from "node:path";

const [, , folder, key, content] = process.argv;
const { LLMock } = createRequire(join(folder, "package.json"))("@copilotkit/aimock");

const server = new LLMock({
  port: 0,
  host: "127.0.0.1",
  chunkSize: 7,
  logLevel: "silent",
  strict: true,
  auth: { apiKeys: [key] },
});
const model = (name, response, options) => server.on({ model: name }, response, options);
model("true", { content });
model("thinking", { content, reasoning: "Twelve, I think." });
model("aloud", { content: `<think>Twelve, I think.</think>\n\n${content}` });
model("empty", { content: "" });
model("cut", { content }, { latency: 20, truncateAfterChunks: 4 });
model("limited", { content }, { chaos: { rateLimitRate: 1 } });
model("failing", { content }, { chaos: { dropRate: 1 } });
model("overloaded", { error: { message: "overloaded", type: "server_error" }, status: 503 });
model("malformed", { content }, { chaos: { malformedRate: 1 } });
model("gone", { content }, { chaos: { disconnectRate: 1 } });
await server.start();
process.stdout.write(`${JSON.stringify({ port: server.port })}\n`);
process.stdin.on("end", () => process.exit(0)).resume();
