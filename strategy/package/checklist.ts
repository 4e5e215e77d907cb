import type { ChecklistDefinition, ChecklistItem } from '../../core/record/define/checklist.ts';

const always = ['light', 'standard', 'regulated'] as const;
const full = ['standard', 'regulated'] as const;
const strictest = ['regulated'] as const;

const item = (
  id: string,
  title: string,
  mandatoryIn: ChecklistItem['mandatoryIn'],
  more: Pick<ChecklistItem, 'check' | 'when'> = {},
): ChecklistItem => ({ id, title, consumers: [], mandatoryIn, ...more });

/** What a service package must say (model C.1). Drafting an item is enough: the business accepts the whole at gate G2. */
export const packageChecklist: ChecklistDefinition = {
  name: 'service-package',
  drafters: ['SPM', 'BRM', 'SOW', 'SDM', 'SLM', 'FIN', 'SEC', 'RSK'],
  acceptors: {},
  openIn: ['drafting'],
  acceptance: false,
  items: [
    item('SP-01', 'Requirements covered and requirements excluded', always, { check: 'All requirements are agreed.' }),
    item('SP-02', 'Customers, business units, user profiles, locations, time zones', full, {
      check: 'At least one customer organisation.',
    }),
    item('SP-03', 'Outcomes: measure, baseline, target, date, source, owner, weight', always, {
      check: 'Every outcome is measurable; the weights add up to 1.',
    }),
    item('SP-04', 'Benefits of each outcome by period, with their verifier', full),
    item('SP-05', 'Utility: tasks supported, constraints removed; out of scope', always),
    item('SP-06', 'Availability: level, service hours, what "down" and "degraded" mean, longest outage', full),
    item('SP-07', 'Capacity: volumes, peaks, response times, growth, limits', full),
    item('SP-08', 'Continuity: recovery time and point, longest disruption, minimum service', full),
    item('SP-09', 'Security: classification, confidentiality, integrity, privacy, residency', full),
    item('SP-10', 'Demand: patterns of business activity, forecast, ways to shape it', full),
    item('SP-11', 'Support: channels, languages, hours, response and restore targets', always),
    item('SP-12', 'Constraints: regulation, contracts, standards, dates, sustainability', full),
    item('SP-13', "The provider's strategies and policies that apply, with waivers", full),
    item('SP-14', "The customer's policies that apply", strictest, { when: 'the customer has registered policies' }),
    item('SP-15', 'Options considered, with doing nothing and make or buy', full),
    item('SP-16', 'Cost: one-off, run, retirement; source of funding; tolerances', always, {
      check: 'The funding covers the one-off cost.',
    }),
    item('SP-17', 'Charging', strictest, { when: 'the service is charged for' }),
    item('SP-18', 'Risks with owners; risks that the business accepts', always),
    item('SP-19', 'Dependencies on services, projects, suppliers; overlaps with the portfolio', full),
    item('SP-20', 'Criticality of the service', full),
    item('SP-21', 'Predecessor services to be phased out, and by when', strictest, {
      when: 'the service replaces another',
    }),
    item('SP-22', 'How it is decided when customers disagree', strictest, { when: 'there are several customers' }),
    item('SP-23', 'Priority and required date; how often value is reviewed', always),
  ],
};
