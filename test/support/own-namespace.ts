// Namespaces of their own for test files that need one: a network that nobody else reaches, because other people's servers
// (DCMTK's, Debian's Orthanc) listen on every address of the machine; mounts that nobody else sees, for small disks.

import { spawn, spawnSync } from 'node:child_process';
import { findProgram } from './needs.ts';

/** Tells the test file that it runs inside already. */
const INSIDE = 'TEST_OWN_NAMESPACE';

/**
 * To be awaited at the head of a test file, before its first test: runs the file once more in a network that has nothing
 * but loopback (so every port is free), and ends with that run's exit code. The rest of the file is reached inside alone,
 * where it resolves to false; or where namespaces are refused: then it resolves to the reason, for `test(name, { skip })`.
 */
export function ownNetwork(file: string): Promise<string | false> {
  return inside(file, '--net', ['ip', 'iproute2'], 'ip link set lo up && exec "$@"');
}

/** The same for a file that mounts. */
export function ownMounts(file: string): Promise<string | false> {
  return inside(file, '--mount', ['mount', 'mount'], 'exec "$@"');
}

async function inside(
  file: string,
  namespace: string,
  [program, debianPackage]: [string, string],
  script: string,
): Promise<string | false> {
  if (process.env[INSIDE] !== undefined) return false;
  if (findProgram(program) === undefined) return `skipped: ${program} not found (apt-get install ${debianPackage})`;
  // Root needs no user namespace.
  const ways = [[namespace], ['--map-root-user', namespace]];
  const way = ways.find((args) => spawnSync('unshare', [...args, 'true']).status === 0);
  if (way === undefined) return `skipped: this machine refuses namespaces (unshare ${namespace})`;
  const again = ['sh', '-c', script, 'sh', process.execPath, ...process.execArgv, file];
  const environment = { ...process.env, [INSIDE]: 'yes', PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const child = spawn('unshare', [...way, ...again], { stdio: 'inherit', env: environment });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)));
  process.exit(code);
}
