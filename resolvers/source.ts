import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Source } from '../schema/source.js';
import type { GraphContext, SourceValue } from '../src/graph/graph.js';

@Resolver(() => Source)
export class SourceResolver {
  @Query(() => [Source], { description: 'All configured sources, in the order of the configuration. Calls nobody.' })
  sources(@Ctx() { graph }: GraphContext) {
    return graph.sources();
  }

  @Query(() => Source, {
    nullable: true,
    description: 'One source by its configured name. Null when none bears it. Calls nobody.',
  })
  source(
    @Arg('name', () => String, { description: 'Its name in the configuration.' }) name: string,
    @Ctx() { graph }: GraphContext,
  ) {
    return graph.source(name);
  }

  @FieldResolver()
  status(@Root() source: SourceValue, @Ctx() { graph }: GraphContext) {
    return graph.status(source);
  }
}
