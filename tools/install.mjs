// Runs `npm ci` where node_modules is missing or is not what package-lock.json says. Plain JavaScript for Node 20, without
// packages: it runs before anything is installed. Called by ./fascia and by `npm test` (with --dev).

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const withDev = process.argv.includes('--dev');

if (!isInstalled()) install();
// What `start` needs may be there without the tools of the tests; only a full installation gets the stamp.
if (withDev || isInstalled(true)) copyFileSync(join(root, 'package-lock.json'), join(modules, '.fascia-installed'));

/** npm writes what it installed to node_modules/.package-lock.json, last of all. */
function isInstalled(dev = withDev) {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages;
    const needed = Object.entries(wanted).filter(([path, entry]) => path && !entry.optional && (dev || !entry.dev));
    return (
      existsSync(join(modules, 'node/bin/node')) &&
      needed.every(([path, entry]) => present[path]?.version === entry.version)
    );
  } catch {
    return false;
  }
}

function install() {
  console.error('fascia: installing packages (npm ci) …');
  const args = ['ci', '--no-fund', '--no-audit', ...(withDev ? ['--include=dev'] : [])];
  // Within an npm script npm names itself; its settings for that script must not reach this one.
  const npm = process.env.npm_execpath;
  const command = npm?.endsWith('.js') ? [process.execPath, npm, ...args] : ['npm', ...args];
  const { status, error } = spawnSync(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) console.error(`fascia: npm cannot be started: ${error.message}`);
  if (status !== 0) {
    console.error('fascia: npm ci failed; the reason stands above');
    process.exit(1);
  }
}
