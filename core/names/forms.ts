// The forms in which ids, days and instants are given, alike at every door: what is hashed as it was given is stored as it was hashed.
import { z } from 'zod';

const first = 1900;
const last = 2200;
const outside = `lies outside the years ${first} to ${last}`;
const isWithin = (year: number): boolean => year >= first && year <= last;

/** An id, spelled small whatever the case in which it came. */
export const idText = z.uuid().toLowerCase();

/** A day of the calendar, such as 2026-06-30. */
export const dateText = z.iso.date().refine((text) => isWithin(Number(text.slice(0, 4))), outside);

/** The greatest distance from UTC that any clock on earth shows. */
const furthest = 14 * 60;

function isOffset(text: string): boolean {
  const [, hours, minutes] = /[+-](\d\d):?(\d\d)?$/.exec(text.slice(10)) ?? [];
  return hours === undefined || Number(hours) * 60 + Number(minutes ?? 0) <= furthest;
}

/** An instant, such as 2026-06-30T14:00:00+02:00 or 2026-06-30T12:00:00Z. */
export const instantText = z.iso
  .datetime({ offset: true })
  .refine((text) => isWithin(new Date(text).getUTCFullYear()), outside)
  .refine(isOffset, 'is further from UTC than any clock on earth (at most 14:00)');
