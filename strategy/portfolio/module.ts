import type { Module } from '../../core/http/module.ts';
import { served } from '../../core/record/define/work.ts';
import { serviceCommands } from './commands/service.ts';
import { versionCommands } from './commands/service-version.ts';
import { subscriptionCommands } from './commands/subscription.ts';
import { versionRecord } from './record/service-version.ts';
import { serviceRecord } from './record/service.ts';
import { subscriptionRecord } from './record/subscription.ts';
import { breaksOf } from './orphans.ts';
import { portfolioEndpoints } from './routes.ts';
import { serviceRules, versionRules } from './rules.ts';
import { serviceFacts, versionFacts } from './store/portfolio.ts';
import { liveIntervalRecount } from './store/recount.ts';

/** The service portfolio: services, their versions, and who subscribed to them. */
export const portfolioModule: Module = {
  records: [
    served({
      definition: serviceRecord,
      gives: ['service.no-owner', 'service.not-taken-over'],
      rules: serviceRules,
      facts: serviceFacts,
      commands: serviceCommands,
    }),
    served({
      definition: versionRecord,
      brings: [
        { type: 'service', move: 'retire' },
        { type: 'service', move: 'need-agreed' },
        { type: 'service', move: 'need-gone' },
        { type: 'service', move: 'run-as-before' },
        { type: 'service', move: 'enter-catalogue' },
        { type: 'service', move: 'leave-catalogue' },
        { type: 'service', move: 'revive' },
      ],
      rules: versionRules,
      facts: versionFacts,
      commands: versionCommands,
    }),
    served({
      definition: subscriptionRecord,
      brings: [
        { type: 'service-package', move: 'deliver' },
        { type: 'subscription', move: 'supersede' },
        { type: 'service-version', move: 'supersede' },
      ],
      rules: {},
      commands: subscriptionCommands,
    }),
  ],
  endpoints: portfolioEndpoints,
  breaks: breaksOf,
  recounts: [liveIntervalRecount],
};
