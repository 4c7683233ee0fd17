export const mrSeriesModelText = '';
