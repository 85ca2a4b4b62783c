import { defineConfig } from "vite";

/** The built page goes beside the server that serves it; the map's shapes stay files of their own. */
export default defineConfig({
  build: {
    outDir: "../kg/serve/static",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    license: { fileName: "assets/licenses.md" },
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
});
