import { create } from '../../../core/record/edit/create.ts';
import type { RecordOf } from '../../../core/record/define/data.ts';
import { lockUnscoped } from '../../../core/record/read/load.ts';
import { link } from '../../../core/record/relate/relate.ts';
import { refusal, refuse } from '../../../core/refusal/refusal.ts';
import { boundBy } from '../../../core/decision/together.ts';
import { togetherOn } from '../../../core/decision/together-store.ts';
import { shareFirst } from '../../../core/share/share.ts';
import { serverRecord } from '../../../core/record/define/work.ts';
import type { Work } from '../../../core/record/define/work.ts';
import type { packageRecord } from '../../package/index.ts';
import { serviceRecord } from '../record/service.ts';
import { subscriptionRecord } from '../record/subscription.ts';
import { versionRecord } from '../record/service-version.ts';
import { customerNames, subscriptionsOf, versionsOf } from '../store/portfolio.ts';

type Package = RecordOf<typeof packageRecord>;

/** Makes the next version of the service that a new package names, or of a new service. */
export async function beginVersion(work: Work, pack: Package): Promise<{ service: string; version: string }> {
  const service = await serviceOf(work, pack);
  const { registry } = work.application;
  const versionNumber = (await versionsOf(work.client, pack.providerId, service.id)).length + 1;
  const version = await create(
    work,
    serverRecord(registry, versionRecord),
    {
      title: `${service.title} ${versionNumber}`,
      owner: pack.owner,
      service: service.id,
      package: pack.id,
      versionNumber,
    },
    { byCommand: true, parent: pack },
  );
  await link(work, { type: 'versionOf', from: version.id, to: service.id });
  return { service: service.id, version: version.id };
}

async function serviceOf(work: Work, pack: Package): Promise<RecordOf<typeof serviceRecord>> {
  const record = serverRecord(work.application.registry, serviceRecord);
  const named = pack.fields.service;
  if (named === null) {
    const input = { title: pack.title, owner: pack.owner, criticality: pack.fields.criticality ?? undefined };
    return create(work, record, input, { byCommand: true, parent: pack, state: 'pipeline' });
  }
  const service = await lockUnscoped(work, record, named);
  const others = pack.customers.filter((customer) => !service.customers.includes(customer));
  const reason = `${pack.ref} is made for them.`;
  if (others.length)
    await shareFirst(work, record, service, { customers: others, reason, refused: notShared(service) });
  return service;
}

/** Whoever makes a package for one customer lets it not see what others have. */
const notShared = ({ ref }: Pick<Package, 'ref'>) =>
  refuse(
    'refused',
    refusal(
      'service.not-shared',
      `${ref} is not shared with every customer of this package.`,
      'Ask on its page that they come to share in it: who shares in it already consents.',
      'service',
    ),
  );

/** One planned subscription for each customer of a chartered package that did not opt out of it; again chartered, only for those who have none. */
export async function planSubscriptions(work: Work, pack: Package): Promise<void> {
  const { service, serviceVersion: version } = pack.fields;
  if (service === null || version === null) throw new Error(`${pack.ref} was made without a version of a service`);
  const existing = await subscriptionsOf(work.client, pack.providerId, version);
  const bound = boundBy(pack.customers, await togetherOn(work.client, work.application.registry, pack));
  const missing = bound.filter((customer) => !existing.some((each) => each.customer === customer));
  const names = await customerNames(work.client, pack.providerId, missing);
  for (const customer of missing) {
    const subscription = await create(
      work,
      serverRecord(work.application.registry, subscriptionRecord),
      {
        title: `${pack.title} for ${names.get(customer) ?? customer}`,
        owner: null,
        customers: [customer],
        serviceVersion: version,
        service,
        customer,
      },
      { byCommand: true, parent: pack },
    );
    await link(work, { type: 'subscribedBy', from: version, to: subscription.id });
  }
}
