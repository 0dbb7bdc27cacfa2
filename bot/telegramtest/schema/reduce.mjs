// Reduces a schema from standard input to the definitions that those named by
// the argument, a regular expression, need. The lengths that the descriptions
// state become keywords ("1-64 bytes", which JSON Schema has none for, a format);
// the descriptions go, and so do the types that only TypeScript's own values have.
import { readFileSync } from "node:fs";

const roots = new RegExp(`^${process.argv[2]}$`);
const { definitions } = JSON.parse(readFileSync(0, "utf8"));

// limits are the keywords for what a description says of a value.
function limits({ type, description = "" }) {
  const range = description.match(/\b(\d+)-(\d+) (characters|bytes)\b/);
  if (range && type !== "array") {
    return range[3] === "bytes" ? { format: range[0] } : { minLength: Number(range[1]), maxLength: Number(range[2]) };
  }
  const values = description.match(/\bValues between (\d+)-(\d+) are accepted\b/);
  if (values) return { minimum: Number(values[1]), maximum: Number(values[2]) };
  const most = description.match(/\bAt most (\d+) [a-z ]+ can be specified\b/);
  return most ? { maxItems: Number(most[1]) } : {};
}

// isScript tells whether a type is an object of TypeScript that only becomes one
// of the Bot API's when it is sent.
function isScript({ properties = {} }) {
  return Object.hasOwn(properties, "toJSON") || Object.hasOwn(properties, "toString");
}

function reduce(node) {
  if (Array.isArray(node)) return node.map(reduce);
  if (node === null || typeof node !== "object") return node;
  let out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "properties") {
      out[key] = Object.fromEntries(Object.entries(value).map(([name, v]) => [name, reduce(v)]));
    } else if (key === "anyOf") {
      out[key] = value.filter((v) => !isScript(v)).map(reduce);
    } else if (key !== "description") {
      out[key] = reduce(value);
    }
  }
  if (out.anyOf?.length === 1) {
    const { anyOf, ...rest } = out;
    out = { ...rest, ...anyOf[0] };
  }
  return { ...out, ...limits(node) };
}

const kept = new Map();
function keep(name) {
  if (kept.has(name)) return;
  kept.set(name, JSON.stringify(reduce(definitions[name])));
  for (const [, ref] of kept.get(name).matchAll(/"#\/definitions\/([^"]+)"/g)) keep(decodeURIComponent(ref));
}
Object.keys(definitions).filter((name) => roots.test(name)).forEach(keep);

// A line for each definition, so that a change can be read.
const lines = [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => `${JSON.stringify(name)}:${text}`);
console.log(`{"$schema":"http://json-schema.org/draft-07/schema#","definitions":{\n${lines.join(",\n")}\n}}`);
