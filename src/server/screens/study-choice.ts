// The studies of a patient, newest first, to choose one from: what IHE Invoke Image Display of a patient leads to.

import type { FastifyReply } from 'fastify';
import { shownDate } from '../../viewer/dates.ts';
import { escapeHtml } from '../../viewer/html.ts';
import type { InvokedStudy } from './image-display.ts';
import { sendPlainPage } from './plain-page.ts';

/** `keysAlone`: of each only its key images. */
export function sendStudyChoice(
  reply: FastifyReply,
  studies: readonly InvokedStudy[],
  { keysAlone }: { keysAlone: boolean },
): FastifyReply {
  const rows = studies.map(({ studyUid, studyDate, modalities, studyDescription, instances }, at) => {
    const words = [shownDate(studyDate ?? '') || 'no date', modalities.join(' '), studyDescription].filter(Boolean);
    const name = escapeHtml(words.join(' · '));
    if (keysAlone) return `<li><a href="/look/${studyUid}/key-images">${name}</a></li>`;
    const earlier = studies[at + 1];
    // What was before is what a reader compares with.
    const compared = earlier && ` · <a href="/look/${studyUid}?with=${earlier.studyUid}">with the one before</a>`;
    const ohif = ` · <a href="/viewer/viewer?StudyInstanceUIDs=${studyUid}">in OHIF</a>`;
    return `<li><a href="/look/${studyUid}">${name}</a> · ${instances} objects${compared ?? ''}${ohif}</li>`;
  });
  return sendPlainPage(reply, {
    status: 200,
    title: `${studies.length} studies of this patient`,
    body: `<ul>\n${rows.join('\n')}\n</ul>`,
  });
}
