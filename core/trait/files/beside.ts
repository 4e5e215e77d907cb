import type { Beside } from '../../record/define/beside.ts';
import { hashOfBytes, standingFiles, toldFile } from './store.ts';

/** Files as entries tell them. Their bytes are read anew, one file at a time: it is their hash that is compared. */
export const filesBeside: Beside = {
  told: '_files',
  what: 'file',
  standing: async (client, providerId, records) => {
    const found = [];
    for (const { of, ...file } of await standingFiles(client, providerId, records)) {
      const bytes = await hashOfBytes(client, { providerId, id: file.id });
      const is = file.gone ? null : file.sha256;
      const sha256 = bytes === is ? file.sha256 : `${file.sha256}, though its bytes have ${bytes ?? 'gone'}`;
      found.push({ of, element: toldFile({ ...file, sha256 }) });
    }
    return new Map(
      [...Map.groupBy(found, ({ of }) => of)].map(([of, group]) => [of, group.map(({ element }) => element)]),
    );
  },
};
