import type { ChecklistDefinition, ChecklistItem } from '../../core/record/define/checklist.ts';

const always = ['light', 'standard', 'regulated'] as const;
const full = ['standard', 'regulated'] as const;
const strictest = ['regulated'] as const;

const item = (
  number: number,
  title: string,
  consumers: string,
  mandatoryIn: ChecklistItem['mandatoryIn'] = full,
  more: Pick<ChecklistItem, 'check' | 'when'> = {},
): ChecklistItem => ({
  id: `SDP-${String(number).padStart(2, '0')}`,
  title,
  consumers: consumers.split(','),
  mandatoryIn,
  ...more,
});

/** What a design hands on (model C.2), each item accepted by someone of a stage that works with it. */
export const designChecklist: ChecklistDefinition = {
  name: 'design-package',
  drafters: ['SDM', 'SOW', 'SLM', 'FIN', 'SEC', 'SUP', 'CFM', 'KNM', 'RSK'],
  acceptors: {
    T: ['TRM', 'RDM', 'TSM'],
    O: ['OPS', 'SDK'],
    I: ['CSI'],
    R: ['TRM', 'OPS'],
    B: ['BOW', 'CUS'],
  },
  openIn: ['initiated', 'in_design', 'in_review'],
  acceptance: true,
  items: [
    item(1, 'Agreed requirements and package version, with what was edited since it was funded', 'B,T'),
    item(2, 'Where, by whom and how the service is used', 'T,O'),
    item(3, 'Contacts and stakeholders, escalation on both sides', 'T,O'),
    item(4, 'Functional requirements, prioritised and testable', 'T', always),
    item(5, 'Service level requirements, draft agreements', 'O'),
    item(6, 'How it is controlled, run, monitored and reported; how each outcome is measured', 'O,I', always, {
      check: 'Every promised outcome has an instrument.',
    }),
    item(7, 'Service model: components, relationships, versions, environments', 'T,O', always),
    item(8, 'Make, buy or reuse of each component, with reason and way out', 'T,R'),
    item(9, 'Data: entities, ownership, retention, migration, residency, quality', 'T,O,R'),
    item(10, 'Integration: interfaces, contract tests, time and locale, failure modes, fallback', 'T,O'),
    item(11, 'Architecture and standards, deviations with waivers', 'T'),
    item(12, 'Availability: single points of failure, redundancy, composed level', 'O'),
    item(13, 'Capacity and performance: sizing, headroom, limits', 'O'),
    item(14, 'Continuity: mechanisms, plan, tests, manual fallback', 'O,B'),
    item(15, 'Security and privacy: threats, controls, roles, logging', 'O', always),
    item(16, 'Cost of ownership by stage, unit cost, charging, against the package', 'B,I', full, {
      check: 'The cost stays within the tolerance of the package.',
    }),
    item(17, 'Processes and procedures, new or edited', 'O'),
    item(18, 'Suppliers and contracts: targets, hours, notice, audit, exit', 'O,R'),
    item(19, 'Readiness of the organisation: roles, skills, staff, training', 'T,O'),
    item(20, 'Plan of the whole life: phases, waves, reviews, planned end', 'T,O,I,R,B'),
    item(21, 'Transition strategy and plan', 'T'),
    item(22, 'Build plan: environments, tools, specification', 'T'),
    item(23, 'Test plan with suppliers, back-out, time boundaries, monitoring', 'T', always),
    item(24, 'Release and deployment plan: units, waves, back-out, point of no return', 'T', always),
    item(25, 'Data migration and reconciliation', 'T', strictest, { when: 'data is migrated' }),
    item(26, 'Operational acceptance: runbooks, schedules, backup and restore', 'O'),
    item(27, 'Support model: tiers, hours, knowledge, escalation, major incidents', 'O', always),
    item(28, 'Monitoring: indicators, thresholds, correlation, synthetic journeys', 'O,I'),
    item(29, 'Measurement: metrics that fill the twelve cells', 'I'),
    item(30, 'Service acceptance criteria agreed with the business', 'T,B', always),
    item(31, 'Early life support: team, window, exit criteria', 'T,O,B'),
    item(32, 'Communication, training, user adoption', 'T,B'),
    item(33, 'Configuration items: types, identification, baselines, discovery', 'T,O'),
    item(34, 'Licences and assets', 'O,R'),
    item(35, 'Retirement of the predecessor and parallel running', 'R,B'),
    item(36, 'Retirement of this service: data export, contract exits, provision', 'R'),
    item(37, 'Risks, assumptions, issues; the risk that is left', 'B,T'),
    item(38, 'Predicted performance, in numbers', 'T,I'),
    item(39, 'Conformity of the design with policies', 'B,T'),
    item(40, 'Traceability from requirement to indicator', 'T,O,I,R,B'),
  ],
};
