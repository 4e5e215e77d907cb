import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeReader } from './times.ts';

const read = (format: string, text: string, zone = 'Europe/Berlin') => timeReader(format, zone)?.(text);

describe('times of a source', () => {
  it('name the day of the week once, and end however long a cell is', () => {
    expect(timeReader(`${'EEEE'.repeat(12)}d/M/yyyy`, 'UTC')).toBeUndefined();
    expect(read("d ' ' ' ' ' ' M yyyy", `4${' '.repeat(2000)}x`)).toBeUndefined();
    expect(read("d ' ' ' ' M yyyy", '4    5 2016', 'UTC')).toBe('2016-05-04T00:00:00.000Z');
  });

  it.each([
    ['d/M/yyyy HH:mm', '4/5/2016 09:07', '2016-05-04T07:07:00.000Z'],
    ['MM/dd/yyyy hh:mm:ss a', '05/04/2016 12:10:30 AM', '2016-05-03T22:10:30.000Z'],
    ['MM/dd/yyyy hh:mm:ss a', '05/04/2016 12:10:30 PM', '2016-05-04T10:10:30.000Z'],
    ['d/MMM/yy h:mm a', '4/May/16 9:07 pm', '2016-05-04T19:07:00.000Z'],
    ['d MMMM yyyy HH:mm', '4 September 2016 09:07', '2016-09-04T07:07:00.000Z'],
    ['d MMM yyyy HH:mm', '4 Sept. 2016 09:07', '2016-09-04T07:07:00.000Z'],
    ['EEE, d MMM yyyy HH:mm:ss Z', 'Wed, 4 May 2016 09:07:00 +0930', '2016-05-03T23:37:00.000Z'],
    ["dd.MM.yyyy, HH:mm:ss 'Uhr'", '04.05.2016, 09:07:00 Uhr', '2016-05-04T07:07:00.000Z'],
    ['dd.MM.yyyy, HH:mm:ss Uhr', '04.05.2016, 09:07:00 Uhr', '2016-05-04T07:07:00.000Z'],
    ['yyyy-MM-ddTHH:mm:ss.SSSXX', '2016-05-04T09:07:00.250-0330', '2016-05-04T12:37:00.250Z'],
    ['yyyy-MM-ddTHH:mm:ss.SSSZ', '2016-05-04T09:07:00.250Z', '2016-05-04T09:07:00.250Z'],
    ['yyyy-MM-ddTHH:mm:ss+01:00', '2016-05-04T09:07:00+02:00', '2016-05-04T07:07:00.000Z'],
    ['yyyyMMdd HHmm', '20160504 0907', '2016-05-04T07:07:00.000Z'],
    ['d/M/yyyy h:mm a', '4/5/2016 9:07\u202fAM', '2016-05-04T07:07:00.000Z'],
    ['iso', '2016-05-04 09:07:00', '2016-05-04T07:07:00.000Z'],
    ['iso', '2016-05-04T09:07:00.123456+00:00', '2016-05-04T09:07:00.123Z'],
    ['excel', '42494.37986', '2016-05-04T07:07:00.000Z'],
    ['excel', '42494,37986', '2016-05-04T07:07:00.000Z'],
    ['unix', '1462345620', '2016-05-04T07:07:00.000Z'],
    ['unix-ms', '1462345620250', '2016-05-04T07:07:00.250Z'],
  ])('are read by %s: %s', (format, text, instant) => {
    expect(read(format, text)).toBe(instant);
  });

  it.each([
    'HH:mm',
    'YYYY-MM-DD',
    'd/M/yyyy hh:mm',
    'd/M/yyyy HH:mm a',
    'd/M/yyyy d',
    'yyyy-MM',
    'd/M/yyyy mm',
    'ISO',
    '',
  ])('have no pattern %j', (format) => {
    expect(timeReader(format, 'UTC')).toBeUndefined();
  });

  it.each([
    ['d/M/yyyy HH:mm', '31/2/2016 09:00'],
    ['d/M/yyyy HH:mm', '4/5/2016 24:00'],
    ['d/M/yyyy HH:mm', '4/5/0001 09:00'],
    ['d/M/yyyy HH:mm', '4/5/9999 09:00'],
    ['d/M/yyyy h:mm a', '4/5/2016 13:00 PM'],
    ['d MMM yyyy', '4 Mai 2016'],
    ['d MMM yyyy', '4 constructor 2016'],
    ['excel', '1'],
    ['excel', '4/5/2016'],
    ['unix', '1462345620250'],
  ])('of %s are none: %s', (format, text) => {
    expect(read(format, text)).toBeUndefined();
  });

  it('in the hour that comes twice are the later where the earlier would be before what came before', () => {
    const reader = timeReader('d/M/yyyy HH:mm', 'Europe/Berlin');
    expect([reader?.('30/10/2016 02:10'), reader?.('30/10/2016 02:10', '2016-10-30T00:50:00.000Z')]).toEqual([
      '2016-10-30T00:10:00.000Z',
      '2016-10-30T01:10:00.000Z',
    ]);
  });

  it('come back as they were written, whatever the form', () => {
    const instants = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Chatham');
    fc.assert(
      fc.property(instants, zones, (date, zone) => {
        const second = new Date(Math.floor(date.getTime() / 1000) * 1000);
        const wall = Temporal.Instant.from(second.toISOString()).toZonedDateTimeISO(zone);
        const two = (value: number) => String(value).padStart(2, '0');
        const [day, clock] = [
          `${wall.year}-${two(wall.month)}-${two(wall.day)}`,
          `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}`,
        ];
        const half = `${two(wall.hour % 12 || 12)}:${two(wall.minute)}:${two(wall.second)} ${wall.hour < 12 ? 'AM' : 'PM'}`;
        const written: [string, string][] = [
          ['unix', String(second.getTime() / 1000)],
          ['iso', `${day}T${clock}${wall.offset.slice(0, 6)}`],
          ["yyyy-MM-dd'T'HH:mm:ssXXX", `${day}T${clock}${wall.offset.slice(0, 6)}`],
        ];
        // Without an offset, the hour that comes twice is read as the first.
        if (wall.toPlainDateTime().toZonedDateTime(zone).epochMilliseconds === wall.epochMilliseconds)
          written.push(['yyyy-MM-dd HH:mm:ss', `${day} ${clock}`], ['yyyy-MM-dd hh:mm:ss a', `${day} ${half}`]);
        for (const [format, text] of written)
          expect([format, text, read(format, text, zone)]).toEqual([format, text, second.toISOString()]);
      }),
    );
  });
});
