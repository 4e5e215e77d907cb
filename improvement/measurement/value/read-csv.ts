import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { dateText } from '../../../core/names/forms.ts';
import { refusal } from '../../../core/refusal/refusal.ts';
import type { Refusal } from '../../../core/refusal/refusal.ts';

/** One line of a file of measurements, as the form would send it. */
export interface MeasurementLine {
  /** In the file, the header being line 1. */
  line: number;
  periodFrom: string;
  periodTo: string;
  value: number;
  grade: string;
  source: string;
  evidence: string | null;
}

const columns = ['periodFrom', 'periodTo', 'value', 'grade', 'source', 'evidence'] as const;
export const mostLines = 500;

const lineForm = z.object({
  periodFrom: dateText,
  periodTo: dateText,
  // A plain decimal with a point: no thousands, no exponent, nothing that a locale could read otherwise.
  value: z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/, 'is no plain decimal such as 3.9'),
  grade: z.enum(['A', 'B', 'C', 'D']),
  source: z.string().min(1).max(200),
  evidence: z.string().max(4000).default(''),
});

/** Reads measurements from comma-separated text with a header line (RFC 4180); all faults of all lines together. */
export function readMeasurements(csv: string): { lines: MeasurementLine[]; refusals: Refusal[] } {
  const rows = rowsOf(csv);
  if (typeof rows === 'string')
    return {
      lines: [],
      refusals: [
        refusal('csv.unreadable', rows, `Send comma-separated text with the header ${columns.join(',')}.`, 'csv'),
      ],
    };
  const [header = [], ...data] = rows;
  const unknown = header.filter((name) => !columns.some((column) => column === name));
  const missing = columns.filter((name) => name !== 'evidence' && !header.includes(name));
  if (unknown.length || missing.length || new Set(header).size !== header.length) {
    return {
      lines: [],
      refusals: [
        refusal(
          'csv.columns',
          `The header is ${header.join(',') || 'empty'}.`,
          `It must be ${columns.join(',')}; evidence may be left out.`,
          'csv',
        ),
      ],
    };
  }
  if (!data.length)
    return {
      lines: [],
      refusals: [refusal('csv.empty', 'There is no line below the header.', 'Add a line for each period.', 'csv')],
    };
  const refusals: Refusal[] = [];
  const lines = data.flatMap((cells, index): MeasurementLine[] => {
    const line = index + 2;
    const parsed = lineForm.safeParse(Object.fromEntries(header.map((name, place) => [name, cells[place]])));
    if (parsed.success)
      return [{ line, ...parsed.data, value: Number(parsed.data.value), evidence: parsed.data.evidence || null }];
    for (const issue of parsed.error.issues)
      refusals.push(
        refusal(
          'csv.cell',
          `Line ${line}, ${issue.path.join('.')}: ${issue.message}`,
          'Mend the cell and send the file again.',
          'csv',
        ),
      );
    return [];
  });
  return { lines, refusals };
}

/** The cells of each line, or a sentence that says why the text cannot be read. */
function rowsOf(csv: string): string[][] | string {
  try {
    const rows: string[][] = parse(csv, {
      bom: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 10_000,
      to: mostLines + 2,
    });
    return rows.length > mostLines + 1 ? `The file has more than ${mostLines} lines.` : rows;
  } catch (error) {
    return `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
