#!/usr/bin/env bash
# Makes answers.png, the picture of two Arabic answers and an English one, with a
# headless Chromium and the Noto fonts. It is run by hand when the look of
# messages changes, and the picture is looked at.
set -euo pipefail
cd "$(dirname "$0")"

page="$(mktemp -d)/page.html"
(cd ../.. && go test -count=1 -run TestPicture -picture "$page" .)
"${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
  --user-data-dir="$(dirname "$page")/profile" --hide-scrollbars --force-device-scale-factor=1.5 \
  --window-size=1290,1040 --screenshot="$PWD/answers.png" "file://$page"
rm -rf "$(dirname "$page")"
