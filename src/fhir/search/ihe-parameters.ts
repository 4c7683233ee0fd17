// Search parameters that IHE adds to those of R4, in the form of parameters.generated.ts: of MHD (ITI-66, ITI-67) and MADO; and that of
// R5 by which the reports of a study are found.

const extended = (url: string, type: string): string => `extension.where(url='${url}').value.as(${type})`;
const MHD = 'https://profiles.ihe.net/ITI/MHD/StructureDefinition';
const R5 = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DocumentReference';

export const iheParameterLines: Record<string, readonly string[]> = {
  DiagnosticReport: ['study reference:imagingStudy>ImagingStudy'],
  DocumentReference: [
    'creation date:content.attachment.creation',
    `modality token:${extended(`${R5}.modality`, 'CodeableConcept')}`,
    "study-instance-uid token:context.related.identifier.where(system='urn:dicom:uid')",
  ],
  List: [
    `designationType token:${extended(`${MHD}/ihe-designationType`, 'CodeableConcept')}`,
    `sourceId token:${extended(`${MHD}/ihe-sourceId`, 'Identifier')}`,
  ],
};
