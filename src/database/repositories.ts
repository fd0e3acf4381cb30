import { InjectRepository as InjectRepositoryOf, TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import type { DynamicModule, Type } from '@nestjs/common';

/** The name of this connection: the unnamed one is a host application's. */
const CONNECTION = 'gatehouse';

/** The token of the data source that holds what is Gatehouse's. */
export const GATEHOUSE_DATA_SOURCE = getDataSourceToken(CONNECTION);

/** TypeORM's options for it. */
export const NAMED = { name: CONNECTION } as const;

/** The repositories of entities, for the module that owns them. */
export const repositoriesOf = (...entities: Type[]): DynamicModule =>
  TypeOrmModule.forFeature(entities, CONNECTION);

/** A repository of {@link repositoriesOf}. */
export const InjectRepository = (entity: Type): ParameterDecorator => InjectRepositoryOf(entity, CONNECTION);
