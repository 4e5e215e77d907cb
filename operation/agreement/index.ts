export { readCalendar } from './definition.ts';
export { agreementAt } from './store.ts';
export { termsOf } from './terms.ts';
