// Document and workbook of a log, as the use case that files them wants them.
import { renderLogDocument } from './logDocument';
import { renderLogWorkbook } from './logWorkbook';

export const paperRenderer = { document: renderLogDocument, workbook: renderLogWorkbook };
