import { endpoint } from '../../http/endpoint.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import { recordParams as params } from '../../http/views.ts';
import { loadHeader, missing } from '../../record/read/load.ts';
import type { ServerRecord } from '../../record/define/work.ts';
import { withArticle } from '../../refusal/article.ts';
import { done } from '../../refusal/refusal.ts';
import { sourcesOf } from './store.ts';
import { sourcesView } from './views.ts';

/** What a record type with sources offers: what other systems call one of its records. */
export function sourceEndpoints({ definition: { type, path, plural: tag, label } }: ServerRecord): readonly Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: `/${path}/{id}/sources`,
      operationId: `${type}.sources`,
      tag,
      status: 200,
      summary: `What other systems call ${withArticle(label)}, and when it was last read from them`,
      description: `Lists the systems that know ${withArticle(label)}, the key by which each calls it, and when it was last read from there.`,
      params,
      response: sourcesView,
      handle: async ({ application, caller: { principal }, params: { id } }) => {
        const header = await loadHeader(application.pool, principal, id);
        if (header?.type !== type) return missing(type, id);
        return done({ items: await sourcesOf(application.pool, { providerId: principal.providerId, id: header.id }) });
      },
    }),
  ];
}
