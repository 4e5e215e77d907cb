// Numbers as people type them: with a comma or a point, with groups of thousands, or wrong; never silently another number.

export interface Marks {
  decimal: string;
  group: string;
}

/** What a language puts before the fraction and between thousands. */
export function marksOf(locale: string): Marks {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
  const mark = (type: string) => parts.find((part) => part.type === type)?.value;
  return { decimal: mark('decimal') ?? '.', group: mark('group') ?? ',' };
}

export type Typed = { plain: string } | { wrong: 'none' | 'two-ways' };

const spaces = /[\s'’]/g;
const shape = /^([-−]?)(\d[\d.,]*)$/;

/**
 * A typed number as digits with a point, or why it is none. One mark may stand for the fraction or for thousands: "1.250" in
 * German and "1,250" in English can be meant both ways and are asked back.
 * @example plainNumber('1.234,56', { decimal: ',', group: '.' }) // { plain: '1234.56' }
 */
export function plainNumber(text: string, { decimal, group }: Marks): Typed {
  const match = shape.exec(text.trim().replace(spaces, ''));
  if (!match) return { wrong: 'none' };
  const [, sign, digits = ''] = match;
  const marks = digits.replace(/\d/g, '');
  const last = marks.at(-1) ?? '';
  const isOne = marks.length === 1;
  const isMixed = new Set(marks).size > 1;
  if (isOne && last === group && last !== decimal && /^[1-9]\d{0,2}.\d{3}$/.test(digits)) return { wrong: 'two-ways' };
  const fraction = isOne || isMixed ? last : '';
  const [whole = '', rest = ''] = fraction
    ? [digits.slice(0, digits.lastIndexOf(fraction)), after(digits, fraction)]
    : [digits];
  if (fraction && rest === '') return { wrong: 'none' };
  if (!isGrouped(whole)) return { wrong: 'none' };
  const plain = whole.replace(/[.,]/g, '');
  return { plain: `${sign ? '-' : ''}${plain}${rest ? `.${rest}` : ''}` };
}

const after = (digits: string, mark: string) => digits.slice(digits.lastIndexOf(mark) + 1);

/** Digits alone, or thousands in groups of three with one kind of mark. */
const isGrouped = (whole: string) => /^\d+$/.test(whole) || /^\d{1,3}(?:,\d{3})+$|^\d{1,3}(?:\.\d{3})+$/.test(whole);

/** A number as it is typed in a language: its decimal mark, no groups. */
export function typedNumber(value: number | string, { decimal }: Marks): string {
  const plain =
    typeof value === 'string'
      ? value
      : new Intl.NumberFormat('en', { useGrouping: false, maximumFractionDigits: 20 }).format(value);
  return plain.replace('.', decimal);
}

/** What to say beneath an input whose number cannot be read. */
export function saysOf(typed: Typed, { decimal }: Marks, { whole = false } = {}): string | undefined {
  if (!('wrong' in typed)) return whole && typed.plain.includes('.') ? 'A whole number, such as 12.' : undefined;
  if (typed.wrong === 'two-ways') return `Thousands or a fraction? Write 1250, or 1${decimal}25.`;
  return whole ? 'A whole number, such as 12.' : `A number, such as 12 or 12${decimal}5.`;
}
