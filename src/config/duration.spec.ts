import { duration, secondsOf } from './duration.js';

describe('a duration', () => {
  it.each([
    ['45s', 45],
    ['10m', 600],
    ['12h', 43_200],
    ['30d', 2_592_000],
    ['3600', 3600],
    ['0', 0],
  ])('reads %s as %i seconds', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each(['', 'soon', '1w', '1.5h', '-1h', '1h30m', '1 h', '1e3', '0x10'])(
    'does not guess at %j',
    (text) => {
      expect(duration().safeParse(text).success).toBe(false);
    },
  );

  it.each([0, 1.5, -1, 601, '11m', Infinity, NaN, true, null])(
    'refuses %j outside of 1 to 600 s',
    (value) => {
      expect(duration({ max: 600 }).safeParse(value).success).toBe(false);
    },
  );

  it('accepts its limits', () => {
    expect(duration({ min: 0, max: 600 }).parse(0)).toBe(0);
    expect(duration({ min: 0, max: 600 }).parse('10m')).toBe(600);
  });
});
