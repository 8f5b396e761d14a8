import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { LedgerEntry } from '../schema/ledger.js';
import type { GraphContext } from '../src/graph/graph.js';

@Resolver(() => LedgerEntry)
export class LedgerResolver {
  @Query(() => LedgerEntry, {
    nullable: true,
    description:
      'What became of a mutation, by its idempotency key: the newest entry of yours that bears it. Asks the ledger, ' +
      'and no vendor. Null when there is none, or none any more: entries are kept for 30 days where the configuration ' +
      'does not say otherwise.',
  })
  ledgerEntry(
    @Arg('key', () => String, {
      description: 'The idempotency key that the mutation was given, or that `extensions.idempotencyKeys` told.',
    })
    key: string,
    @Arg('mutation', () => String, {
      nullable: true,
      description: 'The name of the mutation, e.g. `setGroupMembers`, since each has keys of its own. Null: any.',
    })
    mutation: string | null,
    @Ctx() { graph }: GraphContext,
  ) {
    return graph.ledgerEntry(key, mutation);
  }
}
