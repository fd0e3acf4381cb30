import { FieldFaultError, controlsOf, filled, parametersOf, typed } from './fields.js';
import type { Field, FieldGroup, FieldKind } from './fields.js';

const form = (...fields: Partial<Field>[]): FieldGroup[] => [
  { legend: 'All', fields: fields.map((field) => ({ name: 'a', label: 'A', kind: 'text', ...field })) },
];
const one = (kind: FieldKind, rest: Partial<Field> = {}) => form({ kind, ...rest });

describe('what is typed into a form', () => {
  it.each<[FieldKind, string | undefined, unknown]>([
    ['text', ' Ada ', 'Ada'],
    ['text', undefined, ''],
    ['number', '60', 60],
    ['number', undefined, null],
    ['number', 'an hour', 'an hour'],
    ['number', '1e3', '1e3'],
    ['lines', ' a \r\n\r\nb\na', ['a', 'b']],
    ['lines', undefined, []],
    ['json', '{"a":[1]}', { a: [1] }],
    ['json', undefined, {}],
    ['switch', 'true', true],
    ['switch', undefined, false],
    ['threefold', 'false', false],
    ['threefold', undefined, null],
    ['checks', 'a b', ['a', 'b']],
    ['checks', undefined, []],
    ['words', 'a b', 'a b'],
    ['words', undefined, ''],
  ])('is JSON: %s %j', (kind, value, expected) => {
    expect(typed(one(kind), value === undefined ? {} : { a: value })).toEqual({ a: expected });
  });

  it('is null where an empty field means that', () => {
    expect(typed(one('text', { empty: null }), {})).toEqual({ a: null });
    expect(typed(one('json', { empty: null }), {})).toEqual({ a: null });
    expect(typed(one('select', { empty: null, options: ['x'] }), {})).toEqual({ a: null });
  });

  it('counts only where the form has a field for it', () => {
    expect(typed(one('text'), { a: 'x', owner: 'somebody' })).toEqual({ a: 'x' });
  });

  it('leaves out what is empty where defaults shall apply, but not what is not ticked', () => {
    const groups = form({ name: 'a' }, { name: 'b', kind: 'lines' }, { name: 'c', kind: 'switch' });
    expect(filled(groups, {})).toEqual({ c: false });
  });

  it('is refused by name where it is not even JSON', () => {
    expect(() => typed(one('json'), { a: '{' })).toThrow(new FieldFaultError('a', 'A is not valid JSON'));
  });

  it.each<[FieldKind, unknown]>([
    ['text', 'Ada'],
    ['number', 60],
    ['lines', ['a', 'b']],
    ['json', { a: [1] }],
    ['switch', true],
    ['threefold', false],
    ['checks', ['a', 'b']],
    ['words', 'a b'],
  ])('comes back as it was: %s', (kind, value) => {
    expect(typed(one(kind), parametersOf(one(kind), { a: value }))).toEqual({ a: value });
  });
});

describe('the controls of a form', () => {
  it('show what is ticked and no longer on offer, so that saving does not lose it', () => {
    const [group] = one('checks', { options: ['x'] });
    expect(controlsOf(group!, { a: 'gone' }, {})[0]!.options).toEqual([
      { value: 'x', label: 'x', chosen: false },
      { value: 'gone', label: 'gone', chosen: true },
    ]);
  });

  it('say what is wrong at the field that it is about', () => {
    const [group] = form({ name: 'a' }, { name: 'b' });
    const [first, second] = controlsOf(group!, {}, { b: 'No.' });
    expect([first!.error, second!.error]).toEqual([undefined, 'No.']);
  });
});
