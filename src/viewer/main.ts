// Quick look in the browser: one pane for each study, the one under the hand answers the keys.

import './style.css';
import { element } from './dom.ts';
import { keys, listenKeys } from './keys.ts';
import { Pane } from './pane.ts';
import type { StudyView } from './study-view.ts';

const limits = {
  /** How often a study that may still be arriving is looked at again, while the page is seen. */
  refreshMs: 10_000,
};

const studies: StudyView[] = JSON.parse(document.getElementById('studies')!.textContent!);
const panes = studies.map((study) => new Pane(study));
const main = document.getElementById('panes')!;
const first = document.getElementById('first') as HTMLImageElement | null;
let active = panes[0]!;

const help = element(
  'dialog',
  { class: 'help', click: () => help.close() },
  element('h2', {}, 'Keys'),
  element(
    'dl',
    {},
    ...keys.flatMap(({ keys: names, help: text }) => [
      element('dt', {}, names.map((name) => (name === ' ' ? 'Space' : name)).join(' ')),
      element('dd', {}, text),
    ]),
  ),
  element('p', {}, 'Drag: window. Right button or Shift and drag: move. Ctrl and wheel, or two fingers: enlarge.'),
);
const toggleHelp = () => (help.open ? help.close() : help.showModal());

for (const pane of panes) {
  for (const event of ['pointerdown', 'wheel', 'focusin']) {
    pane.root.addEventListener(event, () => activate(pane), { passive: true });
  }
}
main.append(...panes.map((pane) => pane.root));
document.body.append(
  help,
  element(
    'div',
    { class: 'tools' },
    tool('Original', 'the pixels as they were stored (o)', () => active.toggleOriginal()),
    tool('Play', 'as a film (space)', () => active.play()),
    tool('Reset', 'as at the beginning (r)', () => active.reset()),
    tool('?', 'keys', toggleHelp),
  ),
);
activate(active);
listenKeys(() => active, toggleHelp);
// What came with the page stays in sight until the pane shows the same.
await first?.decode().catch(() => undefined);
for (const [at, pane] of panes.entries()) void pane.open(at === 0 ? (first ?? undefined) : undefined);
first?.remove();
setInterval(refresh, limits.refreshMs);

function activate(pane: Pane): void {
  active = pane;
  for (const each of panes) each.root.classList.toggle('active', each === pane && panes.length > 1);
}

function tool(name: string, title: string, act: () => void): HTMLElement {
  return element('button', { type: 'button', title, click: act }, name);
}

async function refresh(): Promise<void> {
  if (document.hidden) return;
  for (const [at, { studyInstanceUid }] of studies.entries()) {
    const response = await fetch(`/look/${studyInstanceUid}/study.json`).catch(() => undefined);
    if (response?.ok) panes[at]!.update(await response.json());
  }
}
