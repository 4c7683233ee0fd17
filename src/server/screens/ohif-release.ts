// The release of OHIF that is served under /viewer: its package on the npm registry and the digest of its tarball, so that
// what is served is what was looked at; and what becomes of it here.

export const ohifRelease = {
  name: '@ohif/app',
  version: '3.13.2',
  /** To be counted up with every change of what is made of it, so that nodes make it anew. */
  revision: 2,
  integrity: 'sha512-WZdxmpmG7rqFgW9ZJLcbgr3XCtLi1KDNPoMaeY5PPe6j4G4fjEjjkycZM6C6Zk2F87BKxFfpq+jd5xXZB9E8EA==',
} as const;

/** What diagnostics does not need: machine-learning runtimes, source maps, icons of telephones, service workers, sign-in by OIDC frames. */
export const leftOut = [
  'ort',
  'ort/*',
  '*.map',
  '*/apple-touch-*',
  '*/android-chrome-*',
  'customizations',
  'customizations/*',
  'google.js',
  'es6-shim.min.js',
  'polyfill.min.js',
  'init-service-worker.js',
  'sw.js',
  'silent-refresh.html',
  'app-config.js',
  'serve.json',
  '_headers',
  '_redirects',
];

/** Texts of its bundles that are replaced. Each has to be there: a release without it does not need the change or needs another. */
export const amendments: readonly { files: string; text: string; replacement: string }[] = [
  // It lives below /viewer.
  { files: '*.js', text: '__webpack_require__.p = "/"', replacement: '__webpack_require__.p = "/viewer/"' },
  { files: '*.css', text: 'url(/', replacement: 'url(/viewer/' },
  {
    // VOI LUT Function (0028,1056) has one value, of which it takes the first letter, and then shows no image.
    files: 'app.bundle.*.js',
    text: 'voiLutModule.voiLUTFunction[0])',
    replacement: '[voiLutModule.voiLUTFunction].flat()[0])',
  },
];
