// The release of OHIF that is served under /viewer: its package on the npm registry and the digest of its tarball, so that
// what is served is what was looked at.

export const ohifRelease = {
  name: '@ohif/app',
  version: '3.13.2',
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
