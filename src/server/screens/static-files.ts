// Files for browsers: what is bundled is named by its content and kept by them for ever, compressed once and not for each
// of them.

import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const DAYS_MS = 86_400_000;

export const limits = {
  /** Of files that have a hash in their name. */
  hashedAgeMs: 365 * DAYS_MS,
};

/** Names without a leading dot, one below the other. */
const isPlain = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** Gives replies `sendFile`. No route: who knows which file is meant calls it. */
export function registerStaticFiles(app: FastifyInstance): void {
  app.register(fastifyStatic, { serve: false, preCompressed: true, cacheControl: true });
}

/** `path`: below `folder`, as it stands in the URL; nothing above the folder is reached. */
export function sendFile(
  reply: FastifyReply,
  folder: string,
  path: string,
  { hashed }: { hashed: boolean },
): FastifyReply {
  if (!isPlain.test(path)) {
    reply.callNotFound();
    return reply;
  }
  const age = hashed ? { maxAge: limits.hashedAgeMs, immutable: true } : { maxAge: 0 };
  return reply.sendFile(path, folder, { ...age, dotfiles: 'deny' });
}
