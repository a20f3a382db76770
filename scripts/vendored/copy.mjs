// Third-party files into the repository, with their licences and checksums. After changing a version in package.json:
//   cd scripts/vendored && npm install --ignore-scripts --omit-lockfile-registry-resolved && node copy.mjs
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const ROOT = new URL("../../", import.meta.url);
const COPIES = {
  "site/static/vendor/": {
    "echarts/dist/echarts.common.min.js": "echarts.common.min.js",
    "echarts/LICENSE": "echarts.LICENSE.txt",
    "echarts/NOTICE": "echarts.NOTICE.txt",
    "zrender/LICENSE": "zrender.LICENSE.txt",
    "tslib/LICENSE.txt": "tslib.LICENSE.txt",
  },
  "tests/browser/vendor/": {
    "axe-core/axe.min.js": "axe.min.js",
    "axe-core/LICENSE": "axe.LICENSE.txt",
  },
};

for (const [folder, files] of Object.entries(COPIES)) {
  const target = new URL(folder, ROOT);
  mkdirSync(target, { recursive: true });
  for (const [from, to] of Object.entries(files)) copyFileSync(new URL(`node_modules/${from}`, import.meta.url), new URL(to, target));
  const names = readdirSync(target).filter((name) => name !== "SHA256SUMS").sort();
  const sums = names.map((name) => `${createHash("sha256").update(readFileSync(new URL(name, target))).digest("hex")}  ${name}\n`);
  writeFileSync(new URL("SHA256SUMS", target), sums.join(""));
}
