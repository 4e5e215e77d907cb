import { defineRecord } from '../../core/record/define/define.ts';
import { choice, customer, date, list, longText, text } from '../../core/record/define/fields.ts';
import { requirementLifecycle } from './lifecycle.ts';

export const requirementRecord = defineRecord({
  type: 'business-requirement',
  prefix: 'BR',
  stage: 'strategy',
  path: 'business-requirements',
  table: 'strategy.business_requirement',
  label: 'Business requirement',
  plural: 'Business requirements',
  layout: 'document',
  purpose: 'What the business needs, in its own words: the sentence every service is traced back to.',
  lifecycle: requirementLifecycle,
  traits: { files: true },
  fields: {
    statement: longText({ label: 'The need, in the words of the business', required: true, max: 4000 }),
    trigger: choice({
      label: 'What brought it up',
      required: true,
      options: {
        business_strategy: 'Business strategy',
        regulation: 'Regulation',
        market: 'Market',
        customer: 'Customer',
        problem: 'Problem',
        improvement: 'Improvement',
        retirement: 'Retirement',
        risk: 'Risk',
      },
    }),
    triggerSource: text({
      label: 'Where it comes from',
      help: 'The paper, meeting, record or law that brought it up.',
    }),
    priority: choice({ label: 'Priority', options: { must: 'Must', should: 'Should', could: 'Could' } }),
    requiredBy: date({ label: 'Required by' }),
    customer: customer({ label: 'Customer organisation' }),
    businessUnits: list({
      label: 'Business units affected',
      items: { name: text({ label: 'Business unit', required: true }) },
    }),
    stakeholders: list({
      label: 'Stakeholders',
      items: { name: text({ label: 'Name', required: true }), interest: text({ label: 'Interest' }) },
    }),
    affectedServices: longText({ label: 'Services affected', max: 2000 }),
    answers: list({
      label: 'Answers to findings',
      items: {
        itemRef: text({ label: 'Finding', required: true }),
        answer: longText({ label: 'Answer', required: true }),
      },
    }),
  },
  columns: ['trigger', 'priority', 'requiredBy'],
  filters: ['trigger', 'priority'],
  sorts: ['requiredBy'],
  search: ['statement'],
});
