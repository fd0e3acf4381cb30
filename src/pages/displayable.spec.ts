import { displayable, displayableText } from './displayable.js';

describe('what may be shown', () => {
  it.each([
    ['an override of the reading direction', 'gro.\u202Eknab\u202C', 'gro.knab'],
    ['isolates', '\u2066a\u2067b\u2068c\u2069', 'abc'],
    ['what has no width', 'Mi\u200Bcro\u200Dso\uFEFFft\u2060\u00AD\u200E\u061C', 'Microsoft'],
    ['fillers and tags', 'a\u3164b\u115F\u{E0041}c\u034F', 'abc'],
    ['C0 and C1 controls', 'a\0b\u001Bc\u007Fd\u0085e\r', 'abcde'],
    ['separators of lines', 'a\u2028b\u2029c', 'abc'],
    ['half of a character', 'a\uD800b', 'ab'],
  ])('drops %s', (_, given, shown) => expect(displayableText(given)).toBe(shown));

  it.each(['Zoë Ångström', 'شركة', '株式会社', 'one\n\ttwo', '❤️ 🚀'])('keeps %j', (text) =>
    expect(displayableText(text)).toBe(text),
  );

  it('reaches strings at any depth and leaves other values alone', () => {
    const context = {
      list: [{ name: 'a\u202E' }, 'b\u200B'],
      flag: true,
      count: 3,
      none: undefined,
      nil: null,
    };
    expect(displayable(context)).toEqual({ ...context, list: [{ name: 'a' }, 'b'] });
  });

  it('does not change what only travels through a form', () => {
    const context = { csrf: 'a\u200B', interaction: 'b\u202E', action: 'c\0', fields: { state: 'd\u202E' } };
    expect(displayable(context)).toEqual(context);
  });

  it.each([
    ['policyUri', 'javascript:alert(1)'],
    ['tosUri', 'java\u200Bscript:alert(1)'],
    ['clientUri', 'data:text/html,x'],
    ['logoUri', 'data:text/html,x'],
    ['continueTo', 'javascript:alert(1)'],
    ['continueTo', 'data:text/html,x'],
  ])('drops the link %s to %s', (key, uri) => expect(displayable({ [key]: uri })[key]).toBeUndefined());

  it.each([
    ['policyUri', 'https://app.example/privacy'],
    ['logoUri', 'data:image/png;base64,AA=='],
    ['frames', 'https://app.example/out?sid=1'],
    ['continueTo', 'com.example.app:/signed-out'],
  ])('keeps the link %s to %s', (key, uri) => expect(displayable({ [key]: uri })[key]).toBe(uri));
});
