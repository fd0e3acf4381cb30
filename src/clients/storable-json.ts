/** What PostgreSQL's jsonb refuses, as JSON escapes it. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Whether it holds neither NUL nor half a surrogate pair. @param json as JSON.stringify writes it */
export const isStorable = (json: string): boolean => !UNSTORABLE.test(json);
