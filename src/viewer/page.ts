// The page of quick look as the server sends it: everything that the first image needs is in it, so that the browser asks
// for the image, the style and the script at once, and nobody waits for a second round trip.

import { escapeHtml, jsonForHtml } from './html.ts';
import { type Place, renderedUrl, sizeFor } from './image-url.ts';
import { openingSeries, type StudyView } from './study-view.ts';

export interface PageAssets {
  /** Paths. */
  script: string;
  styles: readonly string[];
}

/** `studies`: the one that was asked for, and the one it is compared with. */
export function lookPage(studies: readonly StudyView[], { script, styles }: PageAssets): string {
  const first = firstImageUrl(studies[0]!);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${escapeHtml(titleOf(studies[0]!))}</title>
${first === undefined ? '' : `<link rel="preload" as="image" fetchpriority="high" href="${escapeHtml(first)}">`}
${styles.map((path) => `<link rel="stylesheet" href="${escapeHtml(path)}">`).join('\n')}
<script type="module" src="${escapeHtml(script)}"></script>
<body>
<script type="application/json" id="studies">${jsonForHtml(studies)}</script>
<main id="panes">${first === undefined ? '' : `<img id="first" alt="first image" src="${escapeHtml(first)}">`}</main>
<noscript>Quick look needs JavaScript.</noscript>
</body>
</html>
`;
}

/** The image with which a pane begins; the same address as the pane's own, so that it is asked for once. */
export function firstImageUrl({ studyInstanceUid, series }: StudyView): string | undefined {
  const opening = series[openingSeries(series)];
  if (opening?.first === undefined || opening.kind !== 'image') return undefined;
  const place: Place = { studyInstanceUid, ...opening };
  const { frames } = opening.first;
  return renderedUrl(place, { frame: 1, frames, size: sizeFor(opening.first) });
}

const titleOf = ({ patients, description, date }: StudyView): string =>
  [patients[0]?.name, description, date].filter((each) => each !== '').join(' · ');
