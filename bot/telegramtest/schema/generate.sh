#!/usr/bin/env bash
# Makes params.schema.json and update.schema.json anew from the types of the
# Bot API that npm's @gramio/types declares. It needs node, npm and the network,
# and installs nothing outside a temporary folder.
set -euo pipefail
cd "$(dirname "$0")"

types=10.3.1     # @gramio/types; the first two numbers are those of the Bot API
generator=2.4.0  # ts-json-schema-generator

out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
npm install --prefix "$out" --no-save --no-audit --no-fund --silent \
  "@gramio/types@$types" "ts-json-schema-generator@$generator"

# schema FILE TYPE: the JSON Schema of a type, or of all ('*'), that a file declares.
schema() {
  local path="$out/node_modules/@gramio/types/out/$1"
  cat >"$out/tsconfig.json" <<JSON
{"compilerOptions": {"strict": true, "skipLibCheck": true, "module": "node16",
  "moduleResolution": "node16", "noEmit": true}, "files": ["$path"]}
JSON
  "$out/node_modules/.bin/ts-json-schema-generator" --path "$path" --type "$2" \
    --tsconfig "$out/tsconfig.json" --no-type-check
}

schema params.d.ts '*' | node reduce.mjs '\w+Params' >params.schema.json
schema objects.d.ts TelegramUpdate | node reduce.mjs TelegramUpdate >update.schema.json
