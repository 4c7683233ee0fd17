// The key images of a study on one page, each leading to the whole of it: what IHE Invoke Image Display with keyImagesOnly
// leads to.

import type { FastifyReply } from 'fastify';
import { shownDate } from '../../viewer/dates.ts';
import { escapeHtml } from '../../viewer/html.ts';
import { instancePath } from '../../viewer/image-url.ts';
import type { StudyView } from '../../viewer/study-view.ts';
import type { KeyImage } from './key-images.ts';
import { sendPlainPage } from './plain-page.ts';

const view = {
  /** Longest side, in pixels. */
  imageSize: 1024,
};

export function sendKeyImages(reply: FastifyReply, study: StudyView, images: readonly KeyImage[]): FastifyReply {
  const whole = `/look/${study.studyInstanceUid}`;
  const people = study.patients.map(({ name, id, birthDate, sex }) =>
    [name || 'Name unknown', id, shownDate(birthDate), sex].filter(Boolean).join(' · '),
  );
  const facts = [shownDate(study.date), study.description, study.accessionNumber].filter(Boolean).join(' · ');
  const figures = images.map((image, at) => {
    const name = escapeHtml(`Key image ${at + 1} of ${images.length}${image.title && `: ${image.title}`}`);
    const picture = `<img src="${urlOf(image)}" alt="${name}" loading="lazy" style="max-width: 100%">`;
    return `<figure style="margin: 1rem 0"><a href="${whole}">${picture}</a><figcaption>${name}</figcaption></figure>`;
  });
  return sendPlainPage(reply, {
    status: 200,
    title: images.length === 0 ? 'No key images in this study' : 'Key images',
    body: `<p><strong>${escapeHtml(people.join(' / '))}</strong><br>${escapeHtml(facts)}<br>Not for diagnosis</p>
${figures.join('\n')}
<p><a href="${whole}">The whole study</a></p>`,
  });
}

const urlOf = (image: KeyImage): string =>
  `${instancePath(image)}${image.frame === undefined ? '' : `/frames/${image.frame}`}/rendered?accept=image/jpeg&amp;viewport=${view.imageSize},${view.imageSize}`;
