// Document, workbook and machine rows of a log, as the use case that files them wants them.
import { renderLogCsv } from './logCsv';
import { renderLogDocument } from './logDocument';
import { renderLogWorkbook } from './logWorkbook';

export const paperRenderer = { document: renderLogDocument, workbook: renderLogWorkbook, csv: renderLogCsv };
