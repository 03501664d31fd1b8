import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/static/lms_client/",
  plugins: [react(), tailwindcss()],
  build: {
    manifest: true,
    // The page is Django's; Vite only needs to know where the program starts.
    rolldownOptions: {
      input: "src/main.tsx",
      // One file: Django's hashed static files rename the entry, and a second chunk importing the
      // entry by its old name would start the application twice.
      output: { codeSplitting: false },
    },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
  },
  test: { include: ["src/**/*.test.{ts,tsx}"] },
});
