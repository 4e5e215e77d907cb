export { designChecklist } from './checklist.ts';
