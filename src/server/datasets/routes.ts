import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { membershipColumns, valuesOf } from './columns.js';
import { describeDatasets } from './description.js';
import { formats } from './formats.js';
import { wantsPage } from './negotiation.js';
import { descriptionPage } from './page.js';
import { parametersFor } from './parameters.js';
import { refuseUnknown } from './refusal.js';
import { sendDataset, type SendOptions } from './transfer.js';

export interface DatasetOptions extends SendOptions {
  readonly schema: GraphQLSchema;
}

/** `GET /datasets`, which describes them, and the datasets themselves: `/datasets/memberships.csv`, `.json`, `.ndjson`. */
export async function datasetRoutes(app: FastifyInstance, options: DatasetOptions): Promise<void> {
  const { schema, openRequest } = options;
  const columns = membershipColumns(schema);
  const vendors = valuesOf(schema, 'Vendor');

  app.get('/datasets', async (request, reply) => {
    const { sources } = openRequest({ request, reply });
    const described = describeDatasets(schema, columns, parametersFor(sources, vendors));
    reply.header('cache-control', 'no-store').header('vary', 'accept');
    if (!wantsPage(request.headers.accept)) return reply.send(described);
    return reply.type('text/html; charset=utf-8').send(descriptionPage(described));
  });

  for (const format of formats) {
    app.route({
      method: ['GET', 'HEAD'],
      url: `/datasets/memberships.${format.name}`,
      exposeHeadRoute: false,
      handler: (request, reply) => sendDataset({ request, reply, format, columns, vendors, options }),
    });
  }
  const names = formats.map(({ name }) => `memberships.${name}`);
  app.get('/datasets/*', async (_request, reply) => refuseUnknown(reply, names));
}
