import { displayableText } from './displayable.js';
import { formActionSource } from './page-headers.js';

/** The sources of the pictures that a page shows of others, for its policy: no other picture is ever fetched. */
export function imageSources(context: object, secure: boolean): string[] {
  return Object.entries(context).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return imageSources(value, secure);
    return key === 'logoUri' && typeof value === 'string' ? sourceOf(displayableText(value), secure) : [];
  });
}

function sourceOf(uri: string, secure: boolean): string[] {
  if (/^data:image\//i.test(uri)) return ['data:'];
  const isUsable = URL.canParse(uri) && (secure ? /^https:/i : /^https?:/i).test(uri);
  return isUsable ? [formActionSource(uri)] : [];
}
