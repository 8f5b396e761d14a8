import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { Confirmation, ErrorCode } from './enums.js';
import { Group } from './group.js';
import { Tester } from './tester.js';
import { Member } from './user.js';

@ObjectType({
  simpleResolvers: true,
  description: 'One thing that went wrong in a mutation, at the caller or at the vendor.',
})
export class UserError {
  @Field(() => ErrorCode, { description: 'What kind of failure it is.' })
  code!: ErrorCode;

  @Field(() => String, {
    description: "One sentence for people: who refused what. Never the vendor's own words, which are in the log.",
  })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'Path of the offending value inside `input`, positions as text: `["groups","1","groupId"]`. Null when no ' +
      'single value is at fault.',
  })
  field!: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Global id of the group or member that was refused. Null when the failure concerns the whole mutation.',
  })
  target!: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the source concerned. Null when there is none.' })
  source!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds to wait before it is worth trying again, where that is known; else null.',
  })
  retryAfterSeconds!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'One REST call that a mutation sent or, with `dryRun`, would send.' })
export class VendorCall {
  @Field(() => String, { description: 'The name of the source, as configured.' })
  source!: string;

  @Field(() => String, { description: 'The HTTP method.' })
  method!: string;

  @Field(() => String, { description: 'The absolute address, without credentials.' })
  url!: string;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'The JSON body as sent. Null when there is none.' })
  body!: Record<string, unknown> | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status of the answer. Null when none was sent or came back.',
  })
  status!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds until the whole answer was here. Null when none was sent or came back.',
  })
  durationMs!: number | null;
}

@InterfaceType({
  description: 'What every mutation answers, whatever went wrong at the vendor: what was sent, and what came of it.',
})
export abstract class Payload {
  @Field(() => [UserError], {
    description: 'What went wrong, whether or not the caller can mend it. Empty on success.',
  })
  userErrors!: UserError[];

  @Field(() => [VendorCall], {
    description:
      'The writes in the order they were sent, with the reads that belong to a read-change-write; with `dryRun` ' +
      'the writes that would be sent. Empty when the mutation was refused before any call.',
  })
  calls!: VendorCall[];

  @Field(() => Confirmation, {
    nullable: true,
    description: 'How it is known that the write took effect. Null when nothing was written.',
  })
  confirmedBy!: Confirmation | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Payload,
  description: 'The answer to creating or changing one group.',
})
export class GroupPayload {
  @Field(() => Group, {
    nullable: true,
    description:
      'The group as it is after the write. Null when that is unknown, when a new group was not made, and with `dryRun`.',
  })
  group!: Group | null;
}

@ObjectType({ simpleResolvers: true, implements: Payload, description: 'The answer to a mutation of several groups.' })
export class GroupsPayload {
  @Field(() => [Group], {
    description:
      'The groups that were created or written to, without those that were refused or of which nothing but the id is ' +
      'known. Empty with `dryRun` where they were to be created.',
  })
  groups!: Group[];
}

@ObjectType({ simpleResolvers: true, implements: Payload, description: 'The answer to adding a tester.' })
export class TesterPayload {
  @Field(() => Tester, {
    nullable: true,
    description:
      'The tester as the vendor answered it. Null when it was not added, when that is unknown, and with `dryRun`.',
  })
  tester!: Tester | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Payload,
  description: 'The answer to editing the members of one group.',
})
export class GroupMembersPayload {
  @Field(() => Group, {
    nullable: true,
    description:
      'The group after the edit. Null when it is unknown, as an Updraft or Velt group not written through here.',
  })
  group!: Group | null;

  @Field(() => [Member], { description: 'Who was put into the group; with `dryRun` who would be.' })
  added!: Member[];

  @Field(() => [Member], { description: 'Who was taken out of the group; with `dryRun` who would be.' })
  removed!: Member[];

  @Field(() => [Member], {
    description: 'Who was named and already was as wanted, as far as a read made anyway or the ledger tells.',
  })
  unchanged!: Member[];
}

@ObjectType({ simpleResolvers: true, implements: Payload, description: 'The answer to deleting one group.' })
export class DeleteGroupPayload {
  @Field(() => ID, {
    nullable: true,
    description:
      'Global id of the group that is gone, as the input named it. Null when it is still there, when that is unknown, ' +
      'and with `dryRun`.',
  })
  deletedId!: string | null;
}
