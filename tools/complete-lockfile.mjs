// Adds to package-lock.json the optional platform packages that npm left out because the registry at hand did not have them.
// `npm ci` refuses a lock file without them, on every platform. Run it after `npm install`; a test tells when it is needed.

import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x'];

for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (key in lock.packages) continue;
    const words = name.split(/[-/]/);
    lock.packages[key] = {
      version: version.replace(/^[\^~]/, ''),
      cpu: processors.filter((each) => words.includes(each)),
      ...(entry.dev && { dev: true }),
      ...(/musl/.test(name) ? { libc: ['musl'] } : /linux.*gnu/.test(name) ? { libc: ['glibc'] } : {}),
      license: entry.license,
      optional: true,
      os: systems.filter((each) => words.includes(each)),
    };
    console.log(`added ${name} ${version}`);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
