// The file that holds the master key of pseudonyms: 32 bytes or more as hexadecimal or base64 text. Nodes that share a catalogue
// need the same one; a copy of it is kept apart from copies of the archive.

import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ConfigError } from '../../base/config.ts';
import { MASTER_KEY_BYTES } from './domain-key.ts';

/** Throws ConfigError where the file is none. */
export function readMasterKey(file: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError([`${file}: the key of pseudonyms cannot be read (${(error as NodeJS.ErrnoException).code})`]);
  }
  const key = /^[0-9a-fA-F]+$/.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length < MASTER_KEY_BYTES)
    throw new ConfigError([`${file}: a key has at least ${MASTER_KEY_BYTES} bytes, as hexadecimal or base64 text`]);
  return new Uint8Array(key);
}

/** The key of `file`, which is made where there is none; of two processes that make it at once, both get the first one's. */
export function masterKeyIn(file: string): Uint8Array {
  const made = `${file}.${process.pid}.new`;
  writeFileSync(made, `${randomBytes(MASTER_KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(made, { force: true });
  }
  return readMasterKey(file);
}
