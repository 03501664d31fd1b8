import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * Django's hashed static files rename the entry. A further file that imported it would do so by
 * its old name and start the application twice, so the build refuses to make one.
 */
const nothingImportsTheEntry: Plugin = {
  name: "nothing-imports-the-entry",
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
    const entries = new Set(chunks.filter((one) => one.isEntry).map((one) => one.fileName));
    for (const { fileName, imports } of chunks) {
      const found = imports.find((name) => entries.has(name));
      if (found !== undefined) this.error(`${fileName} imports the entry ${found}`);
    }
  },
};

export default defineConfig({
  base: "/static/lms_client/",
  plugins: [react(), tailwindcss(), nothingImportsTheEntry],
  build: {
    manifest: true,
    // What is loaded later stands by itself: there is nothing to load before it.
    modulePreload: false,
    // The page is Django's; Vite only needs to know where the program starts.
    rolldownOptions: { input: "src/main.tsx" },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
  },
  // They test pure functions: a process for each of their files would be most of the time.
  test: { include: ["src/**/*.test.{ts,tsx}"], isolate: false },
});
