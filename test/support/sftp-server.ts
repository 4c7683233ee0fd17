// An SFTP server on loopback that keeps files in memory; by ssh2's own server, whose client is the one under test.

import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import ssh2 from 'ssh2';

export interface SftpServer {
  port: number;
  /** As a destination is to be told it. */
  hostKey: string;
  files: Map<string, Buffer>;
  /** What was done, in order: `write PATH`, `rename FROM TO`. */
  done: string[];
}

export interface SftpServerOptions {
  username: string;
  password: string;
  /** The status of a write, in place of success. */
  answerWrite?: (path: string) => number | undefined;
}

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

export async function sftpServer(t: TestContext, options: SftpServerOptions): Promise<SftpServer> {
  const key = ssh2.utils.generateKeyPairSync('ed25519');
  const parsed = ssh2.utils.parseKey(key.private);
  if (parsed instanceof Error) throw parsed;
  const files = new Map<string, Buffer>();
  const folders = new Set<string>();
  const done: string[] = [];
  const clients = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [key.private] }, (client) => {
    clients.add(client);
    client.on('error', () => {}); // 'close' follows
    client.on('close', () => clients.delete(client));
    client.on('authentication', (request) => {
      const isKnown = request.method === 'password' && request.username === options.username;
      if (isKnown && request.password === options.password) request.accept();
      else request.reject(['password']);
    });
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serve(acceptSftp()));
    });
  });

  function serve(sftp: ssh2.SFTPWrapper): void {
    const open = new Map<string, string>();
    const ok = (id: number) => sftp.status(id, STATUS_CODE.OK);
    sftp.on('OPEN', (id, path, flags) => {
      const folder = path.slice(0, path.lastIndexOf('/'));
      if (!folders.has(folder)) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      const handle = Buffer.from(String(open.size));
      open.set(handle.toString(), path);
      if ((flags & OPEN_MODE.TRUNC) !== 0) files.set(path, Buffer.alloc(0));
      done.push(`write ${path}`);
      return sftp.handle(id, handle);
    });
    sftp.on('WRITE', (id, handle, offset, bytes) => {
      const path = open.get(handle.toString())!;
      const status = options.answerWrite?.(path);
      if (status !== undefined) return sftp.status(id, status);
      const before = files.get(path)!;
      const after = Buffer.alloc(Math.max(before.length, offset + bytes.length));
      before.copy(after);
      bytes.copy(after, offset);
      files.set(path, after);
      return ok(id);
    });
    sftp.on('CLOSE', (id) => ok(id));
    sftp.on('MKDIR', (id, path) => {
      folders.add(path);
      ok(id);
    });
    sftp.on('REMOVE', (id, path) => {
      sftp.status(id, files.delete(path) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE);
    });
    sftp.on('RENAME', (id, from, to) => {
      // Version 3: not where there is something already.
      if (files.has(to)) return sftp.status(id, STATUS_CODE.FAILURE);
      files.set(to, files.get(from)!);
      files.delete(from);
      done.push(`rename ${from} ${to}`);
      return ok(id);
    });
    sftp.on('STAT', (id, path) => {
      const size = files.get(path)?.length ?? (folders.has(path) ? 0 : undefined);
      if (size === undefined) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      return sftp.attrs(id, { mode: 0o100644, uid: 0, gid: 0, size, atime: 0, mtime: 0 });
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const client of clients) client.end();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const fingerprint = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return { port, hostKey: `SHA256:${fingerprint}`, files, done };
}
