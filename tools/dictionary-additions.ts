// What the snapshot of PS3.6 in the shared data lacks or spells wrongly. Read by generate-dictionary.ts.
// One row: tag|VR|VM|R when retired|keyword|name.

/** PS3.7 Tables E.1-1 and E.2-1: command elements are not part of PS3.6. */
export const commandElements = `
00000000|UL|1||CommandGroupLength|Command Group Length
00000001|UL|1|R|CommandLengthToEnd|Command Length to End
00000002|UI|1||AffectedSOPClassUID|Affected SOP Class UID
00000003|UI|1||RequestedSOPClassUID|Requested SOP Class UID
00000010|SH|1|R|CommandRecognitionCode|Command Recognition Code
00000100|US|1||CommandField|Command Field
00000110|US|1||MessageID|Message ID
00000120|US|1||MessageIDBeingRespondedTo|Message ID Being Responded To
00000200|AE|1|R|Initiator|Initiator
00000300|AE|1|R|Receiver|Receiver
00000400|AE|1|R|FindLocation|Find Location
00000600|AE|1||MoveDestination|Move Destination
00000700|US|1||Priority|Priority
00000800|US|1||CommandDataSetType|Command Data Set Type
00000850|US|1|R|NumberOfMatches|Number of Matches
00000860|US|1|R|ResponseSequenceNumber|Response Sequence Number
00000900|US|1||Status|Status
00000901|AT|1-n||OffendingElement|Offending Element
00000902|LO|1||ErrorComment|Error Comment
00000903|US|1||ErrorID|Error ID
00001000|UI|1||AffectedSOPInstanceUID|Affected SOP Instance UID
00001001|UI|1||RequestedSOPInstanceUID|Requested SOP Instance UID
00001002|US|1||EventTypeID|Event Type ID
00001005|AT|1-n||AttributeIdentifierList|Attribute Identifier List
00001008|US|1||ActionTypeID|Action Type ID
00001020|US|1||NumberOfRemainingSuboperations|Number of Remaining Sub-operations
00001021|US|1||NumberOfCompletedSuboperations|Number of Completed Sub-operations
00001022|US|1||NumberOfFailedSuboperations|Number of Failed Sub-operations
00001023|US|1||NumberOfWarningSuboperations|Number of Warning Sub-operations
00001030|AE|1||MoveOriginatorApplicationEntityTitle|Move Originator Application Entity Title
00001031|US|1||MoveOriginatorMessageID|Move Originator Message ID
00004000|LT|1|R|DialogReceiver|Dialog Receiver
00004010|LT|1|R|TerminalType|Terminal Type
00005010|SH|1|R|MessageSetID|Message Set ID
00005020|SH|1|R|EndMessageID|End Message ID
00005110|LT|1|R|DisplayFormat|Display Format
00005120|LT|1|R|PagePositionID|Page Position ID
00005130|CS|1|R|TextFormatID|Text Format ID
00005140|CS|1|R|NormalReverse|Normal/Reverse
00005150|CS|1|R|AddGrayScale|Add Gray Scale
00005160|CS|1|R|Borders|Borders
00005170|IS|1|R|Copies|Copies
00005180|CS|1|R|CommandMagnificationType|Command Magnification Type
00005190|CS|1|R|Erase|Erase
000051A0|CS|1|R|Print|Print
000051B0|US|1-n|R|Overlays|Overlays
`;

/** Sup 233 (patient model of gender and sex parameters), which the snapshot does not have. */
export const patientModelElements = `
00100011|SQ|1||PersonNamesToUseSequence|Person Names to Use Sequence
00100012|LT|1||NameToUse|Name to Use
00100013|UT|1||NameToUseComment|Name to Use Comment
00100014|SQ|1||ThirdPersonPronounsSequence|Third Person Pronouns Sequence
00100015|SQ|1||PronounCodeSequence|Pronoun Code Sequence
00100016|UT|1||PronounComment|Pronoun Comment
00100041|SQ|1||GenderIdentitySequence|Gender Identity Sequence
00100042|UT|1||SexParametersForClinicalUseCategoryComment|Sex Parameters for Clinical Use Category Comment
00100043|SQ|1||SexParametersForClinicalUseCategorySequence|Sex Parameters for Clinical Use Category Sequence
00100044|SQ|1||GenderIdentityCodeSequence|Gender Identity Code Sequence
00100045|UT|1||GenderIdentityComment|Gender Identity Comment
00100046|SQ|1||SexParametersForClinicalUseCategoryCodeSequence|Sex Parameters for Clinical Use Category Code Sequence
00100047|UR|1-n||SexParametersForClinicalUseCategoryReference|Sex Parameters for Clinical Use Category Reference
`;

/** PS3.6 after the snapshot (2025a to 2026b): elements of segmentation, ophthalmology, RT and of DICONDE thermography. */
export const laterElements = `
0008114C|SQ|1||ReferencedSegmentationSequence|Referenced Segmentation Sequence
00102161|SQ|1||EthnicGroupCodeSequence|Ethnic Group Code Sequence
00146001|SQ|1||ThermalCameraSettingsSequence|Thermal Camera Settings Sequence
00146002|DS|1||AcquisitionFrameRate|Acquisition Frame Rate
00146003|DS|1||IntegrationTime|Integration Time
00146004|DS|1||NumberOfCalibrationFrames|Number of Calibration Frames
00146005|DS|1||NumberOfRowsInFullAcquisitionImage|Number of Rows in Full Acquisition Image
00146006|DS|1||NumberOfColumnsInFullAcquisitionImage|Number Of Columns in Full Acquisition Image
00146007|SQ|1||ThermalSourceSettingsSequence|Thermal Source Settings Sequence
00146008|DS|1||SourceHorizontalPitch|Source Horizontal Pitch
00146009|DS|1||SourceVerticalPitch|Source Vertical Pitch
0014600A|DS|1||SourceHorizontalScanSpeed|Source Horizontal Scan Speed
0014600B|DS|1||ThermalSourceModulationFrequency|Thermal Source Modulation Frequency
0014600C|SQ|1||InductionSourceSettingSequence|Induction Source Setting Sequence
0014600D|DS|1||CoilFrequency|Coil Frequency
0014600E|DS|1||CurrentAmplitudeAcrossCoil|Current Amplitude Across Coil
0014600F|SQ|1||FlashSourceSettingSequence|Flash Source Setting Sequence
00146010|DS|1||FlashDuration|Flash Duration
00146011|DS|1-n||FlashFrameNumber|Flash Frame Number
00146012|SQ|1||LaserSourceSettingSequence|Laser Source Setting Sequence
00146013|DS|1||HorizontalLaserSpotDimension|Horizontal Laser Spot Dimension
00146014|DS|1||VerticalLaserSpotDimension|Vertical Laser Spot Dimension
00146015|DS|1||LaserWavelength|Laser Wavelength
00146016|DS|1||LaserPower|Laser Power
00146017|SQ|1||ForcedGasSettingSequence|Forced Gas Setting Sequence
00146018|SQ|1||VibrationSourceSettingSequence|Vibration Source Setting Sequence
00146019|DS|1||VibrationExcitationFrequency|Vibration Excitation Frequency
0014601A|DS|1||VibrationExcitationVoltage|Vibration Excitation Voltage
0014601B|CS|1||ThermographyDataCaptureMethod|Thermography Data Capture Method
0014601C|CS|1||ThermalTechnique|Thermal Technique
0014601D|SQ|1||ThermalCameraCoreSequence|Thermal Camera Core Sequence
0014601E|CS|1||DetectorWavelengthRange|Detector Wavelength Range
0014601F|CS|1||ThermalCameraCalibrationType|Thermal Camera Calibration Type
00146020|UV|1||AcquisitionImageCounter|Acquisition Image Counter
00146021|DS|1||FrontPanelTemperature|Front Panel Temperature
00146022|DS|1||AirGapTemperature|Air Gap Temperature
00146023|DS|1||VerticalPixelSize|Vertical Pixel Size
00146024|DS|1||HorizontalPixelSize|Horizontal Pixel Size
00146025|ST|1-n||DataStreamingProtocol|Data Streaming Protocol
00146026|SQ|1||LensSequence|Lens Sequence
00146027|DS|1||FieldOfView|Field of View
00146028|LO|1||LensFilterManufacturer|Lens Filter Manufacturer
00146029|CS|1||CutoffFilterType|Cutoff Filter Type
0014602A|DS|1-n||LensFilterCutOffWavelength|Lens Filter Cut-Off Wavelength
0014602B|SQ|1||ThermalSourceSequence|Thermal Source Sequence
0014602C|CS|1||ThermalSourceMotionState|Thermal Source Motion State
0014602D|CS|1||ThermalSourceMotionType|Thermal Source Motion Type
0014602E|SQ|1||InductionHeatingSequence|Induction Heating Sequence
0014602F|ST|1||CoilConfigurationID|Coil Configuration ID
00146030|DS|1||NumberOfTurnsInCoil|Number of Turns in Coil
00146031|CS|1||ShapeOfIndividualTurn|Shape of Individual Turn
00146032|DS|1-n||SizeOfIndividualTurn|Size of Individual Turn
00146033|DS|1-n||DistanceBetweenTurns|Distance Between Turns
00146034|SQ|1||FlashHeatingSequence|Flash Heating Sequence
00146035|DS|1||NumberOfLamps|Number of Lamps
00146036|ST|1||FlashSynchronizationProtocol|Flash Synchronization Protocol
00146037|CS|1||FlashModificationStatus|Flash Modification Status
00146038|SQ|1||LaserHeatingSequence|Laser Heating Sequence
00146039|LO|1||LaserManufacturer|Laser Manufacturer
0014603A|LO|1||LaserModelNumber|Laser Model Number
0014603B|ST|1||LaserTypeDescription|Laser Type Description
0014603C|SQ|1||ForcedGasHeatingSequence|Forced Gas Heating Sequence
0014603D|LO|1||GasUsedForHeatingCoolingPart|Gas Used for Heating/Cooling Part
0014603E|SQ|1||VibrationSonicHeatingSequence|Vibration/Sonic Heating Sequence
0014603F|LO|1||ProbeManufacturer|Probe Manufacturer
00146040|LO|1||ProbeModelNumber|Probe Model Number
00146041|DS|1||ApertureSize|Aperture Size
00146042|DS|1||ProbeResonantFrequency|Probe Resonant Frequency
00146043|UT|1||HeatSourceDescription|Heat Source Description
00146044|CS|1||SurfacePreparationWithOpticalCoating|Surface Preparation with Optical Coating
00146045|ST|1||OpticalCoatingType|Optical Coating Type
00146046|DS|1||ThermalConductivityOfExposedSurface|Thermal Conductivity of Exposed Surface
00146047|DS|1||MaterialDensity|Material Density
00146048|DS|1||SpecificHeatOfInspectionSurface|Specific Heat of Inspection Surface
00146049|DS|1||EmissivityOfInspectionSurface|Emissivity of Inspection Surface
0014604A|CS|1-n||ElectromagneticClassificationOfInspectionSurface|Electromagnetic Classification of Inspection Surface
0014604C|DS|1||MovingWindowSize|Moving Window Size
0014604D|CS|1||MovingWindowType|Moving Window Type
0014604E|DS|1-n||MovingWindowWeights|Moving Window Weights
0014604F|DS|1||MovingWindowPitch|Moving Window Pitch
00146050|CS|1||MovingWindowPaddingScheme|Moving Window Padding Scheme
00146051|DS|1||MovingWindowPaddingLength|Moving Window Padding Length
00146052|SQ|1||SpatialFilteringParametersSequence|Spatial Filtering Parameters Sequence
00146053|CS|1||SpatialFilteringScheme|Spatial Filtering Scheme
00146056|DS|1||HorizontalMovingWindowSize|Horizontal Moving Window Size
00146057|DS|1||VerticalMovingWindowSize|Vertical Moving Window Size
00146059|SQ|1||PolynomialFittingSequence|Polynomial Fitting Sequence
0014605A|CS|1-n||FittingDataType|Fitting Data Type
0014605B|CS|1||OperationOnTimeAxisBeforeFitting|Operation on Time Axis Before Fitting
0014605C|CS|1||OperationOnPixelIntensityBeforeFitting|Operation on Pixel Intensity Before Fitting
0014605D|DS|1||OrderOfPolynomial|Order of Polynomial
0014605E|CS|1||IndependentVariableForPolynomialFit|Independent Variable for Polynomial Fit
0014605F|DS|1-n||PolynomialCoefficients|Polynomial Coefficients
00146060|CS|1||ThermographyPixelDataUnit|Thermography Pixel Data Unit
00221627|SQ|1||OphthalmicEnFaceVolumeDescriptorSequence|Ophthalmic En Face Volume Descriptor Sequence
00221629|CS|1||OphthalmicEnFaceVolumeDescriptorScope|Ophthalmic En Face Volume Descriptor Scope
00660005|FL|1||SurfaceOffset|Surface Offset
30020136|SQ|1||RTConeBeamImagingGeometrySequence|RT Cone-Beam Imaging Geometry Sequence
300A0054|UI|1||TableTopPositionAlignmentUID|Table Top Position Alignment UID
300A079F|SQ|1||PatientTreatmentPreparationSequence|Patient Treatment Preparation Sequence
300A07A0|SQ|1||PatientToEquipmentRelationshipSequence|Patient to Equipment Relationship Sequence
300A07A1|SQ|1||ImagingEquipmentToTreatmentDeliveryDeviceRelationshipSequence|Imaging Equipment to Treatment Delivery Device Relationship Sequence
`;

/** Rows whose extraction lost or misread a column; the text of PS3.6 wins. Keyed by tag, same columns. */
export const correctedElements = `
00180061|DS|1|R||
00280020|OB|1|R||
00080202|OB|1|R||
00189445|OB|1|R||
003A0320|SQ|1||SummarizedFilterLookupTableSequence|Summarized Filter Lookup Table Sequence
003A0325|SQ|1||AnalogFilterTypeCodeSequence|Analog Filter Type Code Sequence
00281200|US or SS or OW|1-n|R|GrayLookupTableData|Gray Lookup Table Data
00283006|US or OW|1-n||LUTData|LUT Data
`;
