// De-identification as routing and the command line ask for it: profiles by name, pseudonyms by domain.

import { readFileSync } from 'node:fs';
import { ConfigError } from '../../base/config.ts';
import { withoutWords } from '../../deidentify/codestream-words.ts';
import { type DeidentifyOptions, deidentify } from '../../deidentify/deidentify.ts';
import { withoutEmbeddedOverlays } from '../../deidentify/embedded-overlays.ts';
import type { PixelsAnswer } from '../../deidentify/marks.ts';
import { type PixelDemand, pixelDemand } from '../../deidentify/pixel-demand.ts';
import { type Profile, presets } from '../../deidentify/profile.ts';
import { ProfileError, readProfiles } from '../../deidentify/profile-document.ts';
import type { PatientNumber, Pseudonyms, Told } from '../../deidentify/pseudonyms.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { StepValue } from '../../routing/step.ts';
import type { Deidentified } from '../../routing/transform/transform.ts';
import { domainPseudonyms } from './domain-key.ts';
import { masterKeyIn, readMasterKey } from './master-key.ts';

export const limits = {
  /** Domains whose pseudonyms are remembered. */
  domains: 100,
} as const;

export interface DeidentifierSettings {
  /** File of the key; made where it is absent and `makesKey`. */
  keyFile: string;
  makesKey: boolean;
  /** File of the profiles of this site. */
  profilesFile?: string;
}

/** One instance that is to be de-identified. */
export interface Asked {
  tenant: string;
  step: StepValue<'deidentify'>;
  transferSyntaxUid: string;
  /** What became of the pixels, where they were asked for before. */
  pixels?: PixelsAnswer;
  note?: DeidentifyOptions['note'];
  /** Whose it is, where that is known better than the data set says. */
  patient?: PatientNumber;
  /** What else is known of the patient and is not to be said. */
  also?: readonly DataSet[];
  /** Told of each pseudonym that is given. */
  told?: Told;
  /** Called with what the profile asks of the pixels, and nobody has answered yet. */
  demanded?: (demand: PixelDemand) => void;
}

export class Deidentifier {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly #key: () => Uint8Array;
  #master: Uint8Array | undefined;
  readonly #domains = new Map<string, Pseudonyms>();

  /** `key`: asked for once, when the first pseudonym is needed. */
  constructor(profiles: ReadonlyMap<string, Profile>, key: () => Uint8Array) {
    this.profiles = profiles;
    this.#key = key;
  }

  /** Throws ConfigError where profiles or key cannot be used. */
  static open({ keyFile, makesKey, profilesFile }: DeidentifierSettings): Deidentifier {
    const profiles = profilesFile === undefined ? presets : profilesIn(profilesFile);
    return new Deidentifier(profiles, () => (makesKey ? masterKeyIn(keyFile) : readMasterKey(keyFile)));
  }

  /** Edits `dataset`; undefined where there is no such profile. */
  deidentify(
    dataset: DataSet,
    { tenant, step, transferSyntaxUid, pixels, note, patient, also, told, demanded }: Asked,
  ): Deidentified | undefined {
    const profile = this.profiles.get(step.profile);
    if (profile === undefined) return undefined;
    if (profile.identified) return { findings: [], isIdentified: true };
    const syntax = transferSyntax(transferSyntaxUid);
    const overlays = syntax && withoutEmbeddedOverlays(dataset, syntax);
    const demand = pixels === undefined ? pixelDemand(dataset, profile) : undefined;
    const domain = this.pseudonyms(tenant, step.domain ?? step.profile);
    const findings = deidentify(dataset, {
      profile,
      pseudonyms: told === undefined ? domain : domain.telling(told),
      ...(patient && { patient }),
      ...(also && { also }),
      ...(pixels && { pixels }),
      ...(note && { note }),
    });
    if (demand !== undefined) {
      findings.push({ code: 'pixels-not-searched', path: '7FE00010', stops: true });
      demanded?.(demand);
    }
    const pixelEdit = withoutWords(transferSyntaxUid) ?? overlays;
    return { findings, ...(pixelEdit && { pixels: pixelEdit }) };
  }

  /** Of one domain of a tenant. */
  pseudonyms(tenant: string, name: string): Pseudonyms {
    const key = JSON.stringify([tenant, name]);
    const known = this.#domains.get(key);
    if (known !== undefined) return known;
    this.#master ??= this.#key();
    if (this.#domains.size >= limits.domains) this.#domains.clear();
    const pseudonyms = domainPseudonyms(this.#master, { tenant, name });
    this.#domains.set(key, pseudonyms);
    return pseudonyms;
  }
}

/** Throws ConfigError. */
export function profilesIn(file: string): ReadonlyMap<string, Profile> {
  try {
    return readProfiles(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof ProfileError) throw new ConfigError([`${file}: ${error.message}`]);
    throw new ConfigError([`${file}: the profiles cannot be read (${(error as NodeJS.ErrnoException).code})`]);
  }
}
