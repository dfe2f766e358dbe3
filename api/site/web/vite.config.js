// Two builds (`--mode playground`, `--mode pages`), no HTML: the pages are templates of
// api/site/templates, which find the entries' hashed names in each build's manifest. The graph view is
// built apart from the playground so that it comes out as one script without imports:
// `newsgraph graph -o FILE.html` puts that script into the file itself (api/site/picture.py).
import { defineConfig } from "vite";

const entries = {
  playground: ["src/playground/main.tsx"],
  pages: ["src/graph/main.ts", "src/site.css"],
};

export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: false,
  logLevel: "warn",
  worker: { format: "es" },
  build: {
    outDir: `../static/${mode}`,
    emptyOutDir: true,
    manifest: "manifest.json",
    license: { fileName: "licenses.md" },
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 8000, // Monaco, the editor of the playground, is large and loaded once
    rolldownOptions: {
      input: entries[mode],
      onwarn(warning, warn) {
        // "use client" in React packages: meant for another kind of build, hundreds of times.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
  },
}));
