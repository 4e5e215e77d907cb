import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { shrink } from './png.ts';
import type { Shown } from './screens.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'screens');
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Shown[]; // written by `npm run screens`
const files = readdirSync(folder).filter((each) => each.endsWith('.png'));

describe('the pictures of the screens', () => {
  it('are those that the manifest names', () => {
    expect(manifest.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
  });

  it('show every screen in light and dark, wide and narrow', () => {
    const kinds = Map.groupBy(manifest, ({ screen }) => screen);
    for (const shown of kinds.values())
      expect(shown.map(({ theme, width }) => `${theme} ${width}`).toSorted()).toEqual([
        'dark 1280',
        'dark 390',
        'light 1280',
        'light 390',
      ]);
    expect(kinds.size).toBeGreaterThanOrEqual(9);
  });

  it.each(manifest)('$file is as wide as the manifest says, and small', ({ file, width }) => {
    expect(readFileSync(join(folder, file)).readUInt32BE(16)).toBe(width);
    expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(120_000);
  });

  it('weigh less than 5 MB together', () => {
    expect(files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)).toBeLessThan(5_000_000);
  });
});

describe('making a picture small', () => {
  const pictureOf = (rows: number[][], width: number) => {
    const chunk = (type: string, data: Buffer) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(data.length);
      return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
    };
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(rows.length, 4);
    head.set([8, 2, 0, 0, 0], 8);
    const data = deflateSync(Buffer.from(rows.flat()));
    return Buffer.concat([Buffer.alloc(8), chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
  };

  it('keeps every colour of a picture with few, whatever its rows were predicted from', () => {
    // Two pixels a row: plain, then from the left, then from above.
    const given = pictureOf(
      [
        [0, 9, 8, 7, 1, 2, 3],
        [1, 9, 8, 7, 0, 0, 0],
        [2, 0, 0, 0, 1, 1, 1],
      ],
      2,
    );
    const small = shrink(given);
    const again = small.indexOf('PLTE');
    const palette = small.subarray(again + 4, again + 4 + small.readUInt32BE(again - 4));
    const colours = Array.from({ length: palette.length / 3 }, (_, at) =>
      [...palette.subarray(at * 3, at * 3 + 3)].join(),
    );
    expect(colours.toSorted()).toEqual(['1,2,3', '10,9,8', '9,8,7']);
  });
});
