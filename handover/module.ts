import type { Module } from '../core/http/module.ts';
import { handOver } from './hand-over/commands.ts';
import { takeUp } from './requirement-back/commands.ts';
import { requirementBack } from './requirement-back/record.ts';
import { requirementBackRules } from './requirement-back/rules.ts';
import { serviceDesignPackageHandOver } from './service-design-package/record.ts';
import { servicePackageHandOver } from './service-package/record.ts';
import { servicePerformance } from './service-performance/record.ts';
import { serviceReleaseHandOver } from './service-release/record.ts';

/** The hand-overs between the stages. */
export const handOverModule: Module = {
  records: [
    handOver(servicePackageHandOver),
    handOver(serviceDesignPackageHandOver),
    handOver(serviceReleaseHandOver),
    handOver(servicePerformance),
    handOver(requirementBack, {
      rules: requirementBackRules,
      accepted: takeUp,
      gives: ['requirement-back.no-design'],
      brings: [
        { type: 'design-package', move: 'raise-fault' },
        { type: 'improvement', move: 'implement' },
      ],
    }),
  ],
};
