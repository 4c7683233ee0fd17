// Private elements that viewers, converters and our own normalising read and that DCMTK's private dictionary lacks.
// From the vendors' DICOM conformance statements. Read by generate-dictionary.ts. One row: creator|tag|VR|VM|keyword,
// the tag with the block written as xx.

export const privateElements = `
SIEMENS MR HEADER|0019xx08|CS|1|CSAImageHeaderType
SIEMENS MR HEADER|0019xx09|LO|1|CSAImageHeaderVersion
SIEMENS MR HEADER|0019xx0A|US|1|NumberOfImagesInMosaic
SIEMENS MR HEADER|0019xx0B|DS|1|SliceMeasurementDuration
SIEMENS MR HEADER|0019xx0C|IS|1|BValue
SIEMENS MR HEADER|0019xx0D|CS|1|DiffusionDirectionality
SIEMENS MR HEADER|0019xx0E|FD|3|DiffusionGradientDirection
SIEMENS MR HEADER|0019xx0F|SH|1|GradientMode
SIEMENS MR HEADER|0019xx11|SH|1|FlowCompensation
SIEMENS MR HEADER|0019xx12|SL|3|TablePositionOrigin
SIEMENS MR HEADER|0019xx13|SL|3|ImaAbsTablePosition
SIEMENS MR HEADER|0019xx14|IS|3|ImaRelTablePosition
SIEMENS MR HEADER|0019xx15|FD|3|SlicePositionPCS
SIEMENS MR HEADER|0019xx16|DS|1|TimeAfterStart
SIEMENS MR HEADER|0019xx17|DS|1|SliceResolution
SIEMENS MR HEADER|0019xx18|IS|1|RealDwellTime
SIEMENS MR HEADER|0019xx27|FD|6|BMatrix
SIEMENS MR HEADER|0019xx28|FD|1|BandwidthPerPixelPhaseEncode
SIEMENS MR HEADER|0019xx29|FD|1-n|MosaicRefAcqTimes
SIEMENS MR HEADER|0051xx08|CS|1|CSAImageHeaderType
SIEMENS MR HEADER|0051xx09|LO|1|CSAImageHeaderVersion
SIEMENS MR HEADER|0051xx0A|LO|1|TimeOfAcquisition
SIEMENS MR HEADER|0051xx0B|LO|1|AcquisitionMatrixText
SIEMENS MR HEADER|0051xx0C|LO|1|FieldOfViewText
SIEMENS MR HEADER|0051xx0D|SH|1|SlicePositionText
SIEMENS MR HEADER|0051xx0E|LO|1|ImageOrientationText
SIEMENS MR HEADER|0051xx0F|LO|1|CoilString
SIEMENS MR HEADER|0051xx11|LO|1|ImaPATModeText
SIEMENS MR HEADER|0051xx12|SH|1|TablePositionText
SIEMENS MR HEADER|0051xx13|SH|1|PositivePCSDirections
SIEMENS MR HEADER|0051xx16|LO|1|ImageTypeText
SIEMENS MR HEADER|0051xx17|SH|1|SliceThicknessText
Philips MR Imaging DD 001|2005xx00|FL|1|StackAngulationAP
Philips MR Imaging DD 001|2005xx01|FL|1|StackAngulationFH
Philips MR Imaging DD 001|2005xx02|FL|1|StackAngulationRL
Philips MR Imaging DD 001|2005xx08|FL|1|StackOffcentreAP
Philips MR Imaging DD 001|2005xx09|FL|1|StackOffcentreFH
Philips MR Imaging DD 001|2005xx0A|FL|1|StackOffcentreRL
Philips MR Imaging DD 001|2005xx0B|FL|1|MaximumFloatingPoint
Philips MR Imaging DD 001|2005xx0C|FL|1|MinimumFloatingPoint
Philips MR Imaging DD 001|2005xx0D|FL|1|ScaleIntercept
Philips MR Imaging DD 001|2005xx0E|FL|1|ScaleSlope
Philips MR Imaging DD 001|2005xx0F|DS|1|WindowCenterOriginal
Philips MR Imaging DD 001|2005xx10|DS|1|WindowWidthOriginal
Philips MR Imaging DD 001|2005xx11|CS|1-n|ImageTypeMR
Philips MR Imaging DD 001|2005xx30|FL|1-n|RepetitionTimeMR
Philips MR Imaging DD 001|2005xx33|FL|1|AcquisitionDurationMR
Philips MR Imaging DD 005|2005xx09|DS|1|RescaleInterceptOriginal
Philips MR Imaging DD 005|2005xx0A|DS|1|RescaleSlopeOriginal
Philips MR Imaging DD 005|2005xx12|IS|1|NumberOfDiffusionBValues
Philips MR Imaging DD 005|2005xx13|IS|1|NumberOfDiffusionGradientOrientations
Philips PET Private Group|7053xx00|DS|1|SUVScaleFactor
Philips PET Private Group|7053xx09|DS|1|ActivityConcentrationScaleFactor
TOSHIBA_MEC_MR3|700Dxx00|DS|1|ScaleFactor
CANON_MEC_MR3|700Dxx00|DS|1|ScaleFactor
Image Private Header|0065xx09|FD|1|DiffusionBValue
Image Private Header|0065xx37|FD|3|DiffusionGradientDirection
Image Private Header|0065xx50|DS|1|NumberOfImagesInGrid
Image Private Header|0065xx51|SQ|1|MRVFrameSequence
Varian Medical Systems VISION 3253|3253xx00|OB|1|ExtendedInterfaceData
Varian Medical Systems VISION 3253|3253xx01|IS|1|ExtendedInterfaceLength
Varian Medical Systems VISION 3253|3253xx02|CS|1|ExtendedInterfaceFormat
Varian Medical Systems VISION 3285|3285xx00|SQ|1|PrimaryFluenceModeSequence
Varian Medical Systems VISION 3285|3285xx01|CS|1|PrimaryFluenceMode
Varian Medical Systems VISION 3285|3285xx02|CS|1|PrimaryFluenceModeID
`;
