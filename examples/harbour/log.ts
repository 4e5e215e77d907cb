// The log that is the example's operation: a file, or a small one of the application's own making.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../core/database/embedded/index.ts';
import { mappingSchema } from '../../core/import/mapping.ts';
import type { Mapping } from '../../core/import/mapping.ts';
import { madeLog } from './made-log.ts';

export interface Log {
  name: string;
  file: string;
  mapping: Mapping;
  /** When it is brought in: after its last row. */
  end: string;
  /** The days that the extract really covers; stragglers outside say nothing about the process. */
  observed: { from: string; to: string; minN: number };
}

const mappingFile = join(checkout, 'examples/incident-log/mapping.json');

/** The log in a file, by the example's mapping; or one made here, in a file of the data folder. */
export function logOf(file: string | undefined, dataFolder: string): Log {
  const mapping = mappingSchema.parse(JSON.parse(readFileSync(mappingFile, 'utf8')));
  const observed = { from: '2016-03-01', to: '2016-05-31' };
  if (file !== undefined) {
    if (!existsSync(file)) throw new LogMissing(`There is no file ${file}.`);
    return {
      name: `the log ${file}`,
      file,
      mapping,
      end: '2017-03-01T12:00:00.000Z',
      observed: { ...observed, minN: 20 },
    };
  }
  const own = join(dataFolder, 'example-log.csv');
  writeFileSync(own, madeLog());
  return {
    name: 'a small log made for this example (give a file for a real one)',
    file: own,
    mapping: { ...mapping, source: 'made-example-log' },
    end: '2016-06-15T12:00:00.000Z',
    observed: { ...observed, minN: 5 },
  };
}

export class LogMissing extends Error {}
