import { itemColumns } from '../define/checklist.ts';
import type { ItemData } from '../define/checklist.ts';
import type { RecordData } from '../define/data.ts';
import type { Queryable } from '../../database/queryable.ts';

/** The checklist items of a record, in the checklist's order. */
export async function itemsOf(client: Queryable, record: Pick<RecordData, 'providerId' | 'id'>): Promise<ItemData[]> {
  const { rows } = await client.query(
    `select ${itemColumns} from core.item i where i.provider_id = $1 and i.record_id = $2 order by i.position`,
    [record.providerId, record.id],
  );
  return rows as ItemData[]; // the select list is ItemData
}
