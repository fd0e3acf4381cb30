import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import {
  AUTO_SUBMIT,
  LEAD_ON,
  baselineHeaders,
  contentSecurityPolicy,
  formActionSource,
} from './page-headers.js';

const input = { formAction: [], formToSelf: true, images: [] };

describe('Content-Security-Policy', () => {
  it('allows its own style, its own pictures and nothing that runs', () => {
    expect(contentSecurityPolicy(input)).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; " +
        "base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    );
  });

  it('allows pictures of the origins that are named, once each', () => {
    const images = ['https://cdn.example', 'https://cdn.example'];
    expect(contentSecurityPolicy({ ...input, images })).toContain("img-src 'self' https://cdn.example;");
  });

  it('lets a form lead to each redirect target once', () => {
    const formAction = ['https://app.example/cb?x=1', 'https://app.example/other', 'com.example.app:/cb'];
    const policy = contentSecurityPolicy({ ...input, formAction });
    expect(policy).toContain("form-action 'self' https://app.example com.example.app:;");
  });

  it('allows the one script by its hash', () => {
    for (const script of [AUTO_SUBMIT, LEAD_ON]) {
      const hash = createHash('sha256').update(script).digest('base64');
      expect(contentSecurityPolicy({ ...input, script })).toContain(`script-src 'sha256-${hash}';`);
      expect(Handlebars.escapeExpression(script)).toBe(script);
    }
  });

  it.each([
    ['https://app.example:8443/cb', 'https://app.example:8443'],
    ['http://127.0.0.1:51004/cb', 'http://127.0.0.1:51004'],
    ['http://[::1]:51004/cb', 'http:'],
    ['https://a;script-src/cb', 'https:'],
    ['com.example.app:/cb', 'com.example.app:'],
    ['https:', 'https:'],
  ])('writes %s as %s', (uri, source) => expect(formActionSource(uri)).toBe(source));

  it('refuses what is not a URI', () => expect(() => formActionSource('; script-src *')).toThrow(TypeError));
});

describe('headers of every answer', () => {
  it('asks for https for two years, but only over https', () => {
    expect(baselineHeaders(true)).toHaveProperty('Strict-Transport-Security', 'max-age=63072000');
    expect(baselineHeaders(false)).not.toHaveProperty('Strict-Transport-Security');
  });
});
