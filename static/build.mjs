// Builds static/dist: the style sheets for screens and for PDFs, the scripts and the images, each under a name that carries a hash of what is
// in it (so that it can be cached for ever), each beside its brotli and gzip form, and manifest.json, which says which
// name is which. The same sources give the same bytes. Run it as `node static/build.mjs`, or name another folder for it.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { build } from "esbuild";
import { compile, NodePackageImporter } from "sass";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = resolve(process.argv[2] ?? join(HERE, "dist"));
const FRESH = `${DIST}.${process.pid}`; // renamed when it is whole, so that nobody meets half a build
const BROWSERS = ["chrome111", "edge111", "firefox115", "safari16"];
const COMPRESSED = new Set([".css", ".js", ".svg"]);

/** A style sheet, minified, as bytes. */
async function styles(name) {
  const { css } = compile(join(HERE, "css", name), {
    importers: [new NodePackageImporter(HERE)],
    loadPaths: [join(HERE, "../node_modules")],
    quietDeps: true,
    silenceDeprecations: ["if-function", "import", "global-builtin"],
    style: "compressed",
  });
  const { outputFiles } = await build({
    stdin: { contents: css, loader: "css" },
    minify: true,
    target: BROWSERS,
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].contents;
}

/** One script with all it imports, minified, as bytes. */
async function script(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: basename(path) === "enabled.js" ? "iife" : "esm",
    legalComments: "none",
    logLevel: "warning",
    minify: true,
    target: BROWSERS,
    write: false,
  });
  return outputFiles[0].contents;
}

/** Write `bytes` and their compressed forms; return the name, with its hash. */
async function publish(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const extension = extname(name);
  const hashed = `${basename(name, extension)}.${hash}${extension}`;
  await writeFile(join(FRESH, hashed), bytes);
  if (COMPRESSED.has(extension)) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    await writeFile(join(FRESH, `${hashed}.br`), await promisify(brotliCompress)(bytes, quality));
    await writeFile(join(FRESH, `${hashed}.gz`), await promisify(gzip)(bytes, { level: 9 }));
  }
  return hashed;
}

await rm(FRESH, { recursive: true, force: true });
await mkdir(FRESH, { recursive: true });
const manifest = {
  "app.css": await publish("app.css", await styles("app.scss")),
  "paper.css": await publish("paper.css", await styles("paper.scss")),
};
for (const name of ["app.js", "enabled.js"]) {
  manifest[name] = await publish(name, await script(join(HERE, "js", name)));
}
for (const name of (await readdir(join(HERE, "images"))).sort()) {
  manifest[name] = await publish(name, await readFile(join(HERE, "images", name)));
}
await writeFile(join(FRESH, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(DIST, { recursive: true, force: true });
await rename(FRESH, DIST);
