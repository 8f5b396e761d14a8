import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { PageArgs } from '../schema/connection.js';
import { ScopeListArgs } from '../schema/filters.js';
import { Organization, OrganizationConnection } from '../schema/organization.js';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';
import { Page } from './page.js';

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => OrganizationConnection, {
    description:
      'Organizations of all sources: Velt `POST /v2/organizations/get`; at Updraft and ASA those of the ' +
      'configuration, at TestRail and Tiledesk the installation itself, without a call.',
  })
  organizations(
    @Args(() => ScopeListArgs) args: ScopeListArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.organizations(info, args);
  }

  @Extensions({ byId: 'id' })
  @Query(() => Organization, {
    nullable: true,
    description: 'One organization. Null when the vendor does not know it; the id of anything else is BAD_USER_INPUT.',
  })
  organization(
    @Arg('id', () => ID, { description: 'Global id of an organization.' }) id: string,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.lookUp(info, 'Organization', id);
  }

  @FieldResolver()
  source(@Root() organization: NodeValue, @Ctx() { graph }: GraphContext) {
    return graph.sourceOf(organization);
  }

  @FieldResolver()
  name(@Root() organization: NodeValue, @Ctx() { graph }: GraphContext, @Info() info: GraphQLResolveInfo) {
    return graph.nameOf(info, organization);
  }

  @FieldResolver()
  projects(
    @Root() organization: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.projectsOf(info, organization, page);
  }

  @FieldResolver()
  groups(
    @Root() organization: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.groupsOf(info, organization, page);
  }

  @FieldResolver()
  users(
    @Root() organization: NodeValue,
    @Page() page: PageArgs,
    @Ctx() { graph }: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return graph.usersOf(info, organization, page);
  }
}
