// How a line to each kind of destination is opened.

import { Problem } from '../../base/problem.ts';
import { limits as commitmentLimits, takeCommitmentResult } from '../../delivery/commitment.ts';
import type { DestinationKind, ObjectLine } from '../../delivery/line.ts';
import { limits } from '../../delivery/verify.ts';
import { durationMs } from '../../routing/duration.ts';
import type { Kind } from '../../storage/destinations.ts';
import type { Core } from '../core.ts';
import { behindFhir } from '../fhir/behind.ts';
import { DerivedStudies } from '../fhir/derived-study.ts';
import { StudyManifests } from '../manifests/study-manifests.ts';
import { outgoingResults } from '../reports/outgoing-results.ts';
import type { Spine } from '../spine.ts';
import { type Depart, Departures } from './departure.ts';
import { settingsOf } from './destination-settings.ts';
import { DicomwebLine } from './dicomweb-line.ts';
import { DimseLine } from './dimse-line.ts';
import { DocumentSourceLine } from './document-source-line.ts';
import { FhirDocumentsLine } from './fhir-documents-line.ts';
import { FhirStudyLine } from './fhir-study-line.ts';
import { FolderLine } from './folder-line.ts';
import { Hl7Line } from './hl7-line.ts';
import { ManifestObjectLine, type ManifestOf } from './manifest-object-line.ts';
import { S3Line } from './s3-line.ts';
import { SftpLine } from './sftp-line.ts';
import { studyNotices } from './study-notice.ts';
import { WebhookLine } from './webhook-line.ts';
import { XdsLine } from './xds-line.ts';

export function destinationLines(core: Core, spine: Spine): Readonly<Record<Kind, DestinationKind>> {
  const { authorities, called, config, destinations } = core;
  const manifests = new StudyManifests(core, behindFhir(core).resources);
  const departures = new Departures(core, spine);
  const departure: Depart = (instance, form) => departures.of(instance, form);
  const notice = studyNotices(core);
  const derived = new DerivedStudies(core);
  const results = outgoingResults(core);
  /** `root`: our DICOMweb root as readers of manifests reach it; below publicUrl where it is not said. */
  const manifestOfStudy = (tenant: number, root?: string): ManifestOf => {
    const retrieveUrl = root ?? (config.publicUrl && `${config.publicUrl}/dicomweb`);
    return async (study) => {
      if (retrieveUrl === undefined) throw new Problem('delivery/not-transformed', { reason: 'no retrieveUrl' });
      return manifests.of(tenant, { row: study }, withoutSlash(retrieveUrl));
    };
  };
  const kinds: Readonly<Record<Kind, DestinationKind>> = {
    dimse: {
      line: ({ tenant, name, settings }) => {
        const { aeTitle = name, proof, commitWithin, verify, verifyAfter } = settingsOf('dimse', settings);
        const isCommitted = proof === 'committed';
        return new DimseLine({
          peer: () => called.find(tenant, aeTitle),
          callingAeTitle: config.aet,
          departure,
          ...asking({ verify: verify || isCommitted, verifyAfter }),
          ...(isCommitted && {
            committing: {
              withinMs: (commitWithin && durationMs(commitWithin)) || commitmentLimits.withinMs,
              result: (information) => takeCommitmentResult(core.database, tenant, information),
            },
          }),
        });
      },
    },
    dicomweb: {
      line: ({ settings }) => {
        const { url, authorization, ...more } = settingsOf('dicomweb', settings);
        const root = withoutSlash(url);
        return new DicomwebLine({ url: root, ...(authorization && { authorization }), ...asking(more) }, departure);
      },
    },
    folder: { lines: 1, line: ({ settings }) => new FolderLine(settingsOf('folder', settings).path, departure) },
    s3: { line: ({ tenant, settings }) => new S3Line(settingsOf('s3', settings), tenant, departure) },
    sftp: { lines: 2, line: ({ tenant, settings }) => new SftpLine(settingsOf('sftp', settings), tenant, departure) },
    webhook: { line: ({ settings }) => new WebhookLine(settingsOf('webhook', settings), notice) },
    hl7: {
      // Messages about one study arrive in their order.
      lines: 1,
      line({ settings }) {
        const hl7 = settingsOf('hl7', settings);
        return new Hl7Line(hl7, { notice, results }, hl7.tls && called.byTls(hl7.tls));
      },
    },
    fhir: {
      line({ tenant, settings }) {
        const systemOf = (issuer: string) => authorities.of(tenant).systemOf(issuer);
        const fhir = settingsOf('fhir', settings);
        if (fhir.resource !== 'ImagingStudy')
          return new FhirDocumentsLine(fhir, { depart: departure, notice, results, systemOf });
        const { dicomweb = config.publicUrl && `${config.publicUrl}/dicomweb` } = fhir;
        return new FhirStudyLine({ ...fhir, ...(dicomweb && { dicomweb }) }, { derived, systemOf });
      },
    },
    manifest: {
      // The later one takes the place of the earlier.
      lines: 1,
      line({ tenant, settings }) {
        const { retrieveUrl, ...told } = settingsOf('manifest', settings);
        const manifestOf = manifestOfStudy(tenant, retrieveUrl);
        if (told.url !== undefined) return new DocumentSourceLine({ ...told, url: told.url }, manifestOf);
        const to = destinations.find(tenant, told.destination ?? '');
        if (to === undefined || !(to.kind === 'dimse' || to.kind === 'dicomweb')) {
          throw new Problem('dimse/destination-unknown', { aeTitle: told.destination ?? '' });
        }
        return new ManifestObjectLine(kinds[to.kind].line(to) as ObjectLine, manifestOf, told.profile);
      },
    },
    xds: {
      // The later one takes the place of the earlier.
      lines: 1,
      line({ id, tenant, name, settings }) {
        const { url, affinityDomain, retrieveUrl, ...told } = settingsOf('xds', settings);
        if (url === undefined || affinityDomain === undefined) {
          throw new Problem('dimse/destination-unknown', { aeTitle: name });
        }
        const options = { ...told, url, affinityDomain, destination: id, database: core.database };
        return new XdsLine(options, manifestOfStudy(tenant, retrieveUrl));
      },
    },
  };
  return kinds;
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

function asking({ verify, verifyAfter }: { verify?: boolean; verifyAfter?: string }): { askAfterMs?: number } {
  if (verify !== true) return {};
  return { askAfterMs: (verifyAfter && durationMs(verifyAfter)) || limits.askAfterMs };
}
