import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/console/',
  plugins: [vue()],
  build: {
    target: 'es2022',
    // Content-Security-Policy: everything is a file of ours, nothing inlined as data:.
    assetsInlineLimit: 0,
    // The chart library, fetched with the first chart, is the largest file; everything else together is half of it.
    chunkSizeWarningLimit: 530,
    rollupOptions: {
      output: {
        manualChunks: { framework: ['vue', 'vue-router'] },
      },
    },
  },
})
