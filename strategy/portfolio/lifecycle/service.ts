import { defineLifecycle } from '../../../core/lifecycle/lifecycle.ts';

const keepers = ['SPM', 'SOW'] as const;
const business = ['BEX', 'BOW'] as const;
const system = ['system'] as const;

/**
 * A service's identity (model B.4). Born by a package it stands in the section of the portfolio of its best version. Made by
 * hand it is taken over as it runs: the business then decides by a day whether it wants it, which is a requirement and a
 * package like any other.
 */
export const serviceLifecycle = defineLifecycle({
  initial: 'undecided',
  bornIn: ['pipeline'],
  states: {
    undecided: { label: 'Not agreed yet', tone: 'bad', editable: true },
    taken_over: { label: 'Runs as taken over', tone: 'attention', editable: true },
    pipeline: { label: 'Pipeline', tone: 'running', editable: true },
    catalogue: { label: 'Catalogue', tone: 'good', editable: true },
    retired: { label: 'Retired', tone: 'unknown' },
  },
  create: { who: keepers, rules: ['owned', 'for-a-customer', 'decided-in-reach'] },
  edit: { who: keepers },
  moves: {
    'put-off': {
      label: 'Decide later',
      from: ['undecided'],
      to: 'same',
      who: business,
      asks: ['decideBy'],
      rules: ['decided-in-reach'],
      reason: true,
    },
    decline: {
      label: 'It is not wanted',
      from: ['undecided'],
      to: 'retired',
      who: business,
      rules: ['of-one-customer', 'no-open-cases', 'no-agreement'],
      reason: true,
    },
    'need-agreed': { label: 'Package agreed', from: ['undecided'], to: 'taken_over', who: system, primary: true },
    'need-gone': { label: 'No package agreed', from: ['taken_over'], to: 'undecided', who: system, back: true },
    'enter-catalogue': {
      label: 'First version live',
      from: ['undecided', 'taken_over', 'pipeline', 'retired'],
      to: 'catalogue',
      who: system,
    },
    'leave-catalogue': { label: 'No version live', from: ['catalogue'], to: 'pipeline', who: system, back: true },
    'run-as-before': {
      label: 'No version live; it runs as it was taken over',
      from: ['catalogue'],
      to: 'taken_over',
      who: system,
      back: true,
    },
    retire: {
      label: 'Last version retired',
      from: ['undecided', 'taken_over', 'pipeline', 'catalogue'],
      to: 'retired',
      who: system,
    },
    revive: { label: 'New version planned', from: ['retired'], to: 'pipeline', who: system },
  },
});
