// Metrics of the model whose source is not there yet: an empty cell says what it waits for.
import type { MeasuredObject, Quality, UnavailableMetric } from './define.ts';

const none = (
  id: string,
  [object, quality]: readonly [MeasuredObject, Quality],
  [label, question]: readonly [string, string],
  [formulaWords, unit, direction]: readonly [string, string, 'up' | 'down'],
  unavailable: string,
): UnavailableMetric => ({ id, object, quality, label, question, formulaWords, unit, direction, unavailable });

const technology = (quality: Quality) => ['technology', quality] as const;

export const unavailableMetrics: readonly UnavailableMetric[] = [
  none(
    'SF-2',
    ['services', 'effectiveness'],
    ['Availability', 'Was the service there in its agreed hours?'],
    ['(agreed service time − weighted downtime) ÷ agreed service time × 100', '%', 'up'],
    'no outages are recorded yet',
  ),
  none(
    'SC-1',
    ['services', 'cost_effectiveness'],
    ['Cost per unit of outcome', 'What does one unit of the outcome cost?'],
    ['allocated cost ÷ units of the outcome', 'money', 'down'],
    'no costs are booked: there is no ledger to read',
  ),
  none(
    'SC-2',
    ['services', 'cost_effectiveness'],
    ['Value realisation', 'Is the planned benefit there?'],
    ['verified benefit ÷ planned benefit, same periods', 'ratio', 'up'],
    'no verified benefits are booked yet',
  ),
  none(
    'SM-1',
    ['services', 'compliance'],
    ['Agreed targets met', 'How many of the targets in the agreement are met?'],
    ['targets met ÷ measurable targets × 100', '%', 'up'],
    'no results are settled per agreement and period yet',
  ),
  none(
    'TE-1',
    technology('efficiency'),
    ['Use at peak', 'How much of the capacity does the peak need?'],
    ['peak demand ÷ usable capacity × 100', '%', 'up'],
    'no telemetry of capacity is connected',
  ),
  none(
    'TE-4',
    technology('efficiency'),
    ['Energy per thousand transactions', 'What does the work cost in energy?'],
    ['kWh ÷ (transactions ÷ 1,000)', 'kWh', 'down'],
    'no meters or supplier statements of energy are connected',
  ),
  none(
    'TF-1',
    technology('effectiveness'),
    ['Component availability', 'Were the components there when required?'],
    ['(required time − downtime) ÷ required time × 100', '%', 'up'],
    'no outages of components are recorded yet',
  ),
  none(
    'TC-1',
    technology('cost_effectiveness'),
    ['Infrastructure cost per transaction', 'What does the technology cost by use?'],
    ['technology cost ÷ transactions', 'money', 'down'],
    'no costs of components are booked',
  ),
  none(
    'TC-2',
    technology('cost_effectiveness'),
    ['Licences used', 'Is what is paid for also used?'],
    ['used ÷ paid entitlements × 100', '%', 'up'],
    'no licences are recorded',
  ),
  none(
    'TM-1',
    technology('compliance'),
    ['Accuracy of configuration', 'Do the records of components match what is there?'],
    ['items that match discovery ÷ items compared × 100', '%', 'up'],
    'no discovery of components is connected',
  ),
  none(
    'PC-1',
    ['processes', 'cost_effectiveness'],
    ['Cost per incident', 'What does handling one incident cost?'],
    ['cost of the process ÷ incidents', 'money', 'down'],
    'no cost or working time is booked on incidents',
  ),
];
