// PostgreSQL refuses to run as root, and initdb to run as a user without a name. Where we are either, its programs run
// in a user namespace in which our own files belong to an ordinary account; where namespaces are refused, as `nobody`.

import { spawn } from 'node:child_process';
import { chmod, chown, lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Account {
  /** How a program is started: these words come before it. */
  prefix: readonly string[];
  /** Owner of the server's files, as seen from outside. */
  uid: number;
  gid: number;
  /** Whether we must take on `uid` and `gid` to start it. */
  assume: boolean;
}

/** The account that PostgreSQL runs as; `undefined` names (Windows) are not supported by the embedded server. */
export async function chooseAccount(): Promise<Account> {
  const uid = process.geteuid?.() ?? -1;
  const gid = process.getegid?.() ?? -1;
  const accounts = await namedAccounts();
  if (uid !== 0 && (accounts.length === 0 || accounts.some((account) => account.uid === uid))) {
    return { prefix: [], uid, gid, assume: false };
  }
  const ordinary = accounts.find(({ name }) => name === 'nobody') ?? accounts.find((account) => account.uid !== 0);
  if (ordinary === undefined) throw new Error('PostgreSQL must not run as root, and /etc/passwd names nobody else');
  const prefix = ['unshare', '-U', `--map-user=${ordinary.uid}`, `--map-group=${ordinary.gid}`];
  if (await succeeds([...prefix, 'true'])) return { prefix, uid, gid, assume: false };
  return { prefix: [], uid: ordinary.uid, gid: ordinary.gid, assume: uid === 0 };
}

/** Gives `folder` and all in it to `account`, where they are not its own yet. Only root can need to. */
export async function handOver(folder: string, account: Account): Promise<void> {
  if (process.geteuid?.() !== 0) return;
  const { uid } = await lstat(folder);
  if (uid === account.uid) return;
  for (const entry of await readdir(folder, { recursive: true })) {
    await chown(path.join(folder, entry), account.uid, account.gid);
  }
  await chown(folder, account.uid, account.gid);
}

/** Lets another account pass through `folder` to what it owns below, without letting it look around. */
export async function openForPassage(folder: string, account: Account): Promise<void> {
  if (!account.assume) return;
  const { mode } = await lstat(folder);
  if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o7777) | 0o001);
}

async function namedAccounts(): Promise<{ name: string; uid: number; gid: number }[]> {
  // No such file: another system's user database (macOS); ordinary users have names there.
  const lines = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return lines
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }));
}

function succeeds([command, ...args]: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    spawn(command!, args, { stdio: 'ignore' })
      .on('error', () => resolve(false))
      .on('exit', (code) => resolve(code === 0));
  });
}
