// Where an endpoint reads or writes one record; or its one address, where it names none.
import type { Endpoint } from '../../../core/http/endpoint.ts';
import type { TestApplication } from '../application.ts';
import type { Planted } from '../planted.ts';
import { metricById } from '../../../improvement/measurement/index.ts';
import { operationOf } from './document.ts';
import type { Document } from './document.ts';

export interface Address {
  url: string;
  record: Planted | undefined;
}

export interface Places {
  app: TestApplication;
  document: Document;
  /** What has an address of its own and is no record: links, conditions, shares; `type` is the first part of the address. */
  apart: readonly Planted[];
}

export const isApart = ({ operationId, path, givesBytes, takesBytes, public: open }: Endpoint): boolean =>
  open === true ||
  operationId === 'live.entries' ||
  path.startsWith('/demo') ||
  takesBytes !== undefined ||
  givesBytes === true;

export function addresses(places: Places, endpoint: Endpoint, of: readonly Planted[]): Address[] {
  const { path } = endpoint;
  if (!path.includes('{')) return asked(places, endpoint, path, of);
  const [place = ''] = path.split('/').filter(Boolean);
  const things = places.apart.filter(({ type }) => type === place);
  if (things.length) return things.map((record) => ({ url: path.replace('{id}', record.id), record }));
  if (path.includes('{metric}')) return ofMetrics(places, endpoint, of);
  return of
    .filter((each) => isOf(places.app, endpoint, each))
    .map((record) => ({
      url: path
        .replace('{id}', record.id)
        .replace('{gate}', gateOf(places.app, record))
        .replace('{item}', itemOf(places.app, record))
        .replace('{file}', places.apart.find(({ type, ref }) => type === 'files' && ref === record.id)?.id ?? record.id)
        .replace(/\{\w+\}/g, record.id),
      record,
    }));
}

/** Records of the type whose address it is; at a gate those that are decided on. */
function isOf(app: TestApplication, { path, operationId }: Endpoint, record: Planted): boolean {
  const type = [...app.application.registry.records.values()].find(({ definition }) =>
    path.startsWith(`/${definition.path}/`),
  )?.definition.type;
  if (operationId === 'gate.decide') return gatesOf(app, record).length > 0;
  return type === undefined || record.type === type;
}

/** Of figures, and of what must be told which service: once for all, once for the service of each audience. */
function asked({ document }: Places, endpoint: Endpoint, path: string, of: readonly Planted[]): Address[] {
  const queries = (operationOf(document, endpoint)?.parameters ?? []).filter((each) => each.in === 'query');
  const service = queries.find(({ name }) => name === 'service');
  const others = queries.filter(({ name, required }) => required && name !== 'service');
  const rest = others
    .map(({ name, example }) => `${name}=${encodeURIComponent(typeof example === 'string' ? example : 'a')}`)
    .join('&');
  const plain = { url: rest ? `${path}?${rest}` : path, record: undefined };
  if (!service) return [plain];
  const each = of
    .filter(({ type }) => type === 'service')
    .map((record) => ({ url: `${path}?${[`service=${record.id}`, rest].filter(Boolean).join('&')}`, record }));
  return service.required ? each : [plain, ...each];
}

function ofMetrics(places: Places, endpoint: Endpoint, of: readonly Planted[]): Address[] {
  return [...metricById.keys()].flatMap((metric) =>
    asked(places, endpoint, endpoint.path.replace('{metric}', metric), of),
  );
}

const definitionOf = (app: TestApplication, { type }: Planted) =>
  app.application.registry.records.get(type)?.definition;

/** Those first at which nobody needs to have asked for the decision. */
const gatesOf = (app: TestApplication, record: Planted): string[] =>
  Object.values(definitionOf(app, record)?.lifecycle.moves ?? {})
    .toSorted((one, other) => Number(Boolean(one.askedBy)) - Number(Boolean(other.askedBy)))
    .flatMap(({ gate }) => gate ?? []);

/** A gate at which records of its type are decided; where there is none, one at which they are not. */
export const gateOf = (app: TestApplication, record: Planted): string => gatesOf(app, record)[0] ?? 'G1';

function itemOf(app: TestApplication, record: Planted): string {
  const checklist = app.application.registry.checklists.get(definitionOf(app, record)?.checklist ?? '');
  return checklist?.items[0]?.id ?? 'X-01';
}
