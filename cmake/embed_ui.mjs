// Usage: node embed_ui.mjs DIST OUT
// Writes OUT/ui.bin (all files of DIST, each followed by its gzip form) and OUT/ui_files.cpp (the table of
// daifuku::ui_files(), with the bytes taken in by the assembler).
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { constants, gzipSync } from "node:zlib";

const [dist, out] = process.argv.slice(2);
if (!dist || !out) {
  console.error("usage: node embed_ui.mjs DIST OUT");
  process.exit(2);
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};
const packable = /^(text\/|application\/(json|manifest\+json|xml|wasm)|image\/svg)/;

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
    })
    .sort();
}

const blob = [];
let size = 0;
function store(bytes) {
  const offset = size;
  blob.push(bytes);
  size += bytes.length;
  return { offset, length: bytes.length };
}

const rows = walk(dist)
  .filter((file) => extname(file) !== ".map")
  .map((file) => {
    const path = `/${relative(dist, file).split(sep).join("/")}`;
    const type = types[extname(file)] ?? "application/octet-stream";
    const bytes = readFileSync(file);
    const packed = packable.test(type) ? gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }) : Buffer.alloc(0);
    return {
      path,
      type,
      raw: store(bytes),
      gzip: store(packed.length < bytes.length * 0.95 ? packed : Buffer.alloc(0)),
      etag: createHash("sha256").update(bytes).digest("hex").slice(0, 24),
      // Vite puts a hash of the content into the names below assets/.
      immutable: /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path),
    };
  });

const quote = (text) => JSON.stringify(text);
const view = ({ offset, length }) => (length === 0 ? "{}" : `{data + ${offset}, ${length}}`);
const table = rows.map(
  (row) =>
    `      {${quote(row.path)}, ${quote(row.type)}, ${view(row.raw)}, ${view(row.gzip)}, ` +
    `${quote(`"${row.etag}"`)}, ${row.immutable}},`,
);
const binary = join(out, "ui.bin");
const digest = createHash("sha256").update(Buffer.concat(blob)).digest("hex");

mkdirSync(out, { recursive: true });
writeFileSync(binary, Buffer.concat(blob));
writeFileSync(
  join(out, "ui_files.cpp"),
  `// Made by cmake/embed_ui.mjs. Content: ${digest}
#include "ui_files.h"

#include <array>

__asm__(
    ".section .rodata\\n"
    ".global daifuku_ui_data\\n"
    ".hidden daifuku_ui_data\\n"
    ".balign 16\\n"
    "daifuku_ui_data:\\n"
    ".incbin ${quote(binary).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}\\n"
    ".byte 0\\n"
    ".previous\\n");

extern "C" __attribute__((visibility("hidden"))) const char daifuku_ui_data[];

namespace daifuku {

std::span<const http::EmbeddedFile> ui_files() {
  static const char* const data = daifuku_ui_data;
  static const std::array<http::EmbeddedFile, ${rows.length}> files = {{
${table.join("\n")}
  }};
  return files;
}

}  // namespace daifuku
`,
);
console.log(`embedded ${rows.length} files, ${Math.round(size / 1024)} kB`);
