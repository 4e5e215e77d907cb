// People, teams and components that rows speak of: found by what the source calls them, or made with the batch that meets them first.
import { createHash, randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import type { ObservedRecord } from '../record/observe/observe.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Registry } from '../record/define/work.ts';
import { foundBySource, toldSource } from '../trait/source/store.ts';
import type { SourceRow } from '../trait/source/store.ts';
import type { Mention } from './read.ts';
import type { Spill } from './spill.ts';

export interface Newcomer {
  definition: RecordDefinition;
  record: Omit<ObservedRecord, 'number'>;
  source: SourceRow;
}

export interface PartiesOf {
  registry: Registry;
  providerId: string;
  system: string;
  customer: string | null;
  /** When what the source tells begins: they were there by then. */
  since: string;
}

const mostKnown = 50_000;

/** A person's name or key stands nowhere in plain text but in the record, where it can be erased. */
const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

export class Parties {
  readonly #of: PartiesOf;
  readonly #spill: Pick<Spill, 'agentsAmong'>;
  readonly #ids = new Map<string, string>();
  #newcomers: Newcomer[] = [];
  #metAgain: string[] = [];

  constructor(of: PartiesOf, spill: Pick<Spill, 'agentsAmong'>) {
    this.#of = of;
    this.#spill = spill;
  }

  /** Finds whom and what some rows speak of, and makes up who is not there yet. */
  async meet(client: pg.ClientBase, mentions: readonly Mention[]): Promise<void> {
    const unknown = [...new Map(mentions.map((each) => [each.id, each])).values()].filter(
      ({ id }) => !this.#ids.has(id),
    );
    if (!unknown.length) return;
    const agents = await this.#agentsAmong(client, unknown);
    const placed = unknown.map((mention) => this.#placed(mention, agents));
    const groups = Map.groupBy(placed, ({ type, customer }) => `${type} ${customer}`);
    for (const group of groups.values()) await this.#findAll(client, group);
  }

  get isFull(): boolean {
    return this.#ids.size > mostKnown;
  }

  /** Only once all that was made up is written. */
  forgetIfFull(): void {
    if (this.isFull) this.#ids.clear();
  }

  idOf = (mention: Mention): string => {
    const id = this.#ids.get(mention.id);
    if (!id) throw new Error(`${mention.type} was not met`);
    return id;
  };

  /** Who was made up since the last time. */
  takeNewcomers(): Newcomer[] {
    const made = this.#newcomers;
    this.#newcomers = [];
    return made;
  }

  /** Keys of callers who work for the provider, by this file or by an earlier one. */
  async #agentsAmong(client: pg.ClientBase, mentions: readonly Mention[]): Promise<ReadonlySet<string>> {
    const { providerId, system } = this.#of;
    const keys = mentions.filter(({ side, hasKey }) => side === 'customer' && hasKey).map(({ key }) => key);
    if (!keys.length) return new Set();
    const byDigest = new Map(keys.map((key) => [digest(providerId, system, 'key', key), key]));
    const there = await foundBySource(client, providerId, { type: 'person', system, customer: null }, [
      ...byDigest.keys(),
    ]);
    const earlier = there.flatMap(({ key }) => byDigest.get(key) ?? []);
    return new Set([...(await this.#spill.agentsAmong(keys)), ...earlier]);
  }

  /** Who was there already and is spoken of by this run too. */
  takeMetAgain(): string[] {
    const met = this.#metAgain;
    this.#metAgain = [];
    return met;
  }

  #placed(mention: Mention, agents: ReadonlySet<string>): Placed {
    const { type, side, hasKey, name } = mention;
    const { providerId, system } = this.#of;
    // By name alone nobody knows whether an agent who calls is one person with a customer's: they stay two.
    const isCustomers = side === 'customer' && !(hasKey && agents.has(mention.key));
    const customer = isCustomers || type === 'component' ? this.#of.customer : null;
    const word = hasKey ? 'key' : side === null ? 'name' : `${isCustomers ? 'customer' : 'provider'} name`;
    const key =
      type === 'person'
        ? digest(providerId, system, word, mention.key)
        : type === 'team'
          ? `${word}: ${mention.key}`
          : mention.key;
    return { mention, type, customer, key, name, isCustomers };
  }

  async #findAll(client: pg.ClientBase, placed: readonly Placed[]): Promise<void> {
    const [first] = placed;
    if (!first) return;
    const { system, providerId } = this.#of;
    const of = { type: first.type, system, customer: first.customer };
    const found = await foundBySource(
      client,
      providerId,
      of,
      placed.map(({ key }) => key),
    );
    const there = new Map(found.map(({ key, record }) => [key, record]));
    this.#metAgain.push(...found.map(({ record }) => record));
    for (const each of placed) {
      const id = there.get(each.key) ?? randomUUIDv7();
      if (!there.has(each.key)) this.#newcomers.push(this.#newcomer(each, id));
      there.set(each.key, id);
      this.#ids.set(each.mention.id, id);
    }
  }

  #newcomer({ type, customer, key, name, isCustomers }: Placed, id: string): Newcomer {
    const { registry, since, system } = this.#of;
    const { definition } = serverRecord(registry, type);
    const named = definition.traits?.source;
    return {
      definition,
      record: {
        id,
        customers: customer === null ? [] : [customer],
        source: `${system}:${type}:${key}`,
        steps: [
          {
            occurredAt: since,
            to: named?.namedIn ?? null,
            move: null,
            values: { title: name, ...(isCustomers ? { customer } : {}) },
            ...(named ? { beside: { _source: [toldSource({ system, key })] } } : {}),
            by: null,
          },
        ],
      },
      source: { type, system, customer, key, record: id, seen: Buffer.alloc(0), lastAt: null, lastPlace: null },
    };
  }
}

interface Placed {
  mention: Mention;
  type: Mention['type'];
  customer: string | null;
  key: string;
  name: string;
  isCustomers: boolean;
}
