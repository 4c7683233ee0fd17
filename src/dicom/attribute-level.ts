// At which level of the information model an attribute is the same for all: by the Information Entity of the module that
// defines it (PS3.3 Annex A.1.2 and C.7). Equipment and Frame of Reference belong to the series (PS3.3 A.1.2.5, A.1.2.8).

import { tagOf } from './dictionary.ts';

export type AttributeLevel = 'patient' | 'study' | 'series' | 'instance';

/** The level of an attribute of the top data set; what no module of patient, study or series defines is the instance's. */
export function attributeLevel(tag: number): AttributeLevel {
  levels ??= new Map(
    modules.flatMap(([level, , keywords]) => keywords.split(/\s+/).map((keyword) => [tagOfModule(keyword), level])),
  );
  return levels.get(tag) ?? 'instance';
}

let levels: Map<number, AttributeLevel> | undefined;

function tagOfModule(keyword: string): number {
  const tag = tagOf(keyword);
  if (tag === undefined) throw new TypeError(`no attribute has the keyword ${keyword}`);
  return tag;
}

/** Level, module with its clause of PS3.3, keywords. Attributes that other modules define per image are left out. */
export const modules: readonly (readonly [level: AttributeLevel, module: string, keywords: string])[] = [
  [
    'patient',
    'C.7.1.1 Patient',
    `PatientName PatientID IssuerOfPatientID TypeOfPatientID IssuerOfPatientIDQualifiersSequence
     SourcePatientGroupIdentificationSequence GroupOfPatientsIdentificationSequence PatientBirthDate PatientBirthTime
     PatientBirthDateInAlternativeCalendar PatientDeathDateInAlternativeCalendar PatientAlternativeCalendar PatientSex
     ReferencedPatientPhotoSequence QualityControlSubject ReferencedPatientSequence OtherPatientIDs
     OtherPatientIDsSequence OtherPatientNames EthnicGroup EthnicGroupCodeSequence PatientComments
     PatientSpeciesDescription PatientSpeciesCodeSequence PatientBreedDescription PatientBreedCodeSequence
     BreedRegistrationSequence StrainDescription StrainNomenclature StrainCodeSequence StrainAdditionalInformation
     StrainStockSequence GeneticModificationsSequence ResponsiblePerson ResponsiblePersonRole ResponsibleOrganization
     PatientIdentityRemoved DeidentificationMethod DeidentificationMethodCodeSequence`,
  ],
  [
    'patient',
    'C.2.2 Patient Identification, C.2.3 Patient Demographic',
    `PatientBirthName PatientMotherBirthName PatientAddress PatientTelephoneNumbers PatientTelecomInformation
     PatientReligiousPreference MilitaryRank BranchOfService CountryOfResidence RegionOfResidence
     PatientPrimaryLanguageCodeSequence PatientInsurancePlanCodeSequence MedicalRecordLocator`,
  ],
  [
    'patient',
    'C.7.1.3 Clinical Trial Subject',
    `ClinicalTrialSponsorName ClinicalTrialProtocolID IssuerOfClinicalTrialProtocolID
     OtherClinicalTrialProtocolIDsSequence ClinicalTrialProtocolName ClinicalTrialSiteID IssuerOfClinicalTrialSiteID
     ClinicalTrialSiteName ClinicalTrialSubjectID IssuerOfClinicalTrialSubjectID ClinicalTrialSubjectReadingID
     IssuerOfClinicalTrialSubjectReadingID ClinicalTrialProtocolEthicsCommitteeName
     ClinicalTrialProtocolEthicsCommitteeApprovalNumber`,
  ],
  [
    'patient',
    'PS3.4 C.3.4 computed at the patient level',
    'NumberOfPatientRelatedStudies NumberOfPatientRelatedSeries NumberOfPatientRelatedInstances',
  ],
  [
    'study',
    'C.7.2.1 General Study',
    `StudyInstanceUID StudyDate StudyTime ReferringPhysicianName ReferringPhysicianIdentificationSequence
     ConsultingPhysicianName ConsultingPhysicianIdentificationSequence StudyID AccessionNumber
     IssuerOfAccessionNumberSequence StudyDescription PhysiciansOfRecord PhysiciansOfRecordIdentificationSequence
     NameOfPhysiciansReadingStudy PhysiciansReadingStudyIdentificationSequence RequestingService
     RequestingServiceCodeSequence ReferencedStudySequence ProcedureCodeSequence
     ReasonForPerformedProcedureCodeSequence StudyStatusID StudyPriorityID`,
  ],
  [
    'study',
    'C.7.2.2 Patient Study',
    `AdmittingDiagnosesDescription AdmittingDiagnosesCodeSequence PatientAge PatientSize PatientWeight
     PatientSizeCodeSequence PatientBodyMassIndex MeasuredAPDimension MeasuredLateralDimension MedicalAlerts Allergies
     SmokingStatus PregnancyStatus LastMenstrualDate PatientState Occupation AdditionalPatientHistory AdmissionID
     IssuerOfAdmissionID IssuerOfAdmissionIDSequence ServiceEpisodeID IssuerOfServiceEpisodeID
     IssuerOfServiceEpisodeIDSequence ServiceEpisodeDescription PatientSexNeutered ReasonForVisit
     ReasonForVisitCodeSequence GenderIdentitySequence SexParametersForClinicalUseCategorySequence
     PersonNamesToUseSequence ThirdPersonPronounsSequence`,
  ],
  [
    'study',
    'C.7.2.3 Clinical Trial Study',
    `ClinicalTrialTimePointID IssuerOfClinicalTrialTimePointID ClinicalTrialTimePointDescription
     ClinicalTrialTimePointTypeCodeSequence LongitudinalTemporalOffsetFromEvent LongitudinalTemporalEventType
     ConsentForClinicalTrialUseSequence`,
  ],
  [
    'study',
    'PS3.4 C.3.4 computed at the study level',
    `ModalitiesInStudy SOPClassesInStudy AnatomicRegionsInStudyCodeSequence NumberOfStudyRelatedSeries
     NumberOfStudyRelatedInstances`,
  ],
  [
    'series',
    'C.7.3.1 General Series',
    `Modality SeriesInstanceUID SeriesNumber Laterality SeriesDate SeriesTime PerformingPhysicianName
     PerformingPhysicianIdentificationSequence ProtocolName ReferencedDefinedProtocolSequence
     ReferencedPerformedProtocolSequence SeriesDescription SeriesDescriptionCodeSequence OperatorsName
     OperatorIdentificationSequence ReferencedPerformedProcedureStepSequence RelatedSeriesSequence BodyPartExamined
     PatientPosition SmallestPixelValueInSeries LargestPixelValueInSeries RequestAttributesSequence
     PerformedProcedureStepID PerformedProcedureStepStartDate PerformedProcedureStepStartTime
     PerformedProcedureStepEndDate PerformedProcedureStepEndTime PerformedProcedureStepDescription
     PerformedProtocolCodeSequence CommentsOnThePerformedProcedureStep AnatomicalOrientationType TreatmentSessionUID`,
  ],
  [
    'series',
    'C.7.3.2 Clinical Trial Series',
    `ClinicalTrialCoordinatingCenterName ClinicalTrialSeriesID IssuerOfClinicalTrialSeriesID
     ClinicalTrialSeriesDescription`,
  ],
  ['series', 'C.7.4.1 Frame of Reference', 'FrameOfReferenceUID PositionReferenceIndicator'],
  [
    'series',
    'C.7.4.2 Synchronization',
    `SynchronizationFrameOfReferenceUID SynchronizationTrigger TriggerSourceOrType SynchronizationChannel TimeSource
     TimeDistributionProtocol NTPSourceAddress`,
  ],
  [
    'series',
    'C.7.5.1 General Equipment, C.7.5.2 Enhanced General Equipment',
    `Manufacturer InstitutionName InstitutionAddress StationName StationAETitle InstitutionalDepartmentName
     InstitutionalDepartmentTypeCodeSequence ManufacturerModelName ManufacturerDeviceClassUID DeviceSerialNumber
     SoftwareVersions GantryID UDISequence DeviceUID SpatialResolution DateOfManufacture DateOfInstallation
     DateOfLastCalibration TimeOfLastCalibration DateTimeOfLastCalibration`,
  ],
  ['series', 'C.8.11.1 DX Series', 'PresentationIntentType'],
  [
    'series',
    'C.8.9.1 PET Series',
    `SeriesType Units CountsSource NumberOfSlices RandomsCorrectionMethod AttenuationCorrectionMethod
     ScatterCorrectionMethod DecayCorrection ReconstructionMethod DetectorLinesOfResponseUsed
     AcquisitionStartCondition AcquisitionStartConditionData AcquisitionTerminationCondition
     AcquisitionTerminationConditionData AxialAcceptance AxialMash TransverseMash DetectorElementSize
     CoincidenceWindowWidth SecondaryCountsType`,
  ],
  ['series', 'PS3.4 C.3.4 computed at the series level', 'NumberOfSeriesRelatedInstances'],
];
