import { Field, Int, ObjectType } from 'type-graphql';
import { ErrorCode, Operation, Origin, SourceState, Vendor } from './enums.js';
import { Node } from './node.js';

@ObjectType({ simpleResolvers: true, description: 'What one source contributed to one answer.' })
export class SourceStatus {
  @Field(() => String, { description: 'The name of the source, as configured.' })
  source!: string;

  @Field(() => SourceState, { description: 'How much of what was asked for this source could give.' })
  state!: SourceState;

  @Field(() => Origin, {
    description:
      'Where it is known which rows there are. LEDGER: the vendor documents no such list, and the rows are what was ' +
      'written through here.',
  })
  origin!: Origin;

  @Field(() => Date, {
    nullable: true,
    description: 'When the oldest data used here was read, in UTC. Null when nothing was read.',
  })
  fetchedAt!: Date | null;

  @Field(() => ErrorCode, { nullable: true, description: 'Why something is missing. Null when the state is OK.' })
  code!: ErrorCode | null;

  @Field(() => String, {
    nullable: true,
    description:
      'One sentence: what is wrong, or what cannot be known of this source. Null when there is nothing to say. Never ' +
      "the vendor's own words.",
  })
  message!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds to wait before it is worth asking again, where that is known; else null.',
  })
  retryAfterSeconds!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'One configured account at one vendor. There may be several at the same vendor, e.g. two TestRails.',
})
export class Source {
  @Field(() => String, {
    description: 'Its name in the configuration, e.g. `testrail-eu`. Every global id of this source begins with it.',
  })
  name!: string;

  @Field(() => Vendor, { description: 'The product that the account is at.' })
  vendor!: Vendor;

  @Field(() => [Operation], {
    description:
      'What can be done here with endpoints that the vendor documents; derived from what is built for the vendor, so ' +
      'that it cannot differ from it. A single group may allow less: see `Group.operations`.',
  })
  operations!: Operation[];

  @Field(() => SourceStatus, {
    description: 'What was last seen of this source. Asking for it calls nobody.',
  })
  status!: SourceStatus;
}
