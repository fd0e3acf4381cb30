import type { Request } from 'express';
import type { Editor } from '../clients/index.js';
import type { Session } from '../sessions/index.js';

/** Whoever is signed in, as the editor of what is his own. */
export const ownerOf = ({ subject }: Session, { ip }: Request): Editor => ({
  by: subject,
  ip,
  source: 'owner',
});
