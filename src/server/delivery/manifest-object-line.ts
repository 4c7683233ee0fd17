// The manifest of a study to a DICOM receiver, as an Imaging Document Source gives it to who shares it: a Key Object Selection
// Document, made when something of the study is to be told. IHE RAD TF-3 6.X.2, TF-2 4.68.

import { asProblem } from '../../base/problem.ts';
import type { Form, NoticeLine, ObjectLine, Outcome } from '../../delivery/line.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { ManifestParts } from '../../translate/manifest/bundle-of-manifest.ts';
import { kosOfManifest } from '../../translate/manifest/kos-of-manifest.ts';

/** Of a study, by its row, as it is now; undefined where nothing is shown of it. Rejects with delivery/not-transformed. */
export type ManifestOf = (study: string) => Promise<ManifestParts | undefined>;

export class ManifestObjectLine implements NoticeLine {
  readonly #line: ObjectLine;
  readonly #manifestOf: ManifestOf;
  readonly #isDescribed: boolean;

  constructor(line: ObjectLine, manifestOf: ManifestOf, profile: 'mado' | 'xds-i' = 'mado') {
    this.#line = line;
    this.#manifestOf = manifestOf;
    this.#isDescribed = profile === 'mado';
  }

  async tell(_instances: readonly KeptInstance[], form: Form): Promise<Outcome> {
    const made = await manifestToTell(this.#manifestOf, form);
    if ('refused' in made) return made;
    return this.#line.sendMade(kosOfManifest(made.manifest, this.#isDescribed));
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  abort(): void {
    this.#line.abort();
  }
}

/** One that cannot be made is refused by us, and the receiver is not asked. */
export async function manifestToTell(
  manifestOf: ManifestOf,
  { study, steps }: Form,
): Promise<ManifestParts | { refused: string; reason?: string }> {
  if (steps.length > 0) return { refused: 'delivery/not-transformed', reason: 'a manifest tells of what is kept' };
  try {
    return (await manifestOf(study)) ?? { refused: 'catalogue/not-found' };
  } catch (thrown) {
    const { code, message } = asProblem(thrown);
    if (code !== 'delivery/not-transformed' && code !== 'request/too-large') throw thrown;
    return { refused: code, reason: message };
  }
}
