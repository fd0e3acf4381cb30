import { createSecretKey } from 'node:crypto';
import { statSync, type Stats } from 'node:fs';
import { z } from 'zod';
import { issuerFault } from './issuer-url.js';

declare module 'zod' {
  interface GlobalMeta {
    /** How the default follows from other settings, for the documentation. */
    derivedDefault?: string;
    /** The value must never be shown, not even in the message of a fault. */
    secret?: boolean;
  }
}

/** A whole number; environment variables carry it as digits. */
export function wholeNumber(min: number, max: number) {
  const sentence = `must be a whole number from ${min} to ${max}`;
  return z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: sentence })
    .refine((value) => Number.isInteger(value) && value >= min && value <= max, { error: sentence });
}

/** True or false; environment variables spell it out. */
export function flag() {
  const spelled = z.enum(['true', 'false']).transform((text) => text === 'true');
  return z.union([z.boolean(), spelled], { error: 'must be true or false' });
}

/** A list; environment variables separate the items by commas. */
export function listOf(item: z.ZodType<string, string>) {
  const separated = z.string().transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
  return z
    .union([z.array(z.string()), separated], { error: 'must be a list of texts, or one text with commas' })
    .pipe(z.array(item));
}

/** A list of objects; an environment variable holds it as JSON. */
export function jsonListOf<Item extends z.ZodType>(item: Item) {
  const written = z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('must be JSON');
      return z.NEVER;
    }
  });
  return z.union([z.array(z.unknown()), written], { error: 'must be a list' }).pipe(z.array(item));
}

/** A text with at least one character. */
export function text() {
  return z.string().min(1, 'must not be empty');
}

/** A secret that is kept as text. */
export function secretText(characters: number) {
  return z.string().min(characters, `must have at least ${characters} characters`);
}

/** A text that can stand between quotes in a header. @see RFC 9110 §5.6.4 */
export function quotableText() {
  return z.string().regex(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/, 'must be printable ASCII without " and \\');
}

/** The address of a page: a path below the issuer, or a URL; its query is ours. */
export function pageAddress() {
  const isAddress = (value: string) =>
    /^\/(?![/\\])[^\s\\?#]*$/.test(value) || (issuerFault(value.replace(/\/$/, '')) ?? '') === '';
  return z.string().refine(isAddress, {
    error: 'must be a path such as /sign-in or an https URL (http on loopback), without query and fragment',
  });
}

/**
 * One scope.
 * @see RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
 */
export function scopeToken() {
  return z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, 'must be a scope: no space, quote or backslash');
}

/** The path of a file that exists now. */
export function existingFile() {
  const isFile = (path: string) => entryAt(path)?.isFile() ?? false;
  return z.string().refine(isFile, { error: 'must name a file that exists' });
}

/** The path of a directory that exists now. */
export function existingDirectory() {
  const isDirectory = (path: string) => entryAt(path)?.isDirectory() ?? false;
  return z.string().refine(isDirectory, { error: 'must name a directory that exists' });
}

/** The address of a PostgreSQL database. */
export function postgresUrl() {
  const isPostgres = (value: string) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
  return z
    .string()
    .refine(isPostgres, { error: 'must be a URL that starts with postgres:// or postgresql://' });
}

/** 32 bytes in base64url or base64, kept as an opaque key object that no log can print. */
export function symmetricKey() {
  const isKey = (value: string) => /^[\w+/-]{43}=?$/.test(value);
  return z
    .string()
    .refine(isKey, { error: 'must be 32 bytes in base64url or base64' })
    .transform((value) => createSecretKey(Buffer.from(value, 'base64')));
}

/** What a path leads to; nothing where it cannot be followed, for whatever reason. */
function entryAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
