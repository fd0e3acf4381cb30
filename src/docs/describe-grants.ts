import type { OpenAPIObject } from '@nestjs/swagger';
import type { GrantsService } from '../grants/index.js';

/** A schema, as far as it is read and written here. */
interface Described {
  properties?: Record<string, { type?: string; description?: string; enum?: string[] }>;
}

/** Shows the grants that are loaded, an extension's too, with their parameters: the token endpoint's form is theirs. */
export function describeGrants(document: OpenAPIObject, grants: GrantsService): OpenAPIObject {
  const schema = document.components?.schemas?.['TokenRequestDto'] as Described | undefined;
  if (!schema) return document;
  const properties = (schema.properties ??= {});
  const types = grants.types.filter((type) => !grants.discouraged.includes(type));
  properties['grant_type'] = { type: 'string', ...properties['grant_type'], enum: types };
  for (const type of types) {
    for (const name of grants.parameters(type))
      properties[name] ??= { type: 'string', description: `${type}.` };
  }
  return document;
}
