import { Field, ObjectType } from 'type-graphql';
import { LedgerState } from './enums.js';
import { UserError, VendorCall } from './payload.js';

@ObjectType({
  simpleResolvers: true,
  description:
    'What the ledger remembers of one mutation. It was written down before the first byte left, and what became of it ' +
    'before the caller was answered.',
})
export class LedgerEntry {
  @Field(() => String, { description: 'Its idempotency key: given by the caller, or made for them.' })
  key!: string;

  @Field(() => String, { description: 'The name of the mutation.' })
  mutation!: string;

  @Field(() => String, { description: 'The name of the source that was written to.' })
  source!: string;

  @Field(() => LedgerState, { description: 'What became of it, as far as that is known.' })
  state!: LedgerState;

  @Field(() => Date, { description: 'When it was written down, before anything was sent, in UTC.' })
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was known what became of it, or that nobody knows, in UTC. Null while it is under way.',
  })
  finishedAt!: Date | null;

  @Field(() => [VendorCall], {
    description:
      'The calls that the mutation told when it was answered. While it is under way, and where its process ended ' +
      'before that, those that were meant, without status and duration.',
  })
  calls!: VendorCall[];

  @Field(() => [UserError], { description: 'What its caller was told had gone wrong. Empty on success.' })
  userErrors!: UserError[];

  @Field(() => String, {
    nullable: true,
    description: 'One sentence: how to find out what became of it. Null where that is known.',
  })
  hint!: string | null;
}
