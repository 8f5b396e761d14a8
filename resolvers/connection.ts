import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Connection } from '../schema/connection.js';
import type { ConnectionValue } from '../src/graph/graph.js';

/** All connections inherit this from their class. */
@Resolver(() => Connection)
export class ConnectionResolver {
  @FieldResolver()
  totalCount(@Root() { totalCount }: ConnectionValue<unknown>) {
    return typeof totalCount === 'function' ? totalCount() : totalCount;
  }
}
