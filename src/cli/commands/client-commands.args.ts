import { IsObject, IsOptional, IsString, Length } from 'class-validator';

export class NewClientArgs {
  /** By the names of RFC 7591; checked where clients register. */
  @IsObject()
  metadata!: Readonly<Record<string, unknown>>;

  /** A username. */
  @IsOptional()
  @IsString()
  owner?: string;
}

export class ClientIdArgs {
  @Length(1, 200, { message: 'a client id has 1 to 200 characters' })
  client_id!: string;
}

export class NoArgs {}

/** A client as it is, by the names of RFC 7591, with the secret where the server made it. */
export type CreatedClient = Readonly<Record<string, unknown>> & {
  readonly client_id: string;
  readonly client_secret?: string;
};

export interface ListedClient {
  readonly client_id: string;
  readonly client_name: string;
  readonly type: 'confidential' | 'public';
  readonly grant_types: readonly string[];
  readonly scope: string;
  readonly owner: string | null;
  readonly managed_by: string | null;
  readonly disabled: boolean;
}

export interface ClientCommandMap {
  'client.create': { args: NewClientArgs; result: CreatedClient };
  'client.list': { args: NoArgs; result: readonly ListedClient[] };
  'client.delete': { args: ClientIdArgs; result: { readonly client_id: string } };
}
