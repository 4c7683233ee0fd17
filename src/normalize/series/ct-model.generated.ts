export const ctSeriesModelText = '';
