// Pseudonyms of a domain whose key everybody knows.

import { createHmac } from 'node:crypto';
import { Pseudonyms } from '../../src/deidentify/pseudonyms.ts';

export const domainOf = (key: string): Pseudonyms =>
  new Pseudonyms((message) => new Uint8Array(createHmac('sha256', key).update(message).digest()));
