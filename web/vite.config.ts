import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const MOST_BYTES = 60_000; // of widget.js, as it is sent
const PAGES = ["index.html", "chat.html"]; // desk.html is a build of its own

/** The pages are served as they are, and load the widget as a host page would. */
function pages(): Plugin {
  return {
    name: "pages",
    configureServer(server) {
      server.middlewares.use((request, _, next) => {
        if (request.url === "/widget.js") request.url = "/src/widget.ts";
        if (request.url === "/chat") request.url = "/chat.html";
        next();
      });
    },
    generateBundle() {
      const css = readFileSync("src/page.css", "utf8");
      const name = `assets/page-${createHash("sha256").update(css).digest("hex").slice(0, 8)}.css`;
      this.emitFile({ type: "asset", fileName: name, source: css });
      for (const fileName of PAGES) {
        const source = readFileSync(fileName, "utf8").replace("/src/page.css", `/${name}`);
        this.emitFile({ type: "asset", fileName, source });
      }
      this.emitFile({ type: "asset", fileName: "widget.d.ts", source: readFileSync("src/api.ts") });
    },
  };
}

/** CSS in a script is text: its line breaks and indents need not be sent. */
function tightStyles(): Plugin {
  return {
    name: "tight-styles",
    apply: "build",
    transform(code, id) {
      if (!id.includes("/src/styles/") && !id.includes("/src/view/") && !id.includes("/src/chat") && !id.includes("/src/plan/")) return null;
      return { code: code.replace(/\n\s+/g, "\n"), map: null };
    },
  };
}

/** People open this on a phone at night: the build fails when the widget grows too big. */
function budget(): Plugin {
  return {
    name: "budget",
    writeBundle(_, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type !== "chunk") continue;
        const size = gzipSync(file.code, { level: 9 }).length;
        console.log(`${name}: ${size.toLocaleString("en-US")} bytes gzip`);
        if (name === "widget.js" && size > MOST_BYTES)
          throw new Error(`widget.js is ${String(size)} bytes gzip, the most is ${String(MOST_BYTES)}`);
        if (name === "widget.js" && file.imports.length > 0) throw new Error("widget.js is not one file");
        if (name !== "widget.js" && file.imports.length > 0) throw new Error(`${name} imports the widget again`);
      }
    },
  };
}

const widget = {
  input: { widget: "src/widget.ts" },
  preserveEntrySignatures: "strict" as const,
  output: {
    entryFileNames: "[name].js",
    chunkFileNames: "assets/chart-[hash].js",
    manualChunks: (id: string) => (id.includes("chart.js") || id.includes("@kurkle") || id.endsWith("/plan/chart.ts") ? "chart" : undefined),
  },
};
const desk = {
  input: { desk: "desk.html" },
  output: { entryFileNames: "assets/desk-[hash].js", chunkFileNames: "assets/desk-[hash].js", assetFileNames: "assets/desk-[hash][extname]" },
};

// Two builds into one folder: what the desk and the widget both use must not become a file that the
// widget has to load beside itself.
export default defineConfig(({ mode }) => ({
  plugins: mode === "desk" ? [] : [pages(), tightStyles(), budget()],
  server: { proxy: { "/desk/api": "http://127.0.0.1:8080", "/socket.io": { target: "http://127.0.0.1:8080", ws: true } } },
  build: {
    outDir: "dist",
    emptyOutDir: mode !== "desk",
    copyPublicDir: mode !== "desk",
    assetsInlineLimit: 0, // the desk's policy loads nothing from data: addresses but pictures
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: mode === "desk" ? desk : widget,
  },
  test: { environment: "jsdom" },
}));
