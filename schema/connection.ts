import { Args, ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { SourceStatus } from './source.js';

/** What every connection and edge has in common; each noun adds its own `nodes`, `edges` and `node`. */

@ObjectType({ simpleResolvers: true, description: 'Where a page lies in its list, after the Relay specification.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether the page was asked for with `after`, so that rows come before it.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row. Null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row, to be given as `after` for the next page. Null on an empty page.',
  })
  endCursor!: string | null;
}

@ObjectType({ simpleResolvers: true })
export abstract class Edge {
  @Field(() => String, {
    description: 'Opaque position of this row. A page goes on after it even when the row itself is gone.',
  })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true })
export abstract class Connection {
  @Field(() => PageInfo, { description: 'Where this page lies in the list.' })
  pageInfo!: PageInfo;

  @Field(() => Int, {
    nullable: true,
    description:
      'Number of rows in the whole filtered list, not on this page. Null when a source could not tell all its rows. ' +
      'Asking for it may read pages of the vendor that the rows alone do not need.',
  })
  totalCount!: number | null;
}

@ObjectType({ simpleResolvers: true })
export abstract class ListConnection extends Connection {
  @Field(() => Boolean, {
    description:
      'Whether every source asked gave all it can: none of `sources` is PARTIAL or UNAVAILABLE. It speaks of ' +
      'failures in the whole list, not of what a vendor does not document.',
  })
  complete!: boolean;

  @Field(() => [SourceStatus], {
    description: 'What each source asked contributed to the whole list, in configured order.',
  })
  sources!: SourceStatus[];
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: 50,
    description: 'How many rows at most, 1 to 1,000. Null means 50.',
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only rows after this cursor, which an earlier page of the same list gave. Null begins at the start.',
  })
  after?: string | null;
}

/** Gives a field the arguments of a page. Its resolver takes them from `resolvers/page.ts`. */
export function Paged(): PropertyDecorator {
  return (prototype, field) => Args(() => PageArgs)(prototype, field, 0);
}
