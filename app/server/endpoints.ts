import { commonEndpoints } from '../../core/http/common-endpoints.ts';
import { shareEndpoints } from '../../core/http/share-endpoints.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { refusalsEndpoint } from '../../core/http/refusals-endpoint.ts';
import { evidenceEndpoints } from '../../core/http/evidence-endpoints.ts';
import { gateEndpoints } from '../../core/http/gate-endpoints.ts';
import { liveEndpoint } from '../../core/http/live.ts';
import type { JournalBell } from '../../core/journal/bell.ts';
import { importEndpoints } from '../../core/import/endpoints.ts';
import { recordEndpoints } from '../../core/http/record-endpoints.ts';
import type { Registry } from '../../core/record/define/work.ts';
import { traitEndpoints } from '../../core/trait/switched-on.ts';
import { demoEndpoints } from './demo-endpoints.ts';
import type { DemoGround } from './demo-endpoints.ts';
import { eraseEndpoint } from './erase.ts';
import type { HealthGround } from './health/report.ts';
import type { SignIn } from './sign-in.ts';
import { modules } from './modules.ts';
import { systemEndpoints } from './system-endpoints.ts';
import { keyEndpoints } from './keys.ts';
import { invitationEndpoints } from './invitations.ts';
import { welcomeEndpoint } from './welcome.ts';
import { welcomeLinkEndpoint } from './welcome-link.ts';

export interface EndpointParts {
  signIn: SignIn;
  bell: JournalBell;
  protectsJournal: boolean;
  health: HealthGround;
  /** Where there is an example to play. */
  demo?: DemoGround | undefined;
}

/** Every endpoint of the API, in the order of the document. */
export function allEndpoints(
  registry: Registry,
  { signIn, bell, protectsJournal, health, demo }: EndpointParts,
): readonly Endpoint[] {
  const all: Endpoint[] = [
    ...[...registry.records.values()].flatMap((record) => [...recordEndpoints(record), ...traitEndpoints(record)]),
    ...gateEndpoints,
    ...evidenceEndpoints,
    ...commonEndpoints,
    ...shareEndpoints,
    refusalsEndpoint(),
    ...modules.flatMap((module) => module.endpoints ?? []),
    welcomeEndpoint(signIn),
    welcomeLinkEndpoint(),
    ...invitationEndpoints(signIn),
    ...keyEndpoints(signIn),
    eraseEndpoint(),
    ...importEndpoints,
    ...(demo ? demoEndpoints(demo) : []),
    liveEndpoint(bell),
  ];
  all.push(...systemEndpoints(protectsJournal, health, () => all));
  return all;
}
