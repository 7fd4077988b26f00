import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  // Relative, so that the page works below a sub-path of a reverse proxy.
  base: './',
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The playground, the small page of a query that was shared, that of the operator, and that of any other address.
    rolldownOptions: {
      input: [`${here}index.html`, `${here}q/index.html`, `${here}operator/index.html`, `${here}nothing/index.html`],
    },
  },
  // For `npm run dev:web` beside a running server.
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } } },
});
