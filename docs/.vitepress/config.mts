import { defineConfig } from 'vitepress'

export default defineConfig({
  title: 'Bocadillo',
  description: 'An async web framework that embeds in any servlet container.',
  cleanUrls: true,
  // As on GitHub, so that a link to a heading is right in both.
  markdown: {
    anchor: {
      slugify: (heading) => heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-'),
    },
  },
  head: [
    // Room for 80 columns of code; what an app answers wraps.
    [
      'style',
      {},
      `.VPDoc.has-aside .content-container { max-width: 752px !important }
      .vp-doc [class*='language-'] code { font-size: 13px }
      .vp-doc :is(.language-console, .language-txt) code { width: auto; white-space: pre-wrap; overflow-wrap: anywhere }`,
    ],
  ],
  themeConfig: {
    outline: [2, 3],
    search: { provider: 'local' },
    sidebar: [
      {
        text: 'Start',
        items: [
          { text: 'What it is', link: '/' },
          { text: 'First steps', link: '/first-steps' },
          { text: 'The example app', link: '/example-app' },
          { text: 'From Bocadillo for Python', link: '/from-python' },
        ],
      },
      {
        text: 'Guide',
        items: [
          { text: 'Routing', link: '/routing' },
          { text: 'Recipes and mounts', link: '/recipes' },
          { text: 'Views', link: '/views' },
          { text: 'Requests', link: '/requests' },
          { text: 'Responses', link: '/responses' },
          { text: 'Streaming', link: '/streaming' },
          { text: 'Forms and uploads', link: '/uploads' },
          { text: 'Downloads', link: '/downloads' },
          { text: 'Server-sent events', link: '/server-sent-events' },
          { text: 'Background tasks', link: '/background-tasks' },
          { text: 'Errors', link: '/errors' },
          { text: 'Middleware and hooks', link: '/middleware-and-hooks' },
          { text: 'Plugins', link: '/plugins' },
          { text: 'Settings', link: '/settings' },
          { text: 'Deployment', link: '/deployment' },
          { text: 'Limits', link: '/limits' },
          { text: 'Testing', link: '/testing' },
        ],
      },
      {
        text: 'Batteries',
        items: [
          { text: 'Static files', link: '/static-files' },
          { text: 'Templates', link: '/templates' },
          { text: 'Media types', link: '/media-types' },
          { text: 'Cookies', link: '/cookies' },
          { text: 'Sessions', link: '/sessions' },
          { text: 'CSRF', link: '/csrf' },
          { text: 'Compression', link: '/gzip' },
          { text: 'CORS', link: '/cors' },
          { text: 'Allowed hosts', link: '/allowed-hosts' },
          { text: 'Forwarded headers', link: '/forwarded-headers' },
          { text: 'HTTPS only', link: '/hsts' },
          { text: 'Security headers', link: '/security-headers' },
          { text: 'Request identifiers', link: '/request-id' },
          { text: 'Access log', link: '/access-log' },
          { text: 'Rate limit', link: '/rate-limit' },
          { text: 'Concurrency limit', link: '/concurrency-limit' },
        ],
      },
      {
        text: 'Inside',
        items: [
          { text: 'Async on servlets', link: '/async-on-servlets' },
          { text: 'Architecture', link: '/architecture' },
          { text: 'Reliability', link: '/reliability' },
          { text: 'Compatibility', link: '/compatibility' },
          { text: 'Performance', link: '/performance' },
          { text: 'Benchmarks', link: '/benchmarks' },
        ],
      },
    ],
  },
})
