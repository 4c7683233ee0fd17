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
`;
