/** The `resource` parameter, which may be repeated: the body parser has joined it with spaces. @see RFC 8707 §2 */
export const resourcesOf = (parameter: string | undefined): readonly string[] =>
  parameter === undefined ? [] : [...new Set(parameter.split(' '))];
