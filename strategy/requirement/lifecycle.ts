import { defineLifecycle } from '../../core/lifecycle/lifecycle.ts';

const business = ['BOW', 'BEX'];

/** Business requirement (domain B.2). */
export const requirementLifecycle = defineLifecycle({
  initial: 'identified',
  states: {
    identified: { label: 'Identified', tone: 'neutral', editable: true },
    analysing: { label: 'Analysing', tone: 'running', editable: true },
    agreed: { label: 'Agreed', tone: 'good' },
    packaged: { label: 'Packaged', tone: 'good' },
    in_delivery: { label: 'In delivery', tone: 'running' },
    satisfied: { label: 'Satisfied', tone: 'good' },
    not_satisfied: { label: 'Not satisfied', tone: 'bad' },
    declined: { label: 'Declined', tone: 'unknown', final: true },
    superseded: { label: 'Superseded', tone: 'unknown', final: true },
    withdrawn: { label: 'Withdrawn', tone: 'unknown', final: true },
  },
  create: { who: ['BOW', 'BEX', 'CUS', 'BRM', 'SPM', 'SOW', 'CSI'] },
  edit: { who: ['BOW', 'BEX', 'BRM'] },
  moves: {
    analyse: { label: 'Start analysis', from: ['identified'], to: 'analysing', who: business, rules: ['owner-is-business'], primary: true },
    agree: { label: 'Agree', from: ['analysing'], to: 'agreed', who: ['BOW'], gate: 'G1', on: 'approve', rules: ['has-measurable-outcome', 'has-priority', 'owner-is-business', 'findings-answered'] },
    decline: { label: 'Decline', from: ['analysing'], to: 'declined', who: ['BOW'], gate: 'G1', on: 'reject' },
    return: { label: 'Return with findings', from: ['analysing'], to: 'identified', who: ['BOW'], gate: 'G1', on: 'reject', back: true },
    package: { label: 'Take into a package', from: ['agreed'], to: 'packaged', who: ['system'], rules: ['in-agreed-package'] },
    deliver: { label: 'Design accepted', from: ['packaged'], to: 'in_delivery', who: ['system'] },
    unpackage: { label: 'Take out of the package', from: ['packaged', 'in_delivery'], to: 'agreed', who: ['system'], back: true },
    satisfy: { label: 'Confirm as satisfied', from: ['in_delivery'], to: 'satisfied', who: ['BOW'], rules: ['outcomes-attained'], primary: true },
    miss: { label: 'Attainment date missed', from: ['in_delivery'], to: 'not_satisfied', who: ['system'] },
    retarget: { label: 'Set a new date', from: ['not_satisfied'], to: 'in_delivery', who: ['BOW'], back: true, asks: ['requiredBy'] },
    regress: { label: 'Attainment lost', from: ['satisfied'], to: 'in_delivery', who: ['system'], back: true },
    supersede: { label: 'Supersede by a newer one', from: ['identified', 'analysing', 'agreed', 'packaged', 'in_delivery', 'not_satisfied'], to: 'superseded', who: ['BOW'], reason: true, rules: ['newer-is-agreed'] },
    withdraw: { label: 'Withdraw', from: ['identified', 'analysing', 'agreed'], to: 'withdrawn', who: ['BOW'], reason: true, rules: ['no-agreed-package'] },
  },
});
