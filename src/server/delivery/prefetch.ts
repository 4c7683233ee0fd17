// Prior prefetch on a node: whose priors, from which archives, and what comes goes through the spine like everything else.

import type { Principal } from '../../auth/principal.ts';
import type { Archive, AskedPatient } from '../../delivery/archive.ts';
import { Prefetcher } from '../../delivery/prefetcher.ts';
import type { InstanceSink } from '../../dimse/scu.ts';
import type { Sighting } from '../../identity/sighting.ts';
import type { Arrival } from '../../ingest/arrival.ts';
import type { PriorFacts } from '../../routing/facts.ts';
import { rulesOf } from '../../routing/rule-set.ts';
import { entriesOf } from '../../storage/identity-log.ts';
import type { Prefetch } from '../../storage/prefetches.ts';
import type { Core } from '../core.ts';
import { receiveFrom } from '../doors/receive.ts';
import type { Spine } from '../spine.ts';
import { settingsOf } from './destination-settings.ts';
import { DicomwebArchive } from './dicomweb-archive.ts';
import { DimseArchive } from './dimse-archive.ts';
import { XdsArchive } from './xds-archive.ts';

const limits = {
  /** Numbers of one person that an archive is asked for, the latest first. */
  identifiers: 50,
  /** Sightings of the person that are read for them. */
  sightings: 1000,
} as const;

/** `holder`: the name of this node among those that share the catalogue. */
export function startPrefetch(core: Core, spine: Spine, holder: string): Promise<Prefetcher> {
  const { database, log, ruleSets } = core;
  return Prefetcher.open({
    database,
    log,
    holder,
    async rules(tenant, version) {
      const stored = await ruleSets.version(tenant, version);
      return stored && rulesOf(stored.document, { version: String(version) });
    },
    patient: (prefetch) => patientOf(core, prefetch),
    archive: (tenant, name) => archiveNamed(core, spine, tenant, name),
    normalised: (priors) => normalisedPriors(core, priors),
  });
}

/** By all numbers of the person, not by the one that happened to be sent. */
async function patientOf(core: Core, { tenant, study, identifiers }: Prefetch): Promise<AskedPatient> {
  const { people } = await core.identity();
  await people.follow();
  const ofTenant = people.of(tenant);
  const persons = study === null ? identifiers.map((each) => ofTenant.personOf(each)) : [ofTenant.personOfStudy(study)];
  const id = persons.find((person) => person !== undefined);
  const person = id && ofTenant.person(id);
  if (!person) return { identifiers };
  const entries = await entriesOf(core.database, tenant, person.sightingIds.slice(-limits.sightings));
  return patientSighted(entries.flatMap((entry) => ofTenant.sighting(entry) ?? []));
}

/** What the latest say of the birth date, and every number that any of them has, the latest first. */
function patientSighted(sightings: readonly Sighting[]): AskedPatient {
  const latestFirst = sightings.toReversed();
  const identifiers = latestFirst.flatMap(({ issuer, patientId, otherPatientIds = [] }) => [
    { issuer, id: patientId },
    ...otherPatientIds,
  ]);
  const each = new Map(
    identifiers.filter(({ id }) => id !== '').map((one) => [JSON.stringify([one.issuer, one.id]), one]),
  );
  const birthDate = latestFirst
    .map((sighting) => sighting.birthDate)
    .find(Boolean)
    ?.replaceAll('-', '');
  return { identifiers: [...each.values()].slice(0, limits.identifiers), ...(birthDate && { birthDate }) };
}

/** A destination, or a peer of that name. */
function archiveNamed(core: Core, spine: Spine, tenant: number, name: string): Archive | undefined {
  const { authorities, called, config, destinations } = core;
  const stored = destinations.find(tenant, name);
  const issuerOf = (issuer: string | undefined) => {
    const known = authorities.of(tenant);
    return issuer === undefined ? known.ofSource(name) : known.canonical(issuer);
  };
  const from = (aeTitle: string, arrival: Omit<Arrival, 'tenant' | 'principal' | 'source'>): InstanceSink => {
    const principal: Principal = { id: `peer:${aeTitle}`, kind: 'peer', tenant, scopes: ['write'] };
    const receiving = receiveFrom(core, spine.receive, principal, { source: aeTitle, ...arrival });
    return {
      write: (bytes) => receiving.write(bytes),
      finish: async () => {
        await receiving.finish();
        return 0;
      },
      abort: (reason) => receiving.abort(reason),
    };
  };
  if (stored?.kind === 'dicomweb') {
    const { url, authorization } = settingsOf('dicomweb', stored.settings);
    const receive = () => from(name, { door: 'stow-rs' });
    return new DicomwebArchive({
      url: url.replace(/\/+$/, ''),
      ...(authorization && { authorization }),
      issuerOf,
      receive,
    });
  }
  if (stored?.kind === 'xds') {
    const { imagesUrl, locationUid, authorization } = settingsOf('xds', stored.settings);
    if (imagesUrl === undefined || locationUid === undefined) return undefined;
    return new XdsArchive({
      ...{ url: imagesUrl, locationUid, ...(authorization && { authorization }) },
      receive: (studyInstanceUid) => from(name, { door: 'stow-rs', expected: { studyInstanceUid } }),
    });
  }
  if (stored !== undefined && stored.kind !== 'dimse') return undefined;
  const { aeTitle = name, retrieve } = stored === undefined ? {} : settingsOf('dimse', stored.settings);
  if (called.find(tenant, aeTitle) === undefined) return undefined;
  return new DimseArchive({
    peer: () => called.find(tenant, aeTitle),
    aeTitle: config.aet,
    ...(retrieve && { retrieve }),
    issuerOf,
    receive: ({ transferSyntaxUid, ...expected }) => from(aeTitle, { door: 'dimse', transferSyntaxUid, expected }),
  });
}

const sides: Readonly<Record<string, string>> = { R: 'RIGHT', L: 'LEFT', B: 'BILATERAL' };

async function normalisedPriors({ normalised }: Core, priors: readonly PriorFacts[]): Promise<PriorFacts[]> {
  if (priors.length === 0) return [];
  const inputs = priors.map(({ modalities = [], description = '' }) => ({
    modality: modalities[0] ?? '',
    bodyPart: '',
    laterality: '',
    studyDescription: description,
    seriesDescriptions: [],
    contrastAgent: '',
  }));
  const procedures = await normalised.procedures(inputs);
  return priors.map((prior, at) => {
    const { region, laterality } = procedures[at]!;
    const side = sides[laterality];
    return { ...prior, ...(region && { bodyRegion: region }), ...(side && { laterality: side }) };
  });
}
