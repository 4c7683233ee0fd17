// The page behind the link of a notice: one button by which whoever was told of a critical result receives it. It says no name and
// nothing of the report; the code of the case is what the recipient's own desk resolves. Looking at it acknowledges nothing.

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Audit } from '../../audit/writer.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { escapeXml } from '../../base/xml-escape.ts';
import { loopOf, type Notice, noticeOf } from '../../reading/store/critical-loops.ts';
import { exchangeMac, noticeOfToken } from '../../reading/store/secret.ts';
import type { Core } from '../core.ts';
import { acknowledge } from './acknowledge.ts';
import type { AfterReading } from './after-reading.ts';

export function registerAcknowledge(app: FastifyInstance, core: Core, { cases }: AfterReading): void {
  const { database, audit } = core;
  app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.get<{ Params: { token: string } }>('/acknowledge/:token', async ({ params }, reply) => {
      const notice = await noticeBehind(core, params.token);
      const known = await loopOf(database, notice.client, notice.loop);
      const isDone = known?.state === 'acknowledged';
      return page(reply, isDone ? done(notice) : question(notice, known?.ladder.readBack ?? false));
    });
    scope.post<{ Params: { token: string }; Body: { readBack?: string } | null }>(
      '/acknowledge/:token',
      async ({ params, body, id, ip }, reply) => {
        const notice = await noticeBehind(core, params.token);
        const actor = { kind: 'client' as const, id: `notice:${notice.id}` };
        const said = { recipient: notice.recipient, readBack: body?.readBack === 'on', method: 'link' };
        const row = { tenant: notice.client, principal: actor.id, requestId: id, remoteAddress: ip };
        await audited(audit, row, () =>
          acknowledge({ database, cases }, { tenant: notice.client, loop: notice.loop, actor, said }),
        );
        return page(reply, done(notice));
      },
    );
  });
}

async function noticeBehind({ database }: Core, token: string): Promise<Notice> {
  const id = noticeOfToken(await exchangeMac(database), token);
  const notice = id === undefined ? undefined : await noticeOf(database, id);
  if (notice === undefined) throw new Problem('catalogue/not-found', { what: 'notice' });
  return notice;
}

async function audited(
  audit: Audit,
  who: { tenant: number; principal: string; requestId: string; remoteAddress: string },
  work: () => Promise<void>,
): Promise<void> {
  const row = { ...who, door: 'console' as const, action: 'acknowledge' };
  try {
    await work();
    await audit.record({ ...row, outcome: 'success' });
  } catch (thrown) {
    await audit.record({ ...row, outcome: asProblem(thrown).code });
    throw thrown;
  }
}

const within = { 1: 'minutes', 2: 'hours', 3: 'days' } as const;

const question = ({ case: code, category, recipient }: Notice, readBack: boolean): string => `
<p>A critical result of case <b>${escapeXml(code)}</b> is to be received within ${within[category]}.
Ask your own imaging desk for this case by its code, and look at its report.</p>
<form method="post">
${readBack ? '<p><label><input type="checkbox" name="readBack" required> I have said the finding back to who told me.</label></p>' : ''}
<p><button>Received by ${escapeXml(recipient)}</button></p>
</form>`;

const done = ({ case: code }: Notice): string =>
  `<p>The critical result of case <b>${escapeXml(code)}</b> is received.</p>`;

function page(reply: FastifyReply, body: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header(
      'content-security-policy',
      "default-src 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'unsafe-inline'",
    )
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>Critical result</title><style>body{font:18px system-ui;max-width:34em;margin:3em auto;padding:0 1em}` +
        `button{font:inherit;padding:.6em 1em}</style><h1>Critical result</h1>${body}</html>`,
    );
}
