import { changesBetween } from './changes.js';

describe('the changes between two states', () => {
  it('are the fields that differ', () => {
    const before = { name: 'A', scopes: ['read'], owner: 'alice' };
    const after = { name: 'A', scopes: ['read', 'write'], owner: 'bob' };
    expect(changesBetween(before, after)).toEqual({
      scopes: { before: ['read'], after: ['read', 'write'] },
      owner: { before: 'alice', after: 'bob' },
    });
  });

  it('leave out what is absent on both sides, however it is written', () => {
    expect(changesBetween({ logo: undefined, ttl: null }, { logo: null })).toEqual({});
  });

  it('take the order of a list seriously, and that of an object not', () => {
    expect(changesBetween({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toEqual({});
    expect(changesBetween({ a: [1, 2] }, { a: [2, 1] })).toHaveProperty('a');
  });

  it('of what was made and what was deleted have null on one side', () => {
    expect(changesBetween(null, { name: 'A', ttl: null })).toEqual({ name: { before: null, after: 'A' } });
    expect(changesBetween({ name: 'A' }, null)).toEqual({ name: { before: 'A', after: null } });
  });

  it('compare dates by what is stored of them', () => {
    const at = '2030-01-31T12:00:00.000Z';
    expect(changesBetween({ at: new Date(at) }, { at })).toEqual({});
  });

  it('name no field twice, not even __proto__', () => {
    const after = JSON.parse('{"__proto__": {"isAdmin": true}}') as object;
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect(Object.keys(changesBetween({}, after))).toEqual(['__proto__']);
  });
});
