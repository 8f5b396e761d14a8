import { defineConfig } from 'vite';

// The page itself is served at `/`, its parts below `/page/`.
export default defineConfig({
  root: import.meta.dirname,
  base: '/page/',
  worker: { format: 'es' },
  build: {
    outDir: '../../dist/page',
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 3_000,
    rolldownOptions: {
      // "use client" means nothing here, and framer-motion says it in forty files.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
});
