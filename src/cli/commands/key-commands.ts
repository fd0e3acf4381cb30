import { Injectable } from '@nestjs/common';
import { JwtService, KEY_ALGORITHMS } from '../../keys/index.js';
import type { KeyDescription, Rotation } from '../../keys/index.js';
import { NoArgs } from './client-commands.args.js';
import { EDITOR, HandlesCommand } from './command.js';
import { RotateArgs } from './key-commands.args.js';
import type { ListedKey, RotatedKey } from './key-commands.args.js';

@Injectable()
export class KeyCommands {
  constructor(private readonly jwt: JwtService) {}

  @HandlesCommand('keys.rotate', RotateArgs)
  async rotate({ alg, now = false }: RotateArgs): Promise<RotatedKey[]> {
    const rotations: Rotation[] = [];
    for (const one of alg ? [alg] : KEY_ALGORITHMS) {
      rotations.push(await this.jwt.rotate(one, { immediately: now, actor: EDITOR }));
    }
    return rotations.map(({ activeFrom, ...key }) => ({ ...key, active_from: activeFrom.toISOString() }));
  }

  @HandlesCommand('keys.list', NoArgs)
  async list(): Promise<ListedKey[]> {
    return (await this.jwt.list()).map(listed);
  }
}

const listed = ({ kid, alg, use, state, activeFrom, publishedUntil }: KeyDescription): ListedKey => ({
  kid,
  alg,
  use,
  state,
  active_from: activeFrom.toISOString(),
  published_until: publishedUntil?.toISOString() ?? null,
});
